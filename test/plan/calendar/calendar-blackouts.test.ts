// Blackouts in a zone of their own, with hours, and every year. Expected instants were worked out by hand from the zones'
// published offsets, and checked with GNU date and with the calendar of another language.
import { describe, expect, it } from 'vitest';
import { allowedStretches } from '../../../lib/plan/calendar/calendar.ts';
import { at, calendar } from '../samples.ts';

/** The windows and their zone, the blackouts and their zone. */
type Rules = [windows: string, timeZone: string, blackouts: string, blackoutZone: string];

/** The allowed stretches as texts, `start/end`, without seconds. */
function stretches(rules: Rules, from: string, until: string): string[] {
  return allowedStretches(calendar(...rules), at(from), at(until)).map(({ start, end }) =>
    `${start.toString()}/${end.toString()}`.replaceAll(':00Z', 'Z'),
  );
}

/** What the blackouts close, found as the gap of windows that are always open. */
function closed(blackouts: string, zone: string, from: string, until: string): string[] {
  const open = stretches(['always', 'UTC', blackouts, zone], from, until);
  return open.slice(1).map((next, index) => `${open[index]?.split('/')[1]}/${next.split('/')[0]}`);
}

describe('blackouts are days of their own zone, whatever zone the windows have:', () => {
  it.each<[string, Rules, string[]]>([
    [
      'a day in Shanghai begins at 16:00 UTC',
      ['daily 04:00-05:00', 'UTC', '2026-12-02', 'Asia/Shanghai'],
      ['2026-12-01T04:00Z/2026-12-01T05:00Z', '2026-12-03T04:00Z/2026-12-03T05:00Z'],
    ],
    [
      'a night in Berlin lies in a day of Shanghai as a whole',
      ['daily 22:00-06:00', 'Europe/Berlin', '2026-12-02', 'Asia/Shanghai'],
      ['2026-11-30T21:00Z/2026-12-01T05:00Z', '2026-12-02T21:00Z/2026-12-03T05:00Z'],
    ],
    [
      'the evening of 1 December in New York is 2 December in Shanghai',
      ['daily 20:00-23:00', 'America/New_York', '2026-12-02', 'Asia/Shanghai'],
      ['2026-12-01T01:00Z/2026-12-01T04:00Z', '2026-12-03T01:00Z/2026-12-03T04:00Z'],
    ],
    [
      'a night in Kathmandu loses its end on the first evening and its beginning on the second one',
      ['daily 21:00-23:00', 'Asia/Kathmandu', '2026-12-02', 'Asia/Shanghai'],
      ['2026-12-01T15:15Z/2026-12-01T16:00Z', '2026-12-02T16:00Z/2026-12-02T17:15Z'],
    ],
    [
      'a day in Kathmandu begins 15 minutes into a night of Shanghai',
      ['daily 02:00-05:00', 'Asia/Shanghai', '2026-12-02', 'Asia/Kathmandu'],
      ['2026-12-01T18:00Z/2026-12-01T18:15Z', '2026-12-02T18:15Z/2026-12-02T21:00Z'],
    ],
  ])('%s', (_, rules, expected) => {
    expect(stretches(rules, '2026-12-01T00:00Z', '2026-12-03T12:00Z')).toEqual(expected);
  });
});

describe('blackouts with hours close from the first moment to the last one, which is open again:', () => {
  it.each<[string, string, string, string]>([
    ['Shanghai', 'Asia/Shanghai', '2026-12-24 18:00/2026-12-27 08:00', '2026-12-24T10:00Z/2026-12-27T00:00Z'],
    [
      'Kathmandu',
      'Asia/Kathmandu',
      '2026-12-24 18:00/2026-12-27 08:00',
      '2026-12-24T12:15Z/2026-12-27T02:15Z',
    ],
    ['an end at 24:00', 'UTC', '2026-12-24 18:00/2026-12-26 24:00', '2026-12-24T18:00Z/2026-12-27T00:00Z'],
    ['an end that is a day', 'UTC', '2026-12-24 18:00/2026-12-26', '2026-12-24T18:00Z/2026-12-27T00:00Z'],
    ['a start that is a day', 'UTC', '2026-12-24/2026-12-27 08:00', '2026-12-24T00:00Z/2026-12-27T08:00Z'],
    [
      'a start that is skipped in Berlin begins an hour later by the clock',
      'Europe/Berlin',
      '2027-03-28 02:30/2027-03-28 05:00',
      '2027-03-28T01:30Z/2027-03-28T03:00Z',
    ],
    [
      'an end that is skipped in Berlin ends an hour later by the clock',
      'Europe/Berlin',
      '2027-03-28 01:00/2027-03-28 02:30',
      '2027-03-28T00:00Z/2027-03-28T01:30Z',
    ],
    [
      'a start that comes twice in Berlin begins the first time',
      'Europe/Berlin',
      '2026-10-25 02:30/2026-10-25 03:30',
      '2026-10-25T00:30Z/2026-10-25T02:30Z',
    ],
    [
      'an end that comes twice in Berlin ends the first time',
      'Europe/Berlin',
      '2026-10-25 01:00/2026-10-25 02:30',
      '2026-10-24T23:00Z/2026-10-25T00:30Z',
    ],
    [
      'a start that is skipped in New York',
      'America/New_York',
      '2027-03-14 02:30/2027-03-14 04:00',
      '2027-03-14T07:30Z/2027-03-14T08:00Z',
    ],
    [
      'a start that comes twice in New York',
      'America/New_York',
      '2026-11-01 01:30/2026-11-01 03:00',
      '2026-11-01T05:30Z/2026-11-01T08:00Z',
    ],
    [
      'a start in the half hour that Lord Howe Island skips',
      'Australia/Lord_Howe',
      '2026-10-04 02:15/2026-10-04 03:00',
      '2026-10-03T15:45Z/2026-10-03T16:00Z',
    ],
    [
      'a start in the half hour that Lord Howe Island repeats',
      'Australia/Lord_Howe',
      '2027-04-04 01:45/2027-04-04 02:15',
      '2027-04-03T14:45Z/2027-04-03T15:45Z',
    ],
    [
      'an end on the day that Apia skips ends a day later by the calendar',
      'Pacific/Apia',
      '2011-12-29 12:00/2011-12-30 12:00',
      '2011-12-29T22:00Z/2011-12-30T22:00Z',
    ],
  ])('%s', (_, zone, blackout, expected) => {
    const year = Number(expected.slice(0, 4));
    expect(closed(blackout, zone, `${year - 1}-12-01T00:00Z`, `${year + 1}-02-01T00:00Z`)).toEqual([
      expected,
    ]);
  });

  it('nothing is closed between a skipped start and the same moment under its other name', () => {
    const blackout = '2027-03-28 02:30/2027-03-28 03:30';
    expect(closed(blackout, 'Europe/Berlin', '2027-03-01T00:00Z', '2027-05-01T00:00Z')).toEqual([]);
  });
});

describe('yearly blackouts close the same days in every year:', () => {
  it.each<[string, string, string, [string, string], string[]]>([
    [
      'the first week of October in Shanghai, in two years',
      '10-01/10-07',
      'Asia/Shanghai',
      ['2026-12-01T00:00Z', '2028-12-01T00:00Z'],
      ['2027-09-30T16:00Z/2027-10-07T16:00Z', '2028-09-30T16:00Z/2028-10-07T16:00Z'],
    ],
    [
      'over New Year in Berlin',
      '12-24/01-02',
      'Europe/Berlin',
      ['2026-12-01T00:00Z', '2027-02-01T00:00Z'],
      ['2026-12-23T23:00Z/2027-01-02T23:00Z'],
    ],
    [
      'over New Year with hours',
      '12-31 18:00/01-01 06:00',
      'UTC',
      ['2026-12-01T00:00Z', '2027-02-01T00:00Z'],
      ['2026-12-31T18:00Z/2027-01-01T06:00Z'],
    ],
    [
      'February 29 in a leap year',
      '02-29',
      'UTC',
      ['2028-01-01T00:00Z', '2028-12-01T00:00Z'],
      ['2028-02-29T00:00Z/2028-03-01T00:00Z'],
    ],
    ['February 29 in no common year', '02-29', 'UTC', ['2025-01-01T00:00Z', '2027-12-01T00:00Z'], []],
    ['February 29 not in 2100', '02-29', 'UTC', ['2100-01-01T00:00Z', '2100-12-01T00:00Z'], []],
    [
      'from February 29 on, in a common year from March 1 on',
      '02-29/03-02',
      'UTC',
      ['2027-01-01T00:00Z', '2027-12-01T00:00Z'],
      ['2027-03-01T00:00Z/2027-03-03T00:00Z'],
    ],
    [
      'from an hour of February 29 on, in a common year from March 1 on',
      '02-29 18:00/03-01 06:00',
      'UTC',
      ['2027-01-01T00:00Z', '2027-12-01T00:00Z'],
      ['2027-03-01T00:00Z/2027-03-01T06:00Z'],
    ],
    [
      'up to February 29, in a common year up to February 28',
      '02-28/02-29',
      'UTC',
      ['2027-01-01T00:00Z', '2027-12-01T00:00Z'],
      ['2027-02-28T00:00Z/2027-03-01T00:00Z'],
    ],
    [
      'in a year far off',
      '10-01/10-07',
      'UTC',
      ['2999-01-01T00:00Z', '2999-12-01T00:00Z'],
      ['2999-10-01T00:00Z/2999-10-08T00:00Z'],
    ],
    [
      'together with a blackout of one year that touches it',
      '10-01/10-07, 2027-10-08',
      'UTC',
      ['2027-06-01T00:00Z', '2027-12-01T00:00Z'],
      ['2027-10-01T00:00Z/2027-10-09T00:00Z'],
    ],
  ])('%s', (_, blackouts, zone, [from, until], expected) => {
    expect(closed(blackouts, zone, from, until)).toEqual(expected);
  });

  it('one that began in the old year still closes the first day of the new one', () => {
    const rules: Rules = ['daily 02:00-03:00', 'UTC', '12-24/01-02', 'UTC'];
    expect(stretches(rules, '2027-01-01T00:00Z', '2027-01-04T00:00Z')).toEqual([
      '2027-01-03T02:00Z/2027-01-03T03:00Z',
    ]);
  });

  it('all year leave nothing', () => {
    const rules: Rules = ['daily 02:00-03:00', 'Europe/Berlin', '01-01/12-31', 'Asia/Shanghai'];
    expect(stretches(rules, '2027-01-01T00:00Z', '2030-01-04T00:00Z')).toEqual([]);
  });
});

describe('what is known of a calendar', () => {
  it('gives the same answers in any order of questions, also for years far apart', () => {
    const rules: Rules = ['Fri 22:00-Mon 06:00', 'UTC', '10-01/10-07', 'UTC'];
    const shared = calendar(...rules);
    const ask = (from: string, until: string): string[] =>
      allowedStretches(shared, at(from), at(until)).map(({ start }) => start.toString());
    const begin = Date.now();
    const december = ['2026-12-04T22:00:00Z', '2026-12-11T22:00:00Z'];
    expect(ask('2026-12-04T00:00Z', '2026-12-13T00:00Z')).toEqual(december);
    expect(ask('9998-12-05T00:00Z', '9998-12-13T00:00Z')).toEqual([
      '9998-12-04T22:00:00Z',
      '9998-12-11T22:00:00Z',
    ]);
    expect(ask('2026-12-11T00:00Z', '2026-12-13T00:00Z')).toEqual(december.slice(1));
    expect(ask('2026-11-20T00:00Z', '2026-12-05T00:00Z')).toEqual([
      '2026-11-20T22:00:00Z',
      '2026-11-27T22:00:00Z',
      '2026-12-04T22:00:00Z',
    ]);
    // Hundreds of thousands of days lie between the questions.
    expect(Date.now() - begin).toBeLessThan(5_000);
  });
});
