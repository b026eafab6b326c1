// Reading windows without the code under test.
import { describe, expect, it } from 'vitest';
import { dailyRanges, isWithin, readRanges, wallMinute, weeklyRange } from './week-ranges.ts';

const minute = 60_000;

describe('windows as people write them', () => {
  it('always is the whole week', () => {
    expect(readRanges('always')).toEqual([{ from: 0, until: 10_080 }]);
  });

  it('ranges of some days, and of every day', () => {
    expect(readRanges('Tue 08:00-08:30, 22:00-02:00')).toEqual([
      { from: 1_920, until: 1_950 },
      { from: 2_760, until: 3_000 },
    ]);
    expect(readRanges('daily 00:00-24:00')).toHaveLength(7);
    expect(readRanges('daily 09:00-12:00; Tue 08:00-08:30')).toHaveLength(8);
  });

  it.each(['nightly', '', 'daily', 'Tuesday 08:00-09:00', 'daily 8-9', 'Mon 08:00-09:00;'])(
    'cannot read "%s"',
    (text) => {
      expect(readRanges(text)).toBeUndefined();
    },
  );
});

it('windows in ECS are daily, or weekly and as long as days', () => {
  expect(dailyRanges({ start: '22:00:00', end: '02:00:00' })[0]).toEqual({ from: 1_320, until: 1_560 });
  expect(weeklyRange({ start: 'Tuesday,02:00', end: 'Wednesday,02:00' })).toEqual({
    from: 1_560,
    until: 3_000,
  });
  expect(weeklyRange({ start: 'Sunday,22:00', end: 'Monday,01:00' })).toEqual({ from: 9_960, until: 10_140 });
});

it('the wall clock of a zone, and none of a zone that does not exist', () => {
  const at = Date.parse('2026-12-01T18:00:00Z');
  expect(wallMinute(at, 'UTC')).toBe(2_520);
  expect(wallMinute(at, 'Asia/Shanghai')).toBe(3_000);
  expect(wallMinute(at, 'Asia/Kathmandu')).toBe(2_865);
  expect(wallMinute(at, 'Mars/Olympus')).toBeUndefined();
});

it('a slot lies within ranges from its first to its last minute, also where the week ends', () => {
  const ranges = readRanges('Sun 23:00-01:00') ?? [];
  const at = (time: string): boolean => isWithin(ranges, 'UTC', Date.parse(time), 15 * minute);
  expect(at('2026-12-06T22:59:59Z')).toBe(false);
  expect(at('2026-12-06T23:00:00Z')).toBe(true);
  expect(at('2026-12-07T00:45:00Z')).toBe(true);
  expect(at('2026-12-07T00:46:00Z')).toBe(false);
  expect(at('2026-12-08T00:30:00Z')).toBe(false);
});
