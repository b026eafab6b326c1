// Reading and writing lengths of time.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../../lib/plan/calendar/duration.ts';

describe('a duration', () => {
  it.each([
    ['seconds', '90s', 90_000],
    ['minutes', '15m', 900_000],
    ['hours', '2h', 7_200_000],
    ['days of 24 hours', '1d', 86_400_000],
    ['no length', '0s', 0],
    ['spaces around it', ' 30m ', 1_800_000],
    ['the longest one', '366d', 31_622_400_000],
  ])('may have %s', (_, text, ms) => {
    expect(parseDuration(text)).toEqual({ ok: true, value: ms });
  });

  it.each([
    ['an empty text', ''],
    ['a number without a unit', '15'],
    ['a unit without a number', 'm'],
    ['a space before the unit', '15 m'],
    ['a fraction', '1.5h'],
    ['a negative number', '-5m'],
    ['two units', '1h30m'],
    ['an upper-case unit', '15M'],
    ['weeks', '2w'],
    ['an exponent', '1e3s'],
    ['full-width digits', '１５m'],
  ])('is refused for %s, and the fault says what is expected', (_, text) => {
    expect(parseDuration(text)).toEqual({
      ok: false,
      expected: 'a whole number and a unit, as in 90s, 15m, 2h or 1d',
    });
  });

  it('is refused above 366 days, because that is a typing error', () => {
    expect(parseDuration('367d')).toEqual({ ok: false, expected: 'at most 366d' });
    expect(parseDuration('99999999h')).toEqual({ ok: false, expected: 'at most 366d' });
  });

  it.each([
    ['no length in seconds', 0, '0s'],
    ['a second', 1_000, '1s'],
    ['a minute and a half in seconds', 90_000, '90s'],
    ['a minute', 60_000, '1m'],
    ['an hour and a half in minutes', 5_400_000, '90m'],
    ['two hours', 7_200_000, '2h'],
    ['a day', 86_400_000, '1d'],
    ['25 hours in hours', 90_000_000, '25h'],
    ['less than half a second rounded down', 1_499, '1s'],
    ['half a second rounded up', 1_500, '2s'],
  ])('is written in the largest whole unit: %s', (_, ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('reads what it wrote, for any number of seconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 366 * 86_400 }), (seconds) => {
        expect(parseDuration(formatDuration(seconds * 1_000))).toEqual({ ok: true, value: seconds * 1_000 });
      }),
    );
  });
});
