// Reads one item of windows: days and ranges of times, `Mon-Fri 02:00-03:00, 13:00-14:00`. Days after a comma begin the next
// clause. Times without days are daily. Reading goes on after a fault, so that people learn of all faults at once.
import { Cursor } from './window-cursor.ts';
import { readDays } from './window-days.ts';
import { readRange } from './window-range.ts';
import type { Token } from './window-tokens.ts';
import { lexemesOf, type PlacedFault } from './window-words.ts';
import type { DayRange } from './windows.ts';

/** Days with their ranges of times. */
export interface Clause {
  /** `unclear`: an unknown word stands there, perhaps between two ranges. */
  hasDays: boolean | 'unclear';
  /** True where it has times, whether or not they can be read. */
  hasTimes: boolean;
  /** The ranges without a fault. */
  ranges: DayRange[];
  /** The clause as written, and where it begins. */
  at: string;
  from: number;
}

/** Reads one item. `expected` is what a clause without times lacks. */
export function readItem(
  tokens: readonly Token[],
  text: string,
  expected: string,
): { clauses: Clause[]; faults: readonly PlacedFault[] } {
  const { lexemes, faults } = lexemesOf(tokens, text);
  const cursor = new Cursor(lexemes, text, faults);
  const clauses: Clause[] = [];
  for (cursor.skip(','); cursor.peek() !== undefined; cursor.skip(',')) {
    clauses.push(readClause(cursor, expected));
  }
  return { clauses, faults: cursor.faults };
}

function readClause(cursor: Cursor, expected: string): Clause {
  const begin = cursor.next;
  const before = cursor.peek(-1)?.kind;
  const isAfterGap = before === undefined || before === ',';
  const days = readDays(cursor);
  let end = cursor.next;
  if (days !== undefined) cursor.skip(',', ':');
  const isMissing = !cursor.isAt('time', 'times');
  if (isMissing) {
    if (cursor.skip('-', ':', 'always', 'next-day') > 0) end = cursor.next;
    faultOfMissing(cursor, { expected, begin, end, isAfterGap });
  }
  const ranges: DayRange[] = [];
  let hasTimes = false;
  while (cursor.isAt('time', 'times')) {
    hasTimes = true;
    const range = readRange(cursor, days);
    if (range !== undefined) ranges.push(range);
    end = cursor.next;
    cursor.skip(',');
  }
  const hasDays = days !== undefined && !isAfterGap && days.days.size === 0 ? 'unclear' : days !== undefined;
  return { hasDays, hasTimes, ranges, at: cursor.slice(begin, end), from: cursor.from(begin) };
}

/** Times are missing. Where the clause is nothing but unknown words, that says it all. */
function faultOfMissing(
  cursor: Cursor,
  { expected, begin, end, isAfterGap }: { expected: string; begin: number; end: number; isAfterGap: boolean },
): void {
  const hasWordsAlone = cursor.kinds(begin, end).every((kind) => kind === 'word' || kind === ',');
  // A word right after a range belongs to no clause of its own.
  if (hasWordsAlone && !isAfterGap) return;
  if (hasWordsAlone) cursor.dropWordFaults(begin, end);
  cursor.fault(expected, begin, end);
}
