// Text of others on a terminal. Whoever may rename an instance or edit a row could move the cursor, hide a line or turn it round.

/**
 * The text on one line. A line break, a control character and a character that is not seen stand as their code point: `\u{1b}`.
 */
export function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
