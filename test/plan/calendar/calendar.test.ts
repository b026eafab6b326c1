// Windows and blackout dates as stretches of real time. Expected instants were worked out by hand from the zones'
// published offsets, and checked with another library.
import { describe, expect, it } from 'vitest';
import { allowedStretches } from '../../../lib/plan/calendar/calendar.ts';
import { at, calendar } from '../samples.ts';

/** The allowed stretches as texts, `start/end`. */
function stretches(
  windows: string,
  timeZone: string,
  [from, until]: readonly [string, string],
  blackouts = '',
  blackoutZone = timeZone,
): string[] {
  return allowedStretches(calendar(windows, timeZone, blackouts, blackoutZone), at(from), at(until)).map(
    ({ start, end }) => `${start.toString()}/${end.toString()}`,
  );
}

// 2026-12-04 is a Friday.
const friday = ['2026-12-04T00:00:00Z', '2026-12-05T00:00:00Z'] as const;
const weekend = ['2026-12-04T00:00:00Z', '2026-12-07T00:00:00Z'] as const;

describe('windows in a zone', () => {
  it('are wall time in that zone', () => {
    expect(
      stretches('daily 02:00-05:00', 'Asia/Shanghai', ['2026-12-01T00:00:00Z', '2026-12-03T00:00:00Z']),
    ).toEqual(['2026-12-01T18:00:00Z/2026-12-01T21:00:00Z', '2026-12-02T18:00:00Z/2026-12-02T21:00:00Z']);
  });

  it('follow a zone whose offset has a quarter of an hour', () => {
    expect(
      stretches('daily 02:00-05:00', 'Asia/Kathmandu', ['2026-11-30T12:00:00Z', '2026-12-01T12:00:00Z']),
    ).toEqual(['2026-11-30T20:15:00Z/2026-11-30T23:15:00Z']);
  });

  it('use the days of the week of their zone, not of UTC', () => {
    // Monday 02:00 in Shanghai is Sunday 18:00 in UTC.
    expect(
      stretches('Mon 02:00-05:00', 'Asia/Shanghai', ['2026-12-04T00:00:00Z', '2026-12-11T00:00:00Z']),
    ).toEqual(['2026-12-06T18:00:00Z/2026-12-06T21:00:00Z']);
  });

  it('include one that ends just after `from`, and one that starts just before `until`', () => {
    const found = stretches('daily 02:00-05:00', 'UTC', ['2026-12-04T04:59:59Z', '2026-12-05T02:00:01Z']);
    expect(found).toEqual([
      '2026-12-04T02:00:00Z/2026-12-04T05:00:00Z',
      '2026-12-05T02:00:00Z/2026-12-05T05:00:00Z',
    ]);
  });

  it('exclude one that ends at `from`, and one that starts at `until`', () => {
    expect(stretches('daily 02:00-05:00', 'UTC', ['2026-12-04T05:00:00Z', '2026-12-05T02:00:00Z'])).toEqual(
      [],
    );
  });

  it('of an earlier time are found after those of a later time that touches it', () => {
    const known = calendar('daily 02:00-05:00', 'UTC', '', 'UTC');
    expect(allowedStretches(known, at('2026-12-04T00:00:00Z'), at('2026-12-05T00:00:00Z'))).toHaveLength(1);
    // 10 November up to 1 December.
    expect(allowedStretches(known, at('2026-11-10T00:00:00Z'), at('2026-12-02T00:00:00Z'))).toHaveLength(22);
  });

  it('include one in the morning of the day on which a long blackout begins', () => {
    expect(
      stretches(
        'daily 02:00-05:00',
        'UTC',
        ['2026-12-04T00:00:00Z', '2026-12-06T00:00:00Z'],
        '2026-12-05 12:00/2027-02-01',
      ),
    ).toEqual(['2026-12-04T02:00:00Z/2026-12-04T05:00:00Z', '2026-12-05T02:00:00Z/2026-12-05T05:00:00Z']);
  });

  it('that always allow reboots are one stretch, two days longer than the range on each side', () => {
    expect(stretches('always', 'UTC', friday)).toEqual(['2026-12-02T00:00:00Z/2026-12-07T00:00:00Z']);
  });
});

describe('a range that wraps midnight', () => {
  it('belongs to the day on which it starts: Fri 23:30-01:30 covers Saturday 00:30', () => {
    expect(stretches('Fri 23:30-01:30', 'UTC', weekend)).toEqual([
      '2026-12-04T23:30:00Z/2026-12-05T01:30:00Z',
    ]);
    expect(
      stretches('Fri 23:30-01:30', 'UTC', ['2026-12-05T00:30:00Z', '2026-12-05T00:31:00Z']),
    ).toHaveLength(1);
  });

  it('belongs to the day on which it starts: Fri 23:30-01:30 does not cover Friday 00:30', () => {
    expect(stretches('Fri 23:30-01:30', 'UTC', ['2026-12-04T00:30:00Z', '2026-12-04T00:31:00Z'])).toEqual([]);
  });

  it('runs over the end of the week', () => {
    expect(stretches('Sun 22:00-06:00', 'UTC', ['2026-12-06T00:00:00Z', '2026-12-08T00:00:00Z'])).toEqual([
      '2026-12-06T22:00:00Z/2026-12-07T06:00:00Z',
    ]);
  });

  it('ends with its day, whether at 00:00 or at 24:00', () => {
    const expected = ['2026-12-04T22:00:00Z/2026-12-05T00:00:00Z'];
    expect(stretches('Fri 22:00-24:00', 'UTC', weekend)).toEqual(expected);
    expect(stretches('Fri 22:00-00:00', 'UTC', weekend)).toEqual(expected);
  });
});

describe('a range over days', () => {
  it.each<[string, string, string, readonly [string, string], string]>([
    [
      'lasts from Friday to Monday',
      'Fri 22:00-Mon 06:00',
      'UTC',
      weekend,
      '2026-12-04T22:00:00Z/2026-12-07T06:00:00Z',
    ],
    [
      'is found from its end',
      'Fri 22:00-Mon 06:00',
      'UTC',
      ['2026-12-07T05:00:00Z', '2026-12-07T05:01:00Z'],
      '2026-12-04T22:00:00Z/2026-12-07T06:00:00Z',
    ],
    [
      'runs over the end of the week',
      'Sun 22:00-Thu 02:00',
      'UTC',
      ['2026-12-07T05:00:00Z', '2026-12-07T05:01:00Z'],
      '2026-12-06T22:00:00Z/2026-12-10T02:00:00Z',
    ],
    [
      'may last almost a week',
      'Tue 05:00-Mon 24:00',
      'UTC',
      ['2026-12-07T23:00:00Z', '2026-12-08T02:00:00Z'],
      '2026-12-01T05:00:00Z/2026-12-08T00:00:00Z',
    ],
    [
      'in Kathmandu has its quarter of an hour',
      'Fri 22:00-Mon 06:00',
      'Asia/Kathmandu',
      weekend,
      '2026-12-04T16:15:00Z/2026-12-07T00:15:00Z',
    ],
    [
      'in Berlin is an hour shorter in March',
      'Fri 22:00-Mon 06:00',
      'Europe/Berlin',
      ['2027-03-27T00:00:00Z', '2027-03-28T00:00:00Z'],
      '2027-03-26T21:00:00Z/2027-03-29T04:00:00Z',
    ],
    [
      'in Berlin is an hour longer in October',
      'Fri 22:00-Mon 06:00',
      'Europe/Berlin',
      ['2026-10-24T00:00:00Z', '2026-10-25T00:00:00Z'],
      '2026-10-23T20:00:00Z/2026-10-26T05:00:00Z',
    ],
    [
      'in New York is an hour shorter in March',
      'Fri 22:00-Mon 06:00',
      'America/New_York',
      ['2027-03-14T00:00:00Z', '2027-03-15T00:00:00Z'],
      '2027-03-13T03:00:00Z/2027-03-15T10:00:00Z',
    ],
    [
      'on Lord Howe Island is half an hour shorter in October',
      'Sat 22:00-Mon 06:00',
      'Australia/Lord_Howe',
      ['2026-10-04T00:00:00Z', '2026-10-04T12:00:00Z'],
      '2026-10-03T11:30:00Z/2026-10-04T19:00:00Z',
    ],
    [
      'in Apia loses the skipped Friday',
      'Thu 22:00-Sat 06:00',
      'Pacific/Apia',
      ['2011-12-30T00:00:00Z', '2011-12-31T00:00:00Z'],
      '2011-12-30T08:00:00Z/2011-12-30T16:00:00Z',
    ],
  ])('%s', (_, windows, timeZone, range, expected) => {
    expect(stretches(windows, timeZone, range)).toEqual([expected]);
  });
});

describe('ranges that touch or overlap count as one', () => {
  it.each([
    [
      'that touch at midnight',
      'Sat 22:00-24:00; Sun 00:00-02:00',
      '2026-12-05T22:00:00Z/2026-12-06T02:00:00Z',
    ],
    ['that touch at noon', 'Fri 11:00-12:00, 12:00-13:00', '2026-12-04T11:00:00Z/2026-12-04T13:00:00Z'],
    ['that overlap', 'Fri 02:00-05:00, 04:00-06:00', '2026-12-04T02:00:00Z/2026-12-04T06:00:00Z'],
    ['in any order', 'Fri 04:00-06:00; Fri 02:00-05:00', '2026-12-04T02:00:00Z/2026-12-04T06:00:00Z'],
    ['that lie within another', 'Fri 02:00-06:00, 03:00-04:00', '2026-12-04T02:00:00Z/2026-12-04T06:00:00Z'],
    ['that are the same', 'Fri 02:00-05:00; Fri 02:00-05:00', '2026-12-04T02:00:00Z/2026-12-04T05:00:00Z'],
    [
      'that overlap after midnight',
      'Fri 22:00-03:00; Sat 02:00-05:00',
      '2026-12-04T22:00:00Z/2026-12-05T05:00:00Z',
    ],
  ])('%s', (_, windows, expected) => {
    expect(stretches(windows, 'UTC', weekend)).toEqual([expected]);
  });

  it('and whole days are one stretch without a gap', () => {
    expect(stretches('daily 00:00-24:00', 'UTC', weekend)).toHaveLength(1);
  });

  it('but not ranges that are a minute apart', () => {
    expect(stretches('Fri 01:00-02:00, 02:01-03:00', 'UTC', weekend)).toHaveLength(2);
  });
});

describe('windows when the clocks go forward', () => {
  // Berlin: 2027-03-28, 02:00 becomes 03:00 at 01:00 UTC.
  const berlin = ['2027-03-27T23:30:00Z', '2027-03-28T12:00:00Z'] as const;
  it.each([
    ['lose the skipped hour', 'daily 02:00-05:00', ['2027-03-28T01:00:00Z/2027-03-28T03:00:00Z']],
    [
      'that end in it end an hour later by the clock',
      'daily 01:30-02:30',
      ['2027-03-28T00:30:00Z/2027-03-28T01:30:00Z'],
    ],
    [
      'that lie in it move to the hour after it',
      'daily 02:15-02:45',
      ['2027-03-28T01:15:00Z/2027-03-28T01:45:00Z'],
    ],
    ['that end with it are missing on that day', 'daily 02:30-03:00', []],
    ['over night are an hour shorter', 'Sat 22:00-06:00', ['2027-03-27T21:00:00Z/2027-03-28T04:00:00Z']],
  ])('%s', (_, windows, expected) => {
    expect(stretches(windows, 'Europe/Berlin', berlin)).toEqual(expected);
  });

  it('in New York lose the hour from 2 to 3', () => {
    expect(
      stretches('Sun 01:00-04:00', 'America/New_York', ['2027-03-14T00:00:00Z', '2027-03-15T00:00:00Z']),
    ).toEqual(['2027-03-14T06:00:00Z/2027-03-14T08:00:00Z']);
  });

  it.each([
    ['around it', 'Sun 01:00-03:00', ['2026-10-03T14:30:00Z/2026-10-03T16:00:00Z']],
    ['from its start on', 'Sun 02:00-03:00', ['2026-10-03T15:30:00Z/2026-10-03T16:00:00Z']],
    ['up to its end', 'Sun 02:15-02:30', []],
  ])('on Lord Howe Island lose the skipped half hour: %s', (_, windows, expected) => {
    expect(
      stretches(windows, 'Australia/Lord_Howe', ['2026-10-03T12:00:00Z', '2026-10-04T12:00:00Z']),
    ).toEqual(expected);
  });
});

describe('windows when the clocks go back', () => {
  // Berlin: 2026-10-25, 03:00 becomes 02:00 at 01:00 UTC.
  const berlin = ['2026-10-24T22:00:00Z', '2026-10-25T12:00:00Z'] as const;
  it.each([
    ['contain the repeated hour twice', 'daily 02:00-05:00', ['2026-10-25T00:00:00Z/2026-10-25T04:00:00Z']],
    [
      'that start in it start the first time',
      'daily 02:30-03:30',
      ['2026-10-25T00:30:00Z/2026-10-25T02:30:00Z'],
    ],
    ['that end in it end the first time', 'daily 01:00-02:30', ['2026-10-24T23:00:00Z/2026-10-25T00:30:00Z']],
    ['over night are an hour longer', 'Sat 22:00-06:00', ['2026-10-24T20:00:00Z/2026-10-25T05:00:00Z']],
  ])('%s', (_, windows, expected) => {
    expect(stretches(windows, 'Europe/Berlin', berlin)).toEqual(expected);
  });

  it.each([
    ['starts the first time', 'Sun 01:30-02:00', ['2026-11-01T05:30:00Z/2026-11-01T07:00:00Z']],
    ['ends the first time', 'Sun 00:30-01:30', ['2026-11-01T04:30:00Z/2026-11-01T05:30:00Z']],
  ])('in New York use the first 01:30: a range there %s', (_, windows, expected) => {
    expect(stretches(windows, 'America/New_York', ['2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z'])).toEqual(
      expected,
    );
  });

  it('on Lord Howe Island contain the repeated half hour twice', () => {
    expect(
      stretches('Sun 01:30-03:00', 'Australia/Lord_Howe', ['2027-04-03T12:00:00Z', '2027-04-04T12:00:00Z']),
    ).toEqual(['2027-04-03T14:30:00Z/2027-04-03T16:30:00Z']);
  });
});

describe('windows where a whole day is skipped (Apia, Friday 2011-12-30)', () => {
  const lastDays = ['2011-12-29T11:00:00Z', '2011-12-31T23:00:00Z'] as const;
  it('occur once for the skipped day and the next one together', () => {
    expect(stretches('daily 02:00-05:00', 'Pacific/Apia', lastDays)).toEqual([
      '2011-12-29T12:00:00Z/2011-12-29T15:00:00Z',
      '2011-12-30T12:00:00Z/2011-12-30T15:00:00Z',
      '2011-12-31T12:00:00Z/2011-12-31T15:00:00Z',
    ]);
  });

  it('move to the next day where they lie in the skipped one', () => {
    expect(stretches('Fri 02:00-05:00', 'Pacific/Apia', lastDays)).toEqual([
      '2011-12-30T12:00:00Z/2011-12-30T15:00:00Z',
    ]);
  });

  it('that wrap midnight on Thursday end on Saturday', () => {
    expect(stretches('Thu 22:00-06:00', 'Pacific/Apia', lastDays)).toEqual([
      '2011-12-30T08:00:00Z/2011-12-30T16:00:00Z',
    ]);
  });

  it('are not cut by a blackout of the skipped day, which has no length', () => {
    expect(
      stretches('always', 'Pacific/Apia', ['2011-12-30T00:00:00Z', '2011-12-31T00:00:00Z'], '2011-12-30'),
    ).toEqual(['2011-12-28T00:00:00Z/2012-01-02T00:00:00Z']);
  });

  it('are cut for one day by a blackout of the day before and the skipped one', () => {
    expect(
      stretches(
        'always',
        'Pacific/Apia',
        ['2011-12-29T00:00:00Z', '2011-12-31T00:00:00Z'],
        '2011-12-29/2011-12-30',
      ),
    ).toEqual(['2011-12-27T00:00:00Z/2011-12-29T10:00:00Z', '2011-12-30T10:00:00Z/2012-01-02T00:00:00Z']);
  });
});

describe('blackout dates', () => {
  it('shorten a window that runs into them, and delay one that starts inside them', () => {
    expect(
      stretches('daily 22:00-06:00', 'UTC', ['2026-12-04T12:00:00Z', '2026-12-06T12:00:00Z'], '2026-12-05'),
    ).toEqual(['2026-12-04T22:00:00Z/2026-12-05T00:00:00Z', '2026-12-06T00:00:00Z/2026-12-06T06:00:00Z']);
  });

  it('include both ends of a range', () => {
    expect(
      stretches(
        'daily 22:00-06:00',
        'UTC',
        ['2026-12-04T12:00:00Z', '2026-12-07T12:00:00Z'],
        '2026-12-05/2026-12-06',
      ),
    ).toEqual(['2026-12-04T22:00:00Z/2026-12-05T00:00:00Z', '2026-12-07T00:00:00Z/2026-12-07T06:00:00Z']);
  });

  it('are days of their own zone, here that of the windows', () => {
    expect(
      stretches(
        'daily 02:00-05:00',
        'Asia/Shanghai',
        ['2026-12-01T00:00:00Z', '2026-12-03T00:00:00Z'],
        '2026-12-02',
      ),
    ).toEqual(['2026-12-02T18:00:00Z/2026-12-02T21:00:00Z']);
  });

  it('remove a window that lies inside them', () => {
    expect(stretches('Fri 02:00-05:00', 'UTC', weekend, '2026-12-04')).toEqual([]);
  });

  it('do not change a window that ends where they begin or begins where they end', () => {
    expect(
      stretches('Thu,Sat 00:00-24:00', 'UTC', ['2026-12-03T00:00:00Z', '2026-12-06T00:00:00Z'], '2026-12-04'),
    ).toEqual(['2026-12-03T00:00:00Z/2026-12-04T00:00:00Z', '2026-12-05T00:00:00Z/2026-12-06T00:00:00Z']);
  });

  it('that touch, overlap or repeat count as one', () => {
    const around = ['2026-12-03T00:00:00Z', '2026-12-08T00:00:00Z'] as const;
    const found = ['2026-12-01T00:00:00Z/2026-12-04T00:00:00Z', '2026-12-07T00:00:00Z/2026-12-10T00:00:00Z'];
    for (const blackouts of [
      '2026-12-04, 2026-12-05, 2026-12-06',
      '2026-12-05/2026-12-06, 2026-12-04/2026-12-05',
      '2026-12-04/2026-12-06, 2026-12-05',
    ]) {
      expect(stretches('always', 'UTC', around, blackouts)).toEqual(found);
    }
  });

  it('split a window that lasts several days', () => {
    expect(
      stretches('Fri 12:00-24:00; Sat 00:00-24:00; Sun 00:00-12:00', 'UTC', weekend, '2026-12-05'),
    ).toEqual(['2026-12-04T12:00:00Z/2026-12-05T00:00:00Z', '2026-12-06T00:00:00Z/2026-12-06T12:00:00Z']);
  });

  it('last 25 hours on the day when clocks go back, and 23 when they go forward', () => {
    expect(
      stretches('always', 'Europe/Berlin', ['2026-10-24T00:00:00Z', '2026-10-26T00:00:00Z'], '2026-10-25'),
    ).toEqual(['2026-10-22T00:00:00Z/2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z/2026-10-28T00:00:00Z']);
    expect(
      stretches('always', 'Europe/Berlin', ['2027-03-27T00:00:00Z', '2027-03-29T00:00:00Z'], '2027-03-28'),
    ).toEqual(['2027-03-25T00:00:00Z/2027-03-27T23:00:00Z', '2027-03-28T22:00:00Z/2027-03-31T00:00:00Z']);
  });
});
