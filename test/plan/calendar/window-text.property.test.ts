// The normal form of any windows, however they are spelled, against an oracle that marks minutes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWrittenWindows } from '../../../lib/plan/calendar/window-grammar.ts';
import { longestRange } from '../../../lib/plan/calendar/week.ts';
import { read } from '../samples.ts';

const normal = (text: string): string => read(parseWrittenWindows(text)).text;

// The oracle below knows neither the grammar nor the windows of the domain: it marks minutes of a week in an array.
interface Drawn {
  days: number[];
  start: number;
  length: number;
}

const week = 7 * 1_440;

/** The minutes of the week in which the drawn ranges allow reboots. */
function drawnMinutes(ranges: readonly Drawn[]): string {
  const open = new Array<number>(week).fill(0);
  for (const { days, start, length } of ranges)
    for (const day of days)
      for (let minute = 0; minute < length; minute += 1) open[(day * 1_440 + start + minute) % week] = 1;
  return open.join('');
}

const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const spellings: readonly (readonly string[])[] = [
  ['mon', 'Monday', '周一', '星期一', 'Mondays'],
  ['TUE', 'Tues', '周二', '礼拜二', 'tuesday'],
  ['wed', 'Weds.', '周三', '星期三', 'Wednesday'],
  ['Thur', 'thurs', '周四', '星期四', 'Thursdays'],
  ['fri', 'FRIDAY', '周五', '星期五', '每周五'],
  ['sat', 'Saturday', '周六', '礼拜六', 'Sat.'],
  ['sun', 'Sunday', '周日', '星期天', '礼拜天'],
];

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const fullWidth = (text: string): string =>
  text.replace(/[0-9:]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));

/** One spelling of the ranges. `pick` chooses a number below its argument. */
function spelled(ranges: readonly Drawn[], pick: (below: number) => number): string {
  const one = <T>(choices: readonly T[]): T => choices[pick(choices.length)] as T;
  const items = ranges.map(({ days, start, length }) => {
    const end = start + length;
    const width = one([(text: string) => text, fullWidth]);
    const dash = one(['-', ' - ', '–', '—', '~', '～', '至', '到', ' to ', '－']);
    const name = (day: number): string => one(spellings[day % 7] ?? []);
    if (length >= 1_440 && !(start === 0 && length === 1_440)) {
      return days
        .map(
          (day) =>
            `${name(day)} ${width(clock(start))}${dash}${name(day + Math.floor(end / 1_440))} ${width(clock(end % 1_440))}`,
        )
        .join(one([';', '； ', '\n']));
    }
    const until = end === 1_440 ? one([1_440, 0]) : end > 1_440 ? end - 1_440 : end;
    const list = [...days]
      .sort(() => pick(3) - 1)
      .map(name)
      .join(one([',', ', ', '、', '，', ' and ', ',,']));
    return `${list}${one([' ', ': ', '：'])}${width(clock(start))}${dash}${width(clock(until % 1_440 === 0 && start === 0 ? 1_440 : until))}`;
  });
  return `${one(['', ';'])}${items.join(one([';', '；', ' ; ', ';;', '\n']))}${one(['', ';', '；', ',', ' '])}`;
}

/** The minutes of the week that the text in normal form allows. Reads only the normal form, and by itself. */
function normalMinutes(text: string): string {
  if (text === 'always') return '1'.repeat(week);
  return drawnMinutes(
    text.split('; ').flatMap((item) => {
      const space = item.indexOf(' ');
      const days = item.slice(0, space).split(',').flatMap(daysOf);
      return item
        .slice(space + 1)
        .split(', ')
        .map((range) => rangeOf(range, days));
    }),
  );
}

function daysOf(text: string): number[] {
  if (text === 'daily') return [0, 1, 2, 3, 4, 5, 6];
  const [first = '', last = first] = text.split('-');
  const days = [names.indexOf(first)];
  while (names[days.at(-1) ?? 0] !== last) days.push(((days.at(-1) ?? 0) + 1) % 7);
  return days;
}

function rangeOf(text: string, days: number[]): Drawn {
  const [, from = '', day, until = ''] = /^(\d\d:\d\d)-(?:(\w{3}) )?(\d\d:\d\d)$/.exec(text) ?? [];
  const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const [start, end] = [minutesOf(from), minutesOf(until)];
  const later = day === undefined ? (end > start ? 0 : 1) : (names.indexOf(day) - (days[0] ?? 0) + 7) % 7;
  return { days, start, length: later * 1_440 + end - start };
}

describe('any windows', () => {
  const ranges = fc.array(
    fc.record({
      days: fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 }),
      start: fc.integer({ min: 0, max: 1_439 }),
      length: fc.oneof(
        { arbitrary: fc.integer({ min: 1, max: 1_439 }), weight: 4 },
        { arbitrary: fc.integer({ min: 1_440, max: 6 * 1_440 - 1 }), weight: 1 },
      ),
    }),
    { minLength: 1, maxLength: 4 },
  );
  const picks = fc.array(fc.nat(), { minLength: 8, maxLength: 60 });
  const picker = (numbers: readonly number[]): ((below: number) => number) => {
    let next = 0;
    return (below) => (numbers[next++ % numbers.length] ?? 0) % below;
  };

  it('allow the same minutes in their normal form, however they are spelled, and keep it when it is read again', () => {
    fc.assert(
      fc.property(ranges, picks, picks, (drawn, first, second) => {
        const text = normal(spelled(drawn, picker(first)));
        expect(normalMinutes(text)).toBe(drawnMinutes(drawn));
        expect(normal(text)).toBe(text);
        const again = read(parseWrittenWindows(spelled([...drawn].reverse(), picker(second))));
        expect(again).toEqual(read(parseWrittenWindows(text)));
      }),
      { seed: 12, numRuns: 600 },
    );
  });

  it('have a longest range that is the longest run of allowed minutes', () => {
    fc.assert(
      fc.property(ranges, picks, (drawn, numbers) => {
        const minutes = drawnMinutes(drawn);
        const runs = (minutes + minutes).split('0').map(({ length }) => length);
        const expected = minutes.includes('0') ? Math.max(...runs) * 60_000 : Infinity;
        expect(longestRange(read(parseWrittenWindows(spelled(drawn, picker(numbers)))).windows)).toBe(
          expected,
        );
      }),
      { seed: 12, numRuns: 300 },
    );
  });
});
