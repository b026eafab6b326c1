// Reading maintenance windows from settings and tags.
import { describe, expect, it } from 'vitest';
import { misreadingsOf } from '../../../lib/plan/calendar/parsed.ts';
import { parseWindows } from '../../../lib/plan/calendar/window-grammar.ts';

interface Range {
  days: number[];
  start: number;
  end: number;
}

/** The ranges with their days as lists, or the fault. */
function readRanges(text: string): 'always' | Range[] | { expected: string; at?: string } {
  const parsed = parseWindows(text);
  if (!parsed.ok) return parsed;
  if (parsed.value === 'always') return 'always';
  return parsed.value.map(({ days, start, end }) => ({ days: [...days].sort(), start, end }));
}

/** Each fault: where it is, and what was expected. */
function faultsOf(text: string): [at: string | undefined, expected: string][] {
  const parsed = parseWindows(text);
  return parsed.ok ? [] : misreadingsOf(parsed).map(({ at, expected }) => [at, expected]);
}

const daily = [1, 2, 3, 4, 5, 6, 7];

const days = 'daily, or days of the week as in Mon-Fri or Sat,Sun';
const times = 'times as in 02:00-05:00';
const start = 'a start between 00:00 and 23:59';
const end = 'an end between 00:00 and 24:00';
const empty = 'a range that is not empty; a whole day is 00:00-24:00';
const comma = 'a comma or a semicolon between two ranges';
const bare = 'days in front of these times, too, as in "daily 02:00-05:00"';
const oneDay = 'one day in front of a range over days, as in Fri 22:00-Mon 06:00';
const zone = 'days and times alone: TIME_ZONE, or the tag time-zone, has the zone';
const windows =
  'days and times as in "daily 02:00-05:00" or "Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00", or "always"';

describe('maintenance windows', () => {
  it.each([
    ['the word always', 'always'],
    ['the word with a capital letter', 'Always'],
    ['the word in capitals and spaces', ' ALWAYS '],
    ['the word with a comma after it', 'always,'],
    ['the word with a semicolon after it', 'always;'],
    ['the word on a line of its own', 'always\n'],
    ['the word among separators', ';, always,;'],
  ])('allow any time: %s', (_, text) => {
    expect(readRanges(text)).toBe('always');
  });

  it('consist of days and a range of times', () => {
    expect(readRanges('daily 02:00-05:00')).toEqual([{ days: daily, start: 120, end: 300 }]);
  });

  it('may be several, separated by semicolons', () => {
    expect(readRanges('Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00')).toEqual([
      { days: [1, 2, 3, 4, 5], start: 120, end: 300 },
      { days: [6, 7], start: 1320, end: 360 },
    ]);
  });

  it('may have several ranges of times on the same days', () => {
    expect(readRanges('Sun 02:00-03:30, 13:00-14:15')).toEqual([
      { days: [7], start: 120, end: 210 },
      { days: [7], start: 780, end: 855 },
    ]);
  });

  it('may have separators at the end, at the beginning, and twice', () => {
    for (const text of [
      'daily 02:00-05:00;',
      ';daily 02:00-05:00,',
      'daily,, 02:00-05:00;;',
      'daily 02:00-05:00\n',
    ])
      expect(readRanges(text)).toEqual([{ days: daily, start: 120, end: 300 }]);
  });

  it('may have days that run over the weekend, mixed with single days, in any letter case', () => {
    expect(readRanges('fri-MON, Wed 02:00-05:00')).toEqual([{ days: [1, 3, 5, 6, 7], start: 120, end: 300 }]);
  });

  it('may have a range of one day, and spaces around dashes', () => {
    expect(readRanges('Mon - Mon 2:00 - 5:05')).toEqual([{ days: [1], start: 120, end: 305 }]);
  });

  it('may end with the day at 24:00', () => {
    expect(readRanges('Mon-Sat 00:00-24:00')).toEqual([{ days: [1, 2, 3, 4, 5, 6], start: 0, end: 1440 }]);
  });

  it('may wrap midnight, or end at 00:00', () => {
    expect(readRanges('Fri 23:30-01:30')).toEqual([{ days: [5], start: 1410, end: 90 }]);
    expect(readRanges('Fri 22:00-00:00')).toEqual([{ days: [5], start: 1320, end: 1440 }]);
  });

  it.each([
    ['an empty text', '', ''],
    ['days without times', 'daily', 'daily'],
    ['separators alone', ';,;', ''],
    ['a time of day as a word', 'daily always', 'daily always'],
    ['always among ranges', 'daily 02:00-05:00; always', 'always'],
    ['always in front of a range', 'always, Mon 02:00-05:00', 'always'],
    ['always twice', 'always; always', 'always'],
    ['an unknown word alone', 'nights', 'nights'],
    ['unknown words alone', 'every night', 'night'],
    ['Chinese days without times', '每天', '每天'],
    ['days on another line than their times', 'Mon-Fri\n02:00-05:00', 'Mon-Fri'],
  ])('are refused for %s, and the fault names that piece', (_, text, where) => {
    expect(readRanges(text)).toEqual({
      ok: false,
      expected:
        'days and times as in "daily 02:00-05:00" or "Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00", or "always"',
      at: where,
    });
  });

  it.each([
    ['a day in another language', 'Montag 02:00-05:00', 'Montag'],
    ['an unknown day in a list', 'Mon,Tuu 02:00-05:00', 'Tuu'],
    ['an unknown day in a range', 'Mon-Frx 02:00-05:00', 'Frx'],
    ['a range of days without an end', 'Mon- 02:00-05:00', 'Mon- 02:00'],
    ['a range with a group of days', 'weekdays-Sun 02:00-05:00', 'weekdays-'],
    ['a slash between days', 'Mon,Tue/Wed 02:00-05:00', 'Tue/Wed'],
    ['next Monday, which is one date', '下周一 02:00-05:00', '下周一'],
    ['a part of the day', '晚上 22:00-06:00', '晚上'],
    ['a group of days next to daily', '每天、周末 02:00-05:00', '每天'],
    ['daily in a list of days', 'Mon,daily 02:00-05:00', 'daily'],
    ['an unknown word', 'holidays 02:00-05:00', 'holidays'],
  ])('are refused for %s, and the fault names that day', (_, text, where) => {
    expect(readRanges(text)).toEqual({
      ok: false,
      expected: 'daily, or days of the week as in Mon-Fri or Sat,Sun',
      at: where,
    });
  });

  it.each([
    ['a start alone', 'daily 02:00', 'times as in 02:00-05:00', '02:00'],
    ['hours without minutes', 'daily 02-05', 'times as in 02:00-05:00', '02-05'],
    ['an end without minutes', 'daily 02:00-5', 'times as in 02:00-05:00', '5'],
    ['times with am and pm', 'daily 10pm-2am', 'times as in 02:00-05:00', '10pm-2am'],
    ['am after a space', 'daily 2:00 am-5:00 am', 'times as in 02:00-05:00', 'am'],
    ['times without a colon', 'daily 0200-0500', 'times as in 02:00-05:00', '0200-0500'],
    ['times with seconds', 'daily 02:00:00-05:00:00', 'times as in 02:00-05:00', '02:00:00-05:00:00'],
    ['a third time', 'daily 02:00-05:00-08:00', 'times as in 02:00-05:00', '02:00-05:00-08:00'],
    ['a date', '2026-12-01 02:00-05:00', 'times as in 02:00-05:00', '2026-12-01'],
    [
      'a zone after the times',
      'daily 02:00-05:00 UTC',
      'days and times alone: TIME_ZONE, or the tag time-zone, has the zone',
      'UTC',
    ],
    [
      'a zone with a slash',
      'daily 02:00-05:00 Asia/Shanghai',
      'days and times alone: TIME_ZONE, or the tag time-zone, has the zone',
      'Asia/Shanghai',
    ],
    [
      'a range over days after several days',
      'Mon-Fri 22:00-Sat 06:00',
      'one day in front of a range over days, as in Fri 22:00-Mon 06:00',
      '22:00-Sat 06:00',
    ],
    [
      'a range over days that starts on no day',
      '22:00-Sat 06:00',
      'one day in front of a range over days, as in Fri 22:00-Mon 06:00',
      '22:00-Sat 06:00',
    ],
    [
      'a range from Monday to Monday, which is all or nothing',
      'Mon 00:00-Mon 00:00',
      'a range that ends within a week; the whole week is always',
      '00:00-Mon 00:00',
    ],
    [
      'an end before the start on the same day',
      'Fri 22:00-Fri 06:00',
      'a range that ends within a week; the whole week is always',
      '22:00-Fri 06:00',
    ],
    [
      'two names of the end’s day',
      'Fri 22:00-Mon 次日06:00',
      'times as in 02:00-05:00',
      '22:00-Mon 次日06:00',
    ],
    ['more than a day', 'daily 22:00-次日23:00', 'a range of at most a day', '22:00-次日23:00'],
    [
      'days after a space, which may belong to the times before them',
      'Mon 02:00-05:00 Tue 03:00-04:00',
      'a comma or a semicolon between two ranges',
      '02:00-05:00 Tue',
    ],
    [
      'times without days next to others with days',
      'Sat 22:00-06:00; 02:00-05:00',
      'days in front of these times, too, as in "daily 02:00-05:00"',
      '02:00-05:00',
    ],
    ['a start at 24:00', 'daily 24:00-05:00', 'a start between 00:00 and 23:59', '24:00'],
    ['a start at minute 60', 'daily 02:60-05:00', 'a start between 00:00 and 23:59', '02:60'],
    [
      'a start at 24:00 of a range over days',
      'Fri 24:00-Mon 06:00',
      'a start between 00:00 and 23:59',
      '24:00',
    ],
    ['a start at hour 25', 'daily 25:00-05:00', 'a start between 00:00 and 23:59', '25:00'],
    ['an end after 24:00', 'daily 02:00-24:01', 'an end between 00:00 and 24:00', '24:01'],
    ['an end at minute 99', 'daily 02:00-03:99', 'an end between 00:00 and 24:00', '03:99'],
  ])('are refused for %s, and the fault names that time', (_, text, expected, where) => {
    expect(readRanges(text)).toEqual({ ok: false, expected, at: where });
  });

  it('are refused without length, and the fault says how to write a whole day', () => {
    expect(readRanges('daily 02:00-02:00')).toEqual({
      ok: false,
      expected: 'a range that is not empty; a whole day is 00:00-24:00',
      at: '02:00-02:00',
    });
  });

  it('are refused as a whole where one piece is wrong', () => {
    expect(readRanges('daily 02:00-05:00; Sat 26:00-27:00')).toMatchObject({ ok: false, at: '26:00' });
  });

  it('are refused with a fault for each wrong piece, quoted as it was written', () => {
    expect(
      readRanges('Son ２：００－５：００； Mon,Tuu,Wedd 02:00-05:00; Tue 25:00-26:00; 周三 9-10'),
    ).toEqual({
      ok: false,
      expected: 'daily, or days of the week as in Mon-Fri or Sat,Sun',
      at: 'Son',
      more: [
        { expected: 'daily, or days of the week as in Mon-Fri or Sat,Sun', at: 'Tuu' },
        { expected: 'daily, or days of the week as in Mon-Fri or Sat,Sun', at: 'Wedd' },
        { expected: 'a start between 00:00 and 23:59', at: '25:00' },
        { expected: 'an end between 00:00 and 24:00', at: '26:00' },
        { expected: 'times as in 02:00-05:00', at: '9-10' },
      ],
    });
    expect(readRanges('Son 02:00-05:00; Son 02:00-05:00')).not.toHaveProperty('more');
  });

  it.each<[string, [at: string, expected: string][]]>([
    [
      'Foo 25:00-26:00',
      [
        ['Foo', days],
        ['25:00', start],
        ['26:00', end],
      ],
    ],
    [
      'Mon-Frx 02:61-24:01, 03:00-03:00, 9-10',
      [
        ['Frx', days],
        ['02:61', start],
        ['24:01', end],
        ['03:00-03:00', empty],
        ['9-10', times],
      ],
    ],
    [
      'weekdays-Sun 24:00-02:00; Mon- 03:00-03:99; daily,Sat,每天 04:00-04:00',
      [
        ['weekdays-', days],
        ['24:00', start],
        ['Mon- 03:00', days],
        ['03:99', end],
        ['daily', days],
        ['每天', days],
        ['04:00-04:00', empty],
      ],
    ],
    [
      'Mon,Foo; Tue 25:00-03:00',
      [
        ['Mon,Foo', windows],
        ['Foo', days],
        ['25:00', start],
      ],
    ],
    [
      'nights UTC',
      [
        ['nights', windows],
        ['UTC', zone],
      ],
    ],
    [
      'Mon always 03:00-03:00',
      [
        ['Mon always', windows],
        ['03:00-03:00', empty],
      ],
    ],
    [
      'Mon-Fri 25:00-Sat 06:61',
      [
        ['25:00', start],
        ['25:00-Sat 06:61', oneDay],
        ['06:61', end],
      ],
    ],
    [
      'daily 02:00-05:00-08:61, 22:00-次日23:00',
      [
        ['02:00-05:00-08:61', times],
        ['08:61', end],
        ['22:00-次日23:00', 'a range of at most a day'],
      ],
    ],
    [
      'daily 02:00-02:00 25:00-06:00 UTC',
      [
        ['02:00-02:00 25:00', comma],
        ['02:00-02:00', empty],
        ['25:00', start],
        ['UTC', zone],
      ],
    ],
    [
      'Sat 22:00-06:00; 25:00-05:00',
      [
        ['25:00', start],
        ['25:00-05:00', bare],
      ],
    ],
    [
      'Foo 22:00-06:00; 02:00-05:00',
      [
        ['Foo', days],
        ['02:00-05:00', bare],
      ],
    ],
    [
      'daily 2:00 am; Tue 10pm-2am, 02:00',
      [
        ['2:00', times],
        ['am', times],
        ['10pm-2am', times],
        ['02:00', times],
      ],
    ],
    [
      'Fri 22:00-Mox 06:61',
      [
        ['Mox', days],
        ['06:61', end],
      ],
    ],
  ])('are refused for %s with every fault, in the order of the text', (text, expected) => {
    expect(faultsOf(text)).toEqual(expected);
  });

  it.each<[string, string, [at: string, expected: string][]]>([
    ['a word for the dash', 'daily 02:00 bis 24:00', [['bis', days]]],
    ['a word between two ranges', '02:00-05:00 or 13:00-14:00', [['or', days]]],
    ['a word after a range', 'daily 02:00-05:00 local', [['local', days]]],
    ['an unknown day in front of a range over days', 'Foo 22:00-Mon 06:00', [['Foo', days]]],
    ['a word next to daily', 'daily at 02:00-05:00', [['at', days]]],
    ['a date in the place of days', '2026-12-01 02:00-05:00; Mon 03:00-04:00', [['2026-12-01', times]]],
    [
      'am and pm, by which equal hours differ',
      'daily 10:00 pm-10:00 am',
      [
        ['pm', times],
        ['am', times],
      ],
    ],
    ['a missing dash', 'daily 02:00 24:00', [['02:00 24:00', times]]],
    ['a start at 24:00 that is also the end', 'daily 24:00-24:00', [['24:00', start]]],
  ])('have no faults that only follow from another one: %s', (_, text, expected) => {
    expect(faultsOf(text)).toEqual(expected);
  });

  it.each<[string, [at: string, expected: string][]]>([
    ['02:00 05:00', [['02:00 05:00', times]]],
    [
      '22:00 2',
      [
        ['22:00 2', times],
        ['2', times],
      ],
    ],
    ['2', [['2', times]]],
    ['daily,', [['daily', windows]]],
    ['Foo, Bar', [['Foo, Bar', windows]]],
    [
      'Foo: Bar',
      [
        ['Foo', windows],
        ['Bar', days],
      ],
    ],
    [': 02:00-05:00', [[':', windows]]],
    ['次日 02:00-05:00', [['次日', windows]]],
    ['daily always : 02:00-05:00', [['daily always :', windows]]],
    ['daily 02:00-05:00, Foo', [['Foo', windows]]],
    ['am 02:00-05:00', [['am', times]]],
    ['03:00-03:00 am', [['am', times]]],
    ['daily 02:00-05:00 amber', [['amber', days]]],
    ['slot/2 02:00-05:00', [['slot/2', days]]],
    ['daily 02:00-05:00 UTC+8', [['UTC+8', zone]]],
    ['daily 02:00-05:00 not/UTC+8', [['not/UTC+8', days]]],
    ['daily 02:00-05:00 GMTx', [['GMTx', days]]],
    [
      '每天至五 02:00-05:00',
      [
        ['每天至', days],
        ['五', days],
      ],
    ],
    ['周一周三五 02:00-05:00', [['五', days]]],
    ['Mon、五 02:00-05:00', [['五', days]]],
    ['Mon-Tue-Wed 02:00-05:00', [['Mon-Tue-', days]]],
    ['Mon-Tue-weekdays 02:00-05:00', [['Mon-Tue-', days]]],
    ['Mon-daily,Tue 02:00-05:00', [['Mon-daily', days]]],
    ['Foo-Tue,daily 02:00-05:00', [['Foo', days]]],
    ['weekdays-Sat-weekends-Mon 02:00-05:00', [['weekdays-', days]]],
    ['weekdays-Sat,daily 02:00-05:00', [['weekdays-', days]]],
    [
      'weekdays-Foo-Sat-Sun 02:00-05:00',
      [
        ['weekdays-', days],
        ['Foo', days],
      ],
    ],
    [
      'Mon,Foo 22:00-Tue 06:00',
      [
        ['Foo', days],
        ['22:00-Tue 06:00', oneDay],
      ],
    ],
    [
      'Foo,Bar 22:00-Mon 06:00',
      [
        ['Foo', days],
        ['Bar', days],
        ['22:00-Mon 06:00', oneDay],
      ],
    ],
    [
      'daily 02:00 9-10',
      [
        ['02:00', times],
        ['9-10', times],
      ],
    ],
    ['daily 02:00-9-10', [['9-10', times]]],
    [
      'daily 9-10 11:00',
      [
        ['9-10', times],
        ['9-10 11:00', comma],
        ['11:00', times],
      ],
    ],
    [
      'daily 9-10 - 11:61',
      [
        ['9-10', times],
        ['9-10 - 11:61', times],
        ['11:61', end],
      ],
    ],
    ['daily 02:00 02:00', [['02:00 02:00', times]]],
    [
      'daily 02:00 13:00-13:00',
      [
        ['02:00', times],
        ['13:00-13:00', empty],
      ],
    ],
    ['daily 02:00 bis 02:00', [['bis', days]]],
    [
      'daily 02:00 bis 9-10',
      [
        ['bis', days],
        ['9-10', times],
      ],
    ],
    [
      'daily 02:00 bis 05:00-05:00',
      [
        ['bis', days],
        ['05:00-05:00', empty],
      ],
    ],
    ['daily 05:00-Foo 05:00', [['Foo', days]]],
    [
      'daily 02:00-05:00 11:00',
      [
        ['02:00-05:00 11:00', comma],
        ['11:00', times],
      ],
    ],
    ['daily 02:00-05:00 2', [['2', times]]],
    [
      'daily 02:00-05:00 9-10',
      [
        ['02:00-05:00 9-10', comma],
        ['9-10', times],
      ],
    ],
    ['daily 02:00-05:00 次日', [['02:00-05:00 次日', comma]]],
    [
      'daily 02:00-05:00-9-10',
      [
        ['02:00-05:00-9-10', times],
        ['9-10', times],
      ],
    ],
    [
      'daily 02:00-05:00-Sat 08:61',
      [
        ['02:00-05:00-Sat', times],
        ['08:61', end],
      ],
    ],
    [
      'daily 02:00-05:00-次日 08:61',
      [
        ['02:00-05:00-次日', times],
        ['08:61', end],
      ],
    ],
    [
      'daily 02:00-05:00-Foo 08:61',
      [
        ['02:00-05:00-', times],
        ['Foo', days],
        ['08:61', end],
      ],
    ],
    [
      'daily 02:00-02:00, 03:00-03:00 am',
      [
        ['02:00-02:00', empty],
        ['am', times],
      ],
    ],
    [
      '02:00-05:00 Tue 03:00-04:00',
      [
        ['02:00-05:00 Tue', comma],
        ['02:00-05:00', bare],
      ],
    ],
    ['2 02:00-05:00; Mon 03:00-04:00', [['2', times]]],
    [
      '2026-12-01 9-10; Mon 03:00-04:00',
      [
        ['2026-12-01', times],
        ['9-10', times],
      ],
    ],
  ])('have for %s the faults that help to mend it, and no other', (text, expected) => {
    expect(faultsOf(text)).toEqual(expected);
  });

  it('may begin with a comma', () => {
    expect(readRanges(', daily 02:00-05:00')).toEqual([{ days: daily, start: 120, end: 300 }]);
  });

  it.each([
    ['digits', '1'.repeat(200_000)],
    ['spaces', ' '.repeat(200_000)],
    ['words', 'every '.repeat(30_000)],
    ['dashes', '-'.repeat(200_000)],
    ['Chinese signs', '每'.repeat(200_000)],
  ])('are refused in time for a long text of %s', (_, text) => {
    const begin = Date.now();
    expect(parseWindows(text).ok).toBe(false);
    expect(Date.now() - begin).toBeLessThan(5_000);
  });
});
