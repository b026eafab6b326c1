// Patterns of actions and resources. A star stands for any characters, slashes and colons among them, and for none.

/** True if the pattern covers the whole text. Capital letters matter. */
export function covers(pattern: string, text: string): boolean {
  return matcherOf(pattern, '').test(text);
}

/** True if the pattern covers the whole text. Capital letters do not matter. */
export function coversAnyCase(pattern: string, text: string): boolean {
  return matcherOf(pattern, 'i').test(text);
}

/** The same, where a question mark stands for one character: the operators StringLike and StringNotLike. */
export function resembles(pattern: string, text: string): boolean {
  return new RegExp(`^${escaped(pattern).replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(text);
}

/** A cloud asks about the same few patterns at each call. */
const matchers = new Map<string, RegExp>();

function matcherOf(pattern: string, flags: '' | 'i'): RegExp {
  const name = `${flags}:${pattern}`;
  const known = matchers.get(name);
  if (known !== undefined) return known;
  const text = escaped(pattern).replaceAll('*', '.*').replaceAll('?', '\\?');
  const matcher = new RegExp(`^${text}$`, `s${flags}`);
  matchers.set(name, matcher);
  return matcher;
}

/** Without a meaning for regular expressions, except the star and the question mark. */
function escaped(pattern: string): string {
  return pattern.replaceAll(/[.+^${}()|[\]\\/-]/g, '\\$&');
}
