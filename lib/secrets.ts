// Keeps secrets out of everything that people read: rows, logs, reports, errors. Services and SDKs echo what was sent to
// them. ECS answers a wrong signature with the string that it signed, which has the access key id and the security token.
// The SDK of ECS puts the key, the token and the signature into the URL.

/** Gives the text without secrets. Each of them becomes `***`. */
export type Mask = (text: string) => string;

const hidden = '***';

/** A mask for these values, also percent-encoded once or twice, and for everything that looks like a secret by its name. */
export function maskFor(values: readonly string[]): Mask {
  const spellings = values
    .filter((value) => value.length >= shortestSecret)
    .flatMap((value) => [value, encodeURIComponent(value), encodeURIComponent(encodeURIComponent(value))])
    .sort((one, other) => other.length - one.length);
  if (spellings.length === 0) return maskNamed;
  const known = new RegExp(spellings.map(literally).join('|'), 'gi');
  return (text) => maskNamed(text.replace(known, hidden));
}

/** Alibaba Cloud's keys have 16 characters and more. A shorter value would hit words. */
const shortestSecret = 12;

function literally(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}

/** The string that a service signed, up to what the SDK says after it. Nobody needs it to see what is wrong. */
const stringToSign = /(string[ -]?to[ -]?sign(?: is)?\s*:)[^]*?(?=,? request id:|\n\s+at |$)/gi;

/** `authorization: acs KEY:SIGNATURE` and its like, to the end of the line. */
const authorization = /(authorization['"]?\s*[:=]\s*['"]?(?:OTS|acs|ACS3-HMAC-\w+|Bearer|Basic)\s)[^\n'"]+/gi;

/** `SecurityToken=…`, `x-acs-security-token:…`, `"Signature": "…"`, and all of them percent-encoded. */
const namedSecret =
  /((?:security[-_]?token|ststoken|bearertoken|access[-_]?key(?:[-_]?(?:id|secret))?|secretaccesskey|signature|credential)['"]?\s*(?:[:=]|%(?:25)?3D)\s*['"]?)(?:(?!%(?:25)?26)[^\s&"',;<>]){12,}/gi;

/** The mask for those whose values nobody knows: what has the name of a secret is hidden. */
export function maskNamed(text: string): string {
  return text
    .replace(stringToSign, `$1 ${hidden}`)
    .replace(authorization, `$1${hidden}`)
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
