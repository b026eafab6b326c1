// Lengths of time, as settings write them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../../lib/plan/calendar/duration.ts';

describe('a duration', () => {
  it.each([
    ['90s', 90_000],
    ['15m', 900_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
    ['0s', 0],
    [' 30m ', 1_800_000],
    ['366d', 31_622_400_000],
  ])('reads %j', (text, ms) => {
    expect(parseDuration(text)).toEqual({ ok: true, value: ms });
  });

  it.each(['', '15', 'm', '15 m', '1.5h', '-5m', '1h30m', '15M', '2w', '1e3s', '１５m'])(
    'refuses %j and says what is expected',
    (text) => {
      expect(parseDuration(text)).toEqual({
        ok: false,
        expected: 'a whole number and a unit, as in 90s, 15m, 2h or 1d',
      });
    },
  );

  it('refuses more than 366 days as a slip of the pen', () => {
    expect(parseDuration('367d')).toEqual({ ok: false, expected: 'at most 366d' });
    expect(parseDuration('99999999h')).toEqual({ ok: false, expected: 'at most 366d' });
  });

  it.each([
    [0, '0s'],
    [1_000, '1s'],
    [90_000, '90s'],
    [60_000, '1m'],
    [5_400_000, '90m'],
    [7_200_000, '2h'],
    [86_400_000, '1d'],
    [90_000_000, '25h'],
    [1_499, '1s'],
    [1_500, '2s'],
  ])('is written the shortest way: %d ms as %j', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('survives being written and read again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 366 * 86_400 }), (seconds) => {
        expect(parseDuration(formatDuration(seconds * 1_000))).toEqual({ ok: true, value: seconds * 1_000 });
      }),
    );
  });
});
