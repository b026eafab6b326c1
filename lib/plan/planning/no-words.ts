// How people write "none" in the value of a tag.
import { halfWidth } from '../calendar/half-width.ts';

const words = ['none', 'no', 'off', 'null', 'n/a', '无', '没有', '否', '不', '关', '关闭'] as const;

/** Words for a time that never comes. */
const timeWords: readonly string[] = [...words, 'never', '从不', '永不', '从来不', '禁止', '禁用'];

/** Words and signs in the place of a name. */
const nameWords: readonly string[] = [...words, '-', '--', '–', '—'];

/** True where the text says that there is no such time. */
export function saysNever(text: string): boolean {
  return timeWords.includes(plainWord(text));
}

/** True where the text says that there is no such name. */
export function saysNoName(text: string): boolean {
  return nameWords.includes(plainWord(text));
}

function plainWord(text: string): string {
  return halfWidth(text).trim().toLowerCase();
}
