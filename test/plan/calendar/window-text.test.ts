// The normal form of windows: what people write, and how rows and reasons quote it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWrittenWindows } from '../../../lib/plan/calendar/window-grammar.ts';
import { longestRange } from '../../../lib/plan/calendar/week.ts';
import { read } from '../samples.ts';

const normal = (text: string): string => read(parseWrittenWindows(text)).text;

describe('windows are quoted in their normal form:', () => {
  it.each([
    ['always', 'always'],
    [' ALWAYS ; ', 'always'],
    ['daily 2:00-5:00', 'daily 02:00-05:00'],
    ['02:00-05:00', 'daily 02:00-05:00'],
    ['13:00-14:00; 02:00-05:00,', 'daily 02:00-05:00, 13:00-14:00'],
    ['everyday 02:00-05:00', 'daily 02:00-05:00'],
    ['Every day 02:00 to 05:00', 'daily 02:00-05:00'],
    ['０２：００－０５：００', 'daily 02:00-05:00'],
    ['每天０２：００－０５：００，１３：００～１４：００；', 'daily 02:00-05:00, 13:00-14:00'],
    ['每日 02:00–05:00', 'daily 02:00-05:00'],
    ['每天 2点至5点30分', 'daily 02:00-05:30'],
    ['每天2点半到5时', 'daily 02:30-05:00'],
    ['daily 02:00——05:00', 'daily 02:00-05:00'],
    ['Mon-Sun 02:00-05:00', 'daily 02:00-05:00'],
    ['weekdays 02:00-05:00; weekends 02:00-05:00', 'daily 02:00-05:00'],
    ['weekdays 02:00-05:00; Sat,Sun 22:00-06:00', 'Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00'],
    ['Sat & Sun 22:00-06:00; Monday to Friday: 02:00-05:00', 'Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00'],
    ['工作日 02:00-05:00；周末 22:00-06:00', 'Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00'],
    ['周一至周五 02:00-05:00，周六、周日 22:00-06:00', 'Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00'],
    [
      '星期一到星期五 02:00～05:00；星期六和星期天 22:00～次日06:00',
      'Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00',
    ],
    ['周一至五：02:00-05:00；礼拜六、礼拜日：22:00-06:00', 'Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00'],
    ['每个工作日 02:00-05:00\n每周末 22:00-06:00', 'Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00'],
    ['周一、三、五 02:00-05:00', 'Mon,Wed,Fri 02:00-05:00'],
    ['每周三 02:00-05:00', 'Wed 02:00-05:00'],
    ['every Wed 02:00-05:00', 'Wed 02:00-05:00'],
    ['Thurs. and Tues, Weds 02:00-05:00', 'Tue-Thu 02:00-05:00'],
    ['fri-MON, Wed 02:00-05:00', 'Wed,Fri-Mon 02:00-05:00'],
    ['Sun,Mon 02:00-05:00', 'Mon,Sun 02:00-05:00'],
    ['weekdays, Sat 02:00-05:00', 'Mon-Sat 02:00-05:00'],
    ['Fri 22:00-00:00', 'Fri 22:00-24:00'],
    ['Fri 22:00-24:00', 'Fri 22:00-24:00'],
    ['Fri 22:00-Sat 00:00', 'Fri 22:00-24:00'],
    ['Fri 22:00-Fri 24:00', 'Fri 22:00-24:00'],
    ['Fri 22:00-Sat 06:00', 'Fri 22:00-06:00'],
    ['Fri 22:00-next day 06:00', 'Fri 22:00-06:00'],
    ['Fri 10:00-Fri 12:00', 'Fri 10:00-12:00'],
    ['Fri 22:00-Mon 06:00', 'Fri 22:00-Mon 06:00'],
    ['周五 22:00至周一 06:00', 'Fri 22:00-Mon 06:00'],
    ['Friday 22:00 — Monday 6:00', 'Fri 22:00-Mon 06:00'],
    ['Fri 22:00-Sun 24:00', 'Fri 22:00-Mon 00:00'],
    ['Fri 22:00-Sat 22:00', 'Fri 22:00-Sat 22:00'],
    ['Tue 05:00-Mon 24:00', 'Tue 05:00-Mon 24:00'],
    ['Fri 22:00-Mon 06:00, Wed 02:00-05:00', 'Wed 02:00-05:00; Fri 22:00-Mon 06:00'],
    ['Sat 00:00-24:00; Sun 00:00-24:00', 'Sat,Sun 00:00-24:00'],
    ['daily 02:00-05:00; Sat 02:00-05:00', 'daily 02:00-05:00'],
    ['daily 00:00-24:00', 'always'],
    ['weekdays 00:00-24:00; weekends 00:00-24:00', 'always'],
    ['Mon 00:00-Sun 24:00', 'always'],
    ['daily 06:00-18:00; daily 18:00-06:00', 'always'],
    ['Fri 22:00-Mon 06:00; Mon 06:00-Fri 22:00', 'always'],
  ])('%j is %s', (text, expected) => {
    expect(normal(text)).toBe(expected);
  });
});

describe('the longest range of the week', () => {
  const minutes = (text: string): number => longestRange(read(parseWrittenWindows(text)).windows) / 60_000;

  it.each([
    ['a range', 'daily 02:00-05:00', 180],
    ['a range over midnight', 'Fri 22:00-06:00', 480],
    ['a range over days', 'Fri 22:00-Mon 06:00', 3_360],
    ['the longer one of two', 'daily 02:00-02:10; Sat 02:00-04:00', 120],
    ['two that touch', 'Fri 11:00-12:00, 12:00-13:00', 120],
    ['two that overlap', 'Fri 02:00-05:00, 04:00-06:00', 240],
    ['one inside another', 'Fri 02:00-06:00, 03:00-04:00', 240],
    ['two that touch at midnight', 'Mon 22:00-24:00; Tue 00:00-03:00', 300],
    ['two that touch at the end of the week', 'Sun 22:00-24:00; Mon 00:00-03:00', 300],
    ['two that overlap after the end of the week', 'Sun 22:00-02:00; Mon 01:00-03:00', 300],
    ['whole days, from Saturday to Monday', 'Sat 00:00-24:00; Sun 00:00-24:00; Mon 00:00-12:00', 3_600],
    ['whole days over the end of the week', 'Sat-Mon 00:00-24:00', 4_320],
    ['all but a minute', 'daily 00:00-23:59', 1_439],
    ['a week but a minute', 'Mon 00:01-Sun 24:00', 10_079],
    ['a minute apart', 'Fri 01:00-02:00, 02:01-03:00', 60],
    ['a day and its night', 'Mon 00:00-24:00; Mon 20:00-08:00', 1_920],
  ])('is that of %s', (_, text, expected) => {
    expect(minutes(text)).toBe(expected);
  });

  it.each([
    'always',
    'daily 00:00-24:00',
    'daily 12:00-00:00; daily 00:00-12:00',
    'Mon 00:00-Sun 24:00',
    'Wed 12:00-Tue 24:00; Wed 00:00-12:00',
  ])('is endless for %s', (text) => {
    expect(minutes(text)).toBe(Infinity);
  });
});

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
