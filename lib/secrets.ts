// Keeps secrets out of everything that people read: rows, logs, reports, errors. Services and SDKs echo what was sent to
// them. ECS answers a wrong signature with the string that it signed, which has the access key id and the security token.
// The SDK of ECS puts the key, the token and the signature into the URL.

/** Gives the text without secrets. Each of them becomes `***`. */
export type Mask = (text: string) => string;

const hidden = '***';

/** A mask for these values, however they are encoded, and for everything that looks like a secret by its name. */
export function maskFor(values: readonly string[]): Mask {
  const spellings = values
    .filter((value) => value.length >= shortestSecret)
    .sort((one, other) => other.length - one.length)
    .map((value) => Array.from(value, spelled).join(''));
  if (spellings.length === 0) return maskNamed;
  const known = new RegExp(spellings.join('|'), 'gi');
  return (text) => maskNamed(text.replace(known, hidden));
}

/** Alibaba Cloud's keys have 16 characters and more. A shorter value would hit words. */
const shortestSecret = 12;

/**
 * Backslashes before a character: JSON in JSON doubles them, and six levels have 63. The bound keeps the time of a mask in
 * proportion to the length of the text, which services decide. For the same reason no repeat below may begin where another
 * one of the same characters ends.
 */
const backslashes = String.raw`\\{0,64}`;

/** A pattern for one character: as it is, escaped as in JSON, or percent-encoded; each of them more than once, too. */
function spelled(character: string): string {
  if (/[A-Za-z0-9]/.test(character)) return character;
  const code = (character.codePointAt(0) ?? 0).toString(16).padStart(2, '0');
  const literal = character.replace(/[$()*+.?[\\\]^{|}/-]/, '\\$&');
  return String.raw`(?:${backslashes}${literal}|\\${backslashes}u${code.padStart(4, '0')}|%(?:25){0,8}${code})`;
}

/** The string that a service signed, up to what the SDK says after it. Nobody needs it to see what is wrong. */
const stringToSign = /(string[ -]?to[ -]?sign(?: is)?\s*:)[^]*?(?=,? request id:|\n[ \t]{1,64}at |$)/gi;

/** The quote around a name or a value. Texts in JSON in JSON have backslashes before it. */
const quote = String.raw`${backslashes}['"]`;

/** A character of a secret in which JSON escapes it. */
const escaped = String.raw`\\${backslashes}(?:\/|u00[0-9a-f]{2})`;

const name = String.raw`(?:security[-_]?token|ststoken|bearertoken|access[-_]?key(?:[-_]?(?:id|secret))?|secretaccesskey|signature|credential)(?:${quote})?`;

/** `authorization: acs KEY:SIGNATURE` and its like, to the end of the line or of the text. */
const authorization = new RegExp(
  String.raw`(authorization(?:${quote})?\s*[:=]\s*(?:\[\s*)?(?:${quote})?(?:OTS|acs|ACS3-HMAC-\w+|Bearer|Basic)\s)(?:${escaped}|[^\n'"\\])+`,
  'gi',
);

/** A text of a list after its first quote. The last quote is missing where a log cut the text. */
const listed = String.raw`(?:${backslashes}[^'"\\\]])*(?:${quote})?`;

/** `"SecurityToken": ["…", "…"]`: all texts of the list. */
const namedList = new RegExp(
  String.raw`(${name}\s*[:=]\s*\[\s*)(${quote})(${listed}(?:\s*,\s*${quote}${listed})*)`,
  'gi',
);

/** The code of an error, which the names of secrets may stand before: `Signature: SignatureDoesNotMatch`. */
const errorCode = String.raw`(?:Invalid|Missing|Incomplete|Signature)[a-z.]*:?(?:[\s&"',;<>\\[\]]|$)`;

/** `SecurityToken=…`, `x-acs-security-token:…`, `"Signature": "…"`, and all of them percent-encoded. */
const namedSecret = new RegExp(
  String.raw`(${name}\s*(?:[:=]|%(?:25)?3D)\s*(?:${quote})?)(?!${errorCode})(?:${escaped}|(?!%(?:25)?26)[^\s&"',;<>\\[\]]){12,}`,
  'gi',
);

/** The mask for those whose values nobody knows: what has the name of a secret is hidden. */
export function maskNamed(text: string): string {
  return text
    .replace(stringToSign, `$1 ${hidden}`)
    .replace(authorization, `$1${hidden}`)
    .replace(namedList, (list: string, before: string, opening: string, texts: string) =>
      texts.length < shortestSecret ? list : `${before}${opening}${hidden}${opening}`,
    )
    .replace(namedSecret, `$1${hidden}`);
}

/**
 * Takes the secrets out of an error: its message, its stack, its other fields, its causes and the errors in it. Returns the
 * same object.
 */
export function withoutSecrets(thrown: unknown, mask: Mask): unknown {
  if (thrown instanceof Error) cleanse(thrown, mask, new Set());
  return thrown;
}

/** What the fields hold deeper than this, nobody prints. */
const mostObjects = 200;

function cleanse(object: object, mask: Mask, seen: Set<object>): void {
  if (seen.has(object) || seen.size >= mostObjects) return;
  seen.add(object);
  // An error inherits its message if it was made without one, and some engines inherit its stack.
  const names = object instanceof Error ? ['message', 'stack'] : [];
  for (const name of new Set([...names, ...Object.getOwnPropertyNames(object)])) {
    const value: unknown = Reflect.get(object, name);
    if (typeof value === 'string') {
      const masked = mask(value);
      if (masked !== value) Reflect.set(object, name, masked);
    } else if (isData(value)) cleanse(value, mask, seen);
  }
}

/** Errors, lists and plain objects. Sockets and clients are left alone. */
function isData(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (value instanceof Error || Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
