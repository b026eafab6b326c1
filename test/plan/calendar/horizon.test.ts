// How far ahead a search looks, and what is closed until then. It begins on Tuesday 1 December 2026, 10:00 UTC; the days were counted with GNU date.
import { describe, expect, it } from 'vitest';
import { closedStretches } from '../../../lib/plan/calendar/closed-times.ts';
import { searchHorizon } from '../../../lib/plan/calendar/horizon.ts';
import { plus } from '../../../lib/plan/calendar/instant.ts';
import { remembered } from '../../../lib/plan/calendar/remembered.ts';
import { parseBlackouts } from '../../../lib/plan/calendar/blackout.ts';
import { at, calendar, day, minute, read } from '../samples.ts';

const now = '2026-12-01T10:00:00Z';
const slot = 15 * minute;

/** The end of the search, as text. `days`: how far the deadline lies ahead. */
function horizon(windows: string, blackouts: string, days: number, its = slot): string {
  const its_ = calendar(windows, 'UTC', blackouts);
  return searchHorizon(its_, at(now), plus(at(now), days * day), its).toString();
}

describe('a search', () => {
  it.each(['always', 'daily 02:00-05:00'])('through %s ends with its deadline, which counts', (windows) => {
    expect(horizon(windows, '', 3)).toBe('2026-12-04T10:00:00.001Z');
  });

  it('through windows ends after a year, where the deadline is a placeholder far ahead', () => {
    // 366 days.
    expect(horizon('daily 02:00-05:00', '', 40_000)).toBe('2027-12-02T10:00:00Z');
    expect(horizon('daily 02:00-05:00', '', 366)).toBe('2027-12-02T10:00:00Z');
  });

  it('through time that is always open ends with its deadline, however far that is', () => {
    expect(horizon('always', '', 40_000)).toBe('2136-06-07T10:00:00.001Z');
    expect(horizon('always', '2026-12-02/2027-12-31', 40_000)).toBe('2136-06-07T10:00:00.001Z');
  });

  it('goes on for a year after a blackout', () => {
    // Closed until 2027-06-01: 366 days after that.
    expect(horizon('daily 02:00-05:00', '2026-12-05/2027-05-31', 40_000)).toBe('2028-06-01T00:00:00Z');
    // It has begun already.
    expect(horizon('daily 02:00-05:00', '2026-11-01/2027-05-31', 40_000)).toBe('2028-06-01T00:00:00Z');
    // The deadline comes first.
    expect(horizon('daily 02:00-05:00', '2026-12-05/2027-05-31', 200)).toBe('2027-06-19T10:00:00.001Z');
  });

  it('ends before a blackout that begins after a year without one', () => {
    // 2027-12-03 00:00 is more than 366 days ahead, 2027-12-02 00:00 less.
    expect(horizon('daily 02:00-05:00', '2027-12-03', 40_000)).toBe('2027-12-02T10:00:00Z');
    expect(horizon('daily 02:00-05:00', '2027-12-02', 40_000)).toBe('2028-12-03T00:00:00Z');
    expect(horizon('daily 02:00-05:00', '2027-12-02 10:00/2027-12-02 12:00', 40_000)).toBe(
      '2027-12-02T10:00:00Z',
    );
  });

  it('goes on after each of several blackouts that lie closer than a year', () => {
    expect(horizon('daily 02:00-05:00', '2027-06-01, 2028-01-01, 2030-01-01', 40_000)).toBe(
      '2029-01-02T00:00:00Z',
    );
  });

  it('takes thirteen years where blackouts come every year', () => {
    // 13 times 366 days.
    expect(horizon('daily 02:00-05:00', '10-01/10-07', 40_000)).toBe('2039-12-11T10:00:00Z');
    expect(horizon('always', '10-01/10-07', 40_000)).toBe('2039-12-11T10:00:00Z');
    expect(horizon('daily 02:00-05:00', '10-01/10-07', 3)).toBe('2026-12-04T10:00:00.001Z');
  });

  it('takes one year where only a change of clocks makes room for the slot', () => {
    expect(horizon('daily 02:00-02:15', '10-01/10-07', 40_000, 15 * minute)).toBe('2039-12-11T10:00:00Z');
    expect(horizon('daily 02:00-02:15', '10-01/10-07', 40_000, 15 * minute + 1)).toBe('2027-12-02T10:00:00Z');
  });

  it('whose deadline has passed looks at no blackout', () => {
    expect(horizon('daily 02:00-05:00', '2026-11-01/2027-05-31', -2)).toBe('2026-11-29T10:00:00.001Z');
  });
});

describe('what blackouts close', () => {
  /** As texts, in UTC. */
  function closed(blackouts: string, from: string, until: string, zone = 'UTC'): string[] {
    return closedStretches(read(parseBlackouts(blackouts)), zone, at(from), at(until)).map(
      ({ start, end }) => `${start.toString()}/${end.toString()}`,
    );
  }

  it('is what touches the time that is asked about, and is not cut off', () => {
    expect(closed('2026-12-02/2026-12-03', '2026-12-03T12:00:00Z', '2026-12-09T00:00:00Z')).toEqual([
      '2026-12-02T00:00:00Z/2026-12-04T00:00:00Z',
    ]);
    expect(closed('2026-12-02', '2026-12-03T00:00:00Z', '2026-12-09T00:00:00Z')).toEqual([]);
    expect(closed('2026-12-02', '2026-12-02T23:59:59.999Z', '2026-12-09T00:00:00Z')).toHaveLength(1);
    expect(closed('2026-12-09', '2026-12-03T00:00:00Z', '2026-12-09T00:00:00Z')).toEqual([]);
    expect(closed('2026-12-09', '2026-12-03T00:00:00Z', '2026-12-09T00:00:00.001Z')).toHaveLength(1);
  });

  it('of every year comes in each of them, also one that runs over New Year', () => {
    expect(closed('12-31/01-01', '2027-01-01T12:00:00Z', '2029-01-01T00:00:00Z')).toEqual([
      '2026-12-31T00:00:00Z/2027-01-02T00:00:00Z',
      '2027-12-31T00:00:00Z/2028-01-02T00:00:00Z',
      '2028-12-31T00:00:00Z/2029-01-02T00:00:00Z',
    ]);
  });

  it('within one month runs over the year only where its end comes before its beginning', () => {
    expect(closed('10-07/10-01', '2026-10-01T12:00:00Z', '2027-10-03T00:00:00Z')).toEqual([
      '2025-10-07T00:00:00Z/2026-10-02T00:00:00Z',
      '2026-10-07T00:00:00Z/2027-10-02T00:00:00Z',
    ]);
    expect(closed('10-07', '2026-10-03T00:00:00Z', '2027-10-03T00:00:00Z')).toEqual([
      '2026-10-07T00:00:00Z/2026-10-08T00:00:00Z',
    ]);
  });

  it('in a year without February 29 begins with March 1, or ends with February 28', () => {
    expect(closed('02-29/03-02', '2027-01-01T00:00:00Z', '2029-01-01T00:00:00Z')).toEqual([
      '2027-03-01T00:00:00Z/2027-03-03T00:00:00Z',
      '2028-02-29T00:00:00Z/2028-03-03T00:00:00Z',
    ]);
    expect(closed('02-27/02-29', '2027-01-01T00:00:00Z', '2028-01-01T00:00:00Z')).toEqual([
      '2027-02-27T00:00:00Z/2027-03-01T00:00:00Z',
    ]);
    expect(closed('02-29', '2027-01-01T00:00:00Z', '2028-01-01T00:00:00Z')).toEqual([]);
    expect(closed('02-29 06:00/02-29 12:00', '2028-01-01T00:00:00Z', '2028-12-01T00:00:00Z')).toEqual([
      '2028-02-29T06:00:00Z/2028-02-29T12:00:00Z',
    ]);
  });

  it('of every year is joined with what is closed once, and years that are closed as a whole are passed over', () => {
    expect(
      closed('2027-01-01/2999-12-31, 12-31/01-05', '2026-06-01T00:00:00Z', '3001-01-01T00:00:00Z'),
    ).toEqual(['2026-12-31T00:00:00Z/3000-01-06T00:00:00Z', '3000-12-31T00:00:00Z/3001-01-06T00:00:00Z']);
  });

  it('on a day that the zone skips is nothing', () => {
    // Samoa had no 30 December 2011.
    expect(closed('2011-12-30', '2011-12-01T00:00:00Z', '2012-01-31T00:00:00Z', 'Pacific/Apia')).toEqual([]);
  });
});

describe('a reader that remembers', () => {
  it('reads each text once, and a thousand texts at most', () => {
    const asked: string[] = [];
    const reader = remembered((text) => {
      asked.push(text);
      return text.length;
    });
    expect([reader('abc'), reader('abc'), reader('de')]).toEqual([3, 3, 2]);
    expect(asked).toEqual(['abc', 'de']);
    for (let index = 0; index < 998; index += 1) reader(`text ${index}`);
    // A thousand are kept: the first one is still known.
    reader('abc');
    expect(asked).toHaveLength(1_000);
    reader('one more');
    reader('abc');
    expect(asked.slice(1_000)).toEqual(['one more', 'abc']);
  });
});

it('a process that lives for days keeps ten thousand times at most, and makes each of them once', () => {
  const base = at('2031-01-01T00:00:00Z');
  const first = plus(base, 1);
  expect(plus(base, 1)).toBe(first);
  for (let index = 2; index < 10_010; index += 1) plus(base, index);
  expect(plus(base, 1)).not.toBe(first);
  expect(plus(base, 1).toString()).toBe('2031-01-01T00:00:00.001Z');
});
