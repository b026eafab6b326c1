// Reads the days of one clause of windows: `Mon-Fri`, `Sat,Sun`, `daily`.
import type { Cursor } from './window-cursor.ts';
import { daysExpected } from './window-words.ts';

/** The days in front of ranges of times. */
export interface Days {
  /** Those that can be read. */
  days: ReadonlySet<number>;
  /** How many days, groups and runs are written, whether or not they can be read. */
  written: number;
  /** False where one of them cannot be read. */
  isKnown: boolean;
}

/** Undefined where the next lexeme is no day. */
export function readDays(cursor: Cursor): Days | undefined {
  const days = new Set<number>();
  const daily: number[] = [];
  let known = 0;
  let written = 0;
  for (;;) {
    const begin = cursor.next;
    const item = readDayItem(cursor, written === 0);
    if (item === undefined) break;
    written += 1;
    if (item.length > 0) known += 1;
    if (item === everyDay) daily.push(begin);
    for (const day of item) days.add(day);
    const separator = cursor.next;
    cursor.skip(',');
    if (!cursor.isAt('day', 'days', 'word')) {
      cursor.next = separator;
      break;
    }
  }
  // Unknown words do not make a list: `every single day` may stand for one.
  if (known > 1) for (const index of daily) cursor.fault(daysExpected, index, index + 1);
  return written === 0 ? undefined : { days, written, isKnown: known === written };
}

const everyDay: readonly number[] = [1, 2, 3, 4, 5, 6, 7];

/** A day, a run of days, or a group of days; empty where it has a fault. */
function readDayItem(cursor: Cursor, isFirst: boolean): readonly number[] | undefined {
  const begin = cursor.next;
  if (isFirst && isDateLike(cursor)) {
    cursor.next += 1;
    return [];
  }
  const token = cursor.take('day', 'days', 'word');
  if (token === undefined) return undefined;
  const days =
    token.kind === 'days'
      ? groupOf(token.days)
      : readRun(cursor, token.kind === 'day' ? token.day : undefined);
  if (!cursor.isAt('-')) return days;
  cursor.fault(daysExpected, begin, cursor.next + 1);
  while (cursor.skip('-') > 0) cursor.take('day', 'days', 'word');
  return [];
}

function groupOf(days: readonly number[]): readonly number[] {
  return days.length === everyDay.length ? everyDay : days;
}

/** A date, or another number that stands where days stand: a time follows it. */
function isDateLike(cursor: Cursor): boolean {
  const first = cursor.peek();
  const isUnclear = first?.kind === 'times' || (first?.kind === 'time' && first.isUnclear === true);
  const follows = cursor.peek(1)?.kind;
  return isUnclear && (follows === 'time' || follows === 'times');
}

/** The days from `first` to the day after a dash, also over the end of the week. */
function readRun(cursor: Cursor, first: number | undefined): readonly number[] {
  const begin = cursor.next - 1;
  if (cursor.take('-') === undefined) return first === undefined ? [] : [first];
  const last = cursor.take('day', 'word');
  if (last === undefined) {
    cursor.fault(daysExpected, begin, cursor.next + 1);
    cursor.take('days');
  }
  if (last?.kind !== 'day' || first === undefined) return [];
  const days = [first];
  for (let day = first; day !== last.day;) days.push((day = (day % 7) + 1));
  return days;
}
