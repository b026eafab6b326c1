// Reads one range of times of windows: `02:00-05:00`, `22:00-次日06:00`, `22:00-Mon 06:00`.
import type { Cursor } from './window-cursor.ts';
import type { Days } from './window-days.ts';
import { timesExpected, type Lexeme } from './window-words.ts';
import { minutesADay, type DayRange } from './windows.ts';

type Time = Lexeme & { kind: 'time' | 'times' };
/** What may stand between the dash and the end of a range: the day on which it ends. */
type Mark = Lexeme & { kind: 'day' | 'next-day' | 'word' };

/** Reads a range of these days, undefined for no days in front of it. Undefined where the range has a fault. */
export function readRange(cursor: Cursor, days: Days | undefined): DayRange | undefined {
  const begin = cursor.next;
  const { start, end, marks, isWhole } = readEnds(cursor);
  const hasWord = cursor.kinds(begin, cursor.next).includes('word');
  const isRange = isWhole && marks.length <= 1;
  if (!isRange && !hasWord && start?.kind === 'time') cursor.fault(timesExpected, begin, cursor.next);
  const until = cursor.next;
  const from = minutesOf(cursor, start, 'start');
  const to = minutesOf(cursor, end, 'end');
  readWhatFollows(cursor, begin, isRange || start?.kind === 'times');
  if (!isRange || hasWord) return undefined;
  const fault = (expected: string): undefined => {
    cursor.fault(expected, begin, until);
  };
  const [mark] = marks;
  if (mark?.kind === 'day') return overDays(days, { start: from, end: to }, mark.day, fault);
  if (from === undefined || to === undefined) return undefined;
  const range = { days: days?.days ?? new Set([1, 2, 3, 4, 5, 6, 7]), start: from, end: to };
  if (mark === undefined) {
    return from === to ? fault('a range that is not empty; a whole day is 00:00-24:00') : range;
  }
  return to > from ? fault('a range of at most a day') : { ...range, daysLater: 1 };
}

interface Ends {
  start: Time | undefined;
  end: Time | undefined;
  marks: Mark[];
  /** True where both ends are there, and a dash between them. */
  isWhole: boolean;
}

function readEnds(cursor: Cursor): Ends {
  const start = cursor.take('time', 'times');
  const marks: Mark[] = [];
  if (start?.kind === 'times') return { start, end: undefined, marks, isWhole: false };
  const hasDash = cursor.take('-') !== undefined;
  // `02:00 bis 05:00`: the word may stand for the dash.
  const hasWord = !hasDash && cursor.take('word') !== undefined;
  if (hasDash) {
    for (;;) {
      const mark = cursor.take('day', 'next-day', 'word');
      if (mark === undefined) break;
      marks.push(mark);
    }
  }
  const isEnd = hasDash || hasWord || cursor.isAt('time');
  // A time before a dash begins the next range.
  const end = isEnd && (hasDash || cursor.peek(1)?.kind !== '-') ? cursor.take('time', 'times') : undefined;
  return { start, end, marks, isWhole: hasDash && end !== undefined };
}

/** Undefined where the time is missing, cannot be read, or is no time of a day. The last one is a fault. */
function minutesOf(cursor: Cursor, time: Time | undefined, role: 'start' | 'end'): number | undefined {
  if (time?.kind !== 'time') return undefined;
  const { minutes } = time;
  const isRight = minutes !== undefined && (role === 'end' || minutes < minutesADay);
  const expected = role === 'start' ? 'a start between 00:00 and 23:59' : 'an end between 00:00 and 24:00';
  if (!isRight) cursor.faultAt(expected, time);
  return isRight && time.isUnclear !== true ? minutes : undefined;
}

/** Only a comma, or the end, may follow a range. An unknown word has its own fault. */
function readWhatFollows(cursor: Cursor, begin: number, isRange: boolean): void {
  if (cursor.isAt('-')) {
    const third = cursor.peek(1)?.kind;
    const hasThird = third === 'time' || third === 'times' || third === 'day' || third === 'next-day';
    if (isRange) cursor.fault(timesExpected, begin, cursor.next + (hasThird ? 2 : 1));
    while (cursor.skip('-') > 0) {
      cursor.skip('day', 'next-day', 'word');
      minutesOf(cursor, cursor.take('time', 'times'), 'end');
    }
    return;
  }
  const isStray = cursor.skip(':', 'next-day') > 0;
  const follows = cursor.peek();
  const isUnclear = follows?.kind === 'word' || (follows?.kind === 'time' && follows.isUnclear === true);
  const isSeparate = follows === undefined || follows.kind === ',' || isUnclear;
  if (isRange && (isStray || !isSeparate)) {
    cursor.fault(separatorExpected, begin, cursor.next + (isStray ? 0 : 1));
  }
}

const separatorExpected = 'a comma or a semicolon between two ranges';

/** A range such as `Fri 22:00-Mon 06:00`. It needs one day to start on, and ends before its week is over. */
function overDays(
  days: Days | undefined,
  { start, end }: { start: number | undefined; end: number | undefined },
  endDay: number,
  fault: (expected: string) => undefined,
): DayRange | undefined {
  const isSeveral = days !== undefined && (days.days.size > 1 || (!days.isKnown && days.written > 1));
  if (days === undefined || isSeveral) {
    return fault('one day in front of a range over days, as in Fri 22:00-Mon 06:00');
  }
  const [startDay] = days.days;
  if (startDay === undefined || start === undefined || end === undefined) return undefined;
  const daysLater = (endDay - startDay + 7) % 7;
  if (daysLater === 0 && end <= start) {
    return fault('a range that ends within a week; the whole week is always');
  }
  return { days: days.days, start, end, daysLater };
}
