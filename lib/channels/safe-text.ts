// Text that a receiver shows as it is. Names of instances, tags and messages of services are written by anybody, and receivers
// do not document how to escape what their markup means. So such characters are replaced by their full-width forms, which
// people can read and no receiver interprets. Control characters go away; they could hide a part of a name or turn it round.

/** The full-width form of a character of ASCII. */
function wide(character: string): string {
  return String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0);
}

/** The text without halves of characters, which JSON can hold and UTF-8 cannot. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd');
}

/** The text on one line, with characters that are seen only. Never empty: markup around nothing may be other markup. */
function flat(text: string): string {
  const seen = wellFormed(text)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .trim();
  return seen === '' ? '…' : seen;
}

/** Text for a receiver that shows it literally. Mentions and addresses are spelled so that no client finds them by itself. */
export function literal(text: string): string {
  return flat(text)
    .replace(/[<>@]/g, wide)
    .replaceAll('://', '：//')
    .replace(/(?<=www)\./gi, wide);
}

/** Text between the markup of DingTalk or WeCom. It may begin a line. */
export function markdownText(text: string): string {
  return literal(text)
    .replace(/[[\]*_`#~|\\&]/g, wide)
    .replace(/^(\d*)([-+=.)])/, (_, digits: string, mark: string) => digits + wide(mark));
}

/** A command in Markdown: as it is, so that it can be copied, if none of its characters means anything there. */
export function markdownCommand(command: string): string {
  const isPlain = /^[A-Za-z][A-Za-z0-9 ./:=,+'"-]*$/.test(command) && literal(command) === command;
  return isPlain ? command : markdownText(command);
}

/** The number of bytes in UTF-8. */
export function bytesOf(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

/** The first characters of a text, at most `most` UTF-16 units, with … where it is cut. No code point is split. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = most - 1;
  // Not between the two halves of a code point.
  if (/[\ud800-\udbff]/.test(text.charAt(end - 1))) end -= 1;
  return `${text.slice(0, end)}…`;
}
