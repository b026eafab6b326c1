// Windows that owners set in ECS: their ranges in the planner's grammar, and the text that a row stores.
import { describe, expect, it } from 'vitest';
import {
  ecsWindowText,
  instanceWindow,
  parseEcsWindow,
  planMaintenanceWindow,
  union,
} from '../../../lib/plan/calendar/ecs-window.ts';
import { parseWindows } from '../../../lib/plan/calendar/window-grammar.ts';
import type { Misreading } from '../../../lib/plan/calendar/parsed.ts';
import { allowedStretches } from '../../../lib/plan/calendar/calendar.ts';
import { at } from '../samples.ts';

/** Two ends of a range that cannot be read. */
const faults = (expected: string, at: string, second: string): Misreading & { more: Misreading[] } => ({
  expected,
  at,
  more: [{ expected, at: second }],
});

const range = (start: string, end: string): { start: string; end: string } => ({ start, end });

/** The stretches that a window allows in the week that begins on Monday, 1 June 2026, in UTC. */
function stretches(window: { text: string; timeZone: string }): string[] {
  const windows = parseWindows(window.text);
  if (!windows.ok) throw new Error(windows.expected);
  const { timeZone } = window;
  const calendar = { text: '', windows: windows.value, timeZone, blackouts: [], blackoutZone: timeZone };
  return allowedStretches(calendar, at('2026-06-01T00:00Z'), at('2026-06-08T00:00Z')).map(
    ({ start, end }) => `${start.toString().slice(5, 16)} to ${end.toString().slice(5, 16)}`,
  );
}

describe('an instance’s own window', () => {
  it.each([
    ['lies within a day', '02:00:00', '06:00:00', 'daily 02:00-06:00'],
    ['wraps midnight', '22:00:00', '03:00:00', 'daily 22:00-03:00'],
    ['ends at midnight', '20:00:00', '00:00:00', 'daily 20:00-24:00'],
    ['starts at midnight', '00:00:00', '23:00:00', 'daily 00:00-23:00'],
    ['lasts 23 hours', '05:00:00', '04:00:00', 'daily 05:00-04:00'],
    ['has one digit and no seconds', '2:00:00', '06:30', 'daily 02:00-06:30'],
  ])('that %s is daily in Shanghai', (_, start, end, text) => {
    expect(instanceWindow([range(start, end)])).toEqual({
      ok: true,
      value: { text, timeZone: 'Asia/Shanghai' },
    });
  });

  it('that wraps midnight ends on the next day, eight hours earlier in UTC', () => {
    expect(stretches({ text: 'daily 22:00-03:00', timeZone: 'Asia/Shanghai' }).slice(0, 2)).toEqual([
      '06-01T14:00 to 06-01T19:00',
      '06-02T14:00 to 06-02T19:00',
    ]);
  });

  it.each<[string, string, string, { expected: string; at?: string }]>([
    ['no time', 'at night', '06:00:00', { expected: 'a time as in 22:00', at: 'at night' }],
    ['no end', '02:00:00', '', { expected: 'a time as in 22:00', at: '' }],
    ['hour 25', '02:00:00', '25:00:00', { expected: 'a time as in 22:00', at: '25:00:00' }],
    [
      'hour 24, which ECS does not use',
      '02:00:00',
      '24:00:00',
      { expected: 'a time as in 22:00', at: '24:00:00' },
    ],
    ['minute 60', '02:60:00', '06:00', { expected: 'a time as in 22:00', at: '02:60:00' }],
    ['seconds', '02:00:00', '06:00:30', { expected: 'a time as in 22:00', at: '06:00:30' }],
    ['a day', 'Monday,02:00', '06:00', { expected: 'a time as in 22:00', at: 'Monday,02:00' }],
    [
      'no length',
      '02:00:00',
      '02:00:00',
      { expected: 'a range that is not empty', at: '02:00:00 to 02:00:00' },
    ],
  ])('with %s cannot be read', (_, start, end, fault) => {
    expect(instanceWindow([range(start, end)])).toEqual({ ok: false, ...fault });
  });
});

describe('an O&M window', () => {
  it('that is daily keeps all its ranges, in UTC', () => {
    expect(planMaintenanceWindow('Daily', [range('18:00', '21:00'), range('22:00', '01:00')])).toEqual({
      ok: true,
      value: { text: 'daily 18:00-21:00, 22:00-01:00', timeZone: 'UTC' },
    });
  });

  it.each([
    ['lies within a day', 'Monday,02:00', 'Monday,05:00', 'Mon 02:00-05:00'],
    ['ends on the next day', 'Monday,22:00', 'Tuesday,03:00', 'Mon 22:00-03:00'],
    ['ends at midnight', 'Monday,22:00', 'Tuesday,00:00', 'Mon 22:00-24:00'],
    ['lasts over a whole day', 'Friday,20:00', 'Sunday,04:00', 'Fri 20:00-Sun 04:00'],
    ['ends in the next week', 'Sunday,22:00', 'Monday,03:00', 'Sun 22:00-03:00'],
    ['ends with the week', 'Sunday,22:00', 'Monday,00:00', 'Sun 22:00-24:00'],
    ['lasts for days into the next week', 'Saturday,12:00', 'Wednesday,01:00', 'Sat 12:00-Wed 01:00'],
    ['lasts almost a week', 'Tuesday,05:00', 'Tuesday,02:00', 'Tue 00:00-02:00; Tue 05:00-Mon 24:00'],
    ['ends a week later at midnight', 'Tuesday,05:00', 'Tuesday,00:00', 'Tue 05:00-Mon 24:00'],
    ['has other cases, spaces and seconds', 'monday, 02:00', ' MONDAY,05:00:00', 'Mon 02:00-05:00'],
  ])('that is weekly and %s is one range of the grammar, where one can express it', (_, start, end, text) => {
    expect(planMaintenanceWindow('Weekly', [range(start, end)])).toEqual({
      ok: true,
      value: { text, timeZone: 'UTC' },
    });
  });

  it('that lasts over a whole day allows one stretch, as does an old row that has it split at midnight', () => {
    const split = 'Fri 20:00-24:00; Sat 00:00-24:00; Sun 00:00-04:00';
    for (const text of ['Fri 20:00-Sun 04:00', split])
      expect(stretches({ text, timeZone: 'UTC' })).toEqual(['06-05T20:00 to 06-07T04:00']);
  });

  it('that is weekly may have several ranges, and a repeated range counts once', () => {
    const ranges = [
      range('Monday,02:00', 'Monday,05:00'),
      range('Thursday,02:00', 'Thursday,05:00'),
      range('Monday,02:00', 'Monday,05:00'),
    ];
    expect(planMaintenanceWindow('Weekly', ranges)).toEqual({
      ok: true,
      value: { text: 'Mon,Thu 02:00-05:00', timeZone: 'UTC' },
    });
  });

  it.each<[string, string, [string, string][], Omit<ReturnType<typeof faults>, 'more'>]>([
    [
      'of another period',
      'Monthly',
      [['1,02:00', '1,05:00']],
      { expected: 'a PeriodUnit of Daily or Weekly', at: 'Monthly' },
    ],
    ['without ranges', 'Daily', [], { expected: 'at least one range of times' }],
    [
      'that is daily and names a day',
      'Daily',
      [['Monday,02:00', 'Monday,05:00']],
      faults('a time as in 22:00', 'Monday,02:00', 'Monday,05:00'),
    ],
    [
      'that is weekly and names none',
      'Weekly',
      [['02:00', '05:00']],
      faults('a day and a time as in Monday,22:00', '02:00', '05:00'),
    ],
    [
      'with an unknown day',
      'Weekly',
      [['Monday,02:00', 'Mon,05:00']],
      { expected: 'a day and a time as in Monday,22:00', at: 'Mon,05:00' },
    ],
    [
      'with an unknown time',
      'Weekly',
      [['Monday,24:00', 'Tuesday,05:00']],
      { expected: 'a day and a time as in Monday,22:00', at: 'Monday,24:00' },
    ],
    [
      'without length',
      'Weekly',
      [['Monday,02:00', 'Monday,02:00']],
      { expected: 'a range that is not empty', at: 'Monday,02:00 to Monday,02:00' },
    ],
    [
      'with one odd range among others',
      'Daily',
      [
        ['18:00', '21:00'],
        ['22h', '23h'],
      ],
      faults('a time as in 22:00', '22h', '23h'),
    ],
  ])('%s cannot be read', (_, unit, ranges, fault) => {
    const read = planMaintenanceWindow(
      unit,
      ranges.map(([start, end]) => range(start, end)),
    );
    expect(read).toEqual({ ok: false, ...fault });
  });
});

describe('several windows together', () => {
  it('allow what any of them allows, each range once', () => {
    const windows = [
      { text: 'daily 18:00-21:00', timeZone: 'UTC' },
      { text: 'Mon 22:00-24:00; Tue 00:00-03:00', timeZone: 'UTC' },
      { text: 'daily 18:00-21:00', timeZone: 'UTC' },
    ];
    expect(union(windows)).toEqual({
      text: 'daily 18:00-21:00; Mon 22:00-24:00; Tue 00:00-03:00',
      timeZone: 'UTC',
    });
  });

  it('do not exist for an empty list', () => {
    expect(union([])).toBeUndefined();
  });
});

describe('the text of a window in a row', () => {
  it.each([
    [
      'one range',
      { text: 'daily 02:00-06:00', timeZone: 'Asia/Shanghai' },
      'daily 02:00-06:00 Asia/Shanghai',
    ],
    [
      'several ranges',
      { text: 'Mon 22:00-24:00; Tue 00:00-03:00', timeZone: 'UTC' },
      'Mon 22:00-24:00; Tue 00:00-03:00 UTC',
    ],
  ])('with %s is followed by its zone, and reads back as the same window', (_, window, text) => {
    expect(ecsWindowText(window)).toBe(text);
    expect(parseEcsWindow(text)).toEqual({ ok: true, value: window });
  });

  it('may have spaces around it', () => {
    expect(parseEcsWindow('  daily 02:00-06:00,  13:00-14:00   UTC ')).toEqual({
      ok: true,
      value: { text: 'daily 02:00-06:00, 13:00-14:00', timeZone: 'UTC' },
    });
  });

  it.each<[string, string, { expected: string; at: string }]>([
    [
      'has no zone',
      'daily 02:00-06:00',
      { expected: 'an IANA time zone as in Asia/Shanghai', at: '02:00-06:00' },
    ],
    [
      'has an unknown zone',
      'daily 02:00-06:00 Asia/Atlantis',
      { expected: 'an IANA time zone as in Asia/Shanghai', at: 'Asia/Atlantis' },
    ],
    [
      'has an offset instead of a zone',
      'daily 02:00-06:00 +08:00',
      { expected: 'an IANA time zone as in Asia/Shanghai', at: '+08:00' },
    ],
    [
      'has a zone alone',
      'UTC',
      { expected: 'windows and a time zone, as in "daily 02:00-06:00 Asia/Shanghai"', at: 'UTC' },
    ],
    [
      'is empty',
      '',
      { expected: 'windows and a time zone, as in "daily 02:00-06:00 Asia/Shanghai"', at: '' },
    ],
    [
      'has a window that cannot be read',
      'daily 02:00-26:00 UTC',
      { expected: 'an end between 00:00 and 24:00', at: '26:00' },
    ],
  ])('cannot be read where it %s', (_, text, fault) => {
    expect(parseEcsWindow(text)).toEqual({ ok: false, ...fault });
  });
});
