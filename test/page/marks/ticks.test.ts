// The ticks of an axis, at round hours of the wall clock, also where clocks change. Expected instants: `date -d 'TZ=…'`.
import { describe, expect, it } from 'vitest';
import { offsetsOf, ticksOf } from '../../../lib/page/marks/ticks.ts';
import { iso } from '../../../lib/plan/calendar/instant.ts';
import { instant } from '../fleet.ts';

const ticks = (start: string, end: string, zone: string, most: number): string[] =>
  ticksOf({ start: instant(start), end: instant(end) }, zone, most).ticks.map(
    ({ at, beginsDay }) => `${iso(at)}${beginsDay ? ' day' : ''}`,
  );

describe('ticks', () => {
  it('are at whole hours of the zone, and name each new day once', () => {
    expect(ticks('2026-12-01T15:20:00Z', '2026-12-01T18:10:00Z', 'Asia/Shanghai', 5)).toEqual([
      '2026-12-01T16:00:00Z day',
      '2026-12-01T17:00:00Z',
      '2026-12-01T18:00:00Z',
    ]);
    expect(ticks('2026-12-01T14:30:00Z', '2026-12-01T17:10:00Z', 'Asia/Shanghai', 5)).toEqual([
      '2026-12-01T15:00:00Z day',
      '2026-12-01T16:00:00Z day',
      '2026-12-01T17:00:00Z',
    ]);
  });

  it('keep to the wall clock of a zone that is half an hour off', () => {
    expect(ticks('2026-12-01T18:00:00Z', '2026-12-02T02:00:00Z', 'Asia/Kolkata', 3)).toEqual([
      '2026-12-01T18:30:00Z day',
      '2026-12-01T21:30:00Z',
      '2026-12-02T00:30:00Z',
    ]);
  });

  it('are days where hours would be too many', () => {
    expect(ticks('2026-12-01T00:00:00Z', '2026-12-05T00:00:00Z', 'Asia/Shanghai', 5)).toEqual([
      '2026-12-01T16:00:00Z day',
      '2026-12-02T16:00:00Z day',
      '2026-12-03T16:00:00Z day',
      '2026-12-04T16:00:00Z day',
    ]);
  });

  it('have the skipped hour once in spring, and stay in order in autumn', () => {
    // New York, 8 March 2026: 02:00 is 03:00.
    expect(ticks('2026-03-08T06:00:00Z', '2026-03-08T08:00:00Z', 'America/New_York', 8)).toEqual([
      '2026-03-08T06:00:00Z day',
      '2026-03-08T06:15:00Z',
      '2026-03-08T06:30:00Z',
      '2026-03-08T06:45:00Z',
      '2026-03-08T07:00:00Z',
      '2026-03-08T07:15:00Z',
      '2026-03-08T07:30:00Z',
      '2026-03-08T07:45:00Z',
      '2026-03-08T08:00:00Z',
    ]);
    // 1 November 2026: 01:00 comes twice, at 05:00 and 06:00 UTC.
    expect(ticks('2026-11-01T04:00:00Z', '2026-11-01T08:00:00Z', 'America/New_York', 4)).toEqual([
      '2026-11-01T04:00:00Z day',
      '2026-11-01T05:00:00Z',
      '2026-11-01T07:00:00Z',
      '2026-11-01T08:00:00Z',
    ]);
  });
});

it('a day on which clocks change has two offsets', () => {
  const range = { start: instant('2026-11-01T04:00:00Z'), end: instant('2026-11-01T09:00:00Z') };
  expect(offsetsOf(range, 'America/New_York')).toEqual(['-04:00', '-05:00']);
  expect(offsetsOf(range, 'Asia/Shanghai')).toEqual(['+08:00']);
});
