// The keys of the planner's tags. A key that is nearly one of them is a slip, and a slip must never permit a reboot.
import { shown, type Fault } from '../fault.ts';

/** Every tag of the planner begins with it. */
export const tagPrefix = 'reboot-planner:';

/** The tags that the planner knows, without the prefix. */
const tagNames = [
  'enabled',
  'approval',
  'window',
  'time-zone',
  'group',
  'backup',
  'pre-command',
  'post-command',
  'undo-command',
  'auto-scaling',
  'ack',
] as const;

/** The name of a tag, without the prefix. */
export type TagName = (typeof tagNames)[number];

/**
 * One fault per key that the planner does not know although it is, or nearly is, one with the prefix: in capital letters, with
 * blanks, with a full-width colon, or with other signs between the words.
 */
export function unknownTags(keys: Iterable<string>): Fault[] {
  return [...keys]
    .filter((key) => isMeantForUs(key) && !allKeys.includes(key))
    .map((key) => ({
      what: 'A tag of the planner',
      value: shown(key),
      expected: allKeys.find((known) => letters(known) === letters(key)) ?? `one of ${allKeys.join(', ')}`,
    }));
}

/** True for a key that begins like those of the planner, in whatever spelling. */
export function isMeantForUs(key: string): boolean {
  return letters(key).startsWith(letters(tagPrefix));
}

/** True for a key that is this tag, but for capital letters, blanks, or other signs between the words. */
export function isNearly(key: string, name: TagName): boolean {
  return letters(key) === letters(tagPrefix + name);
}

const allKeys: readonly string[] = tagNames.map((name) => tagPrefix + name);

/** The letters and digits of a key, in lower case and half-width. */
function letters(key: string): string {
  return key
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
