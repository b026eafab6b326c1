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
    ['hours and minutes', '1h30m', 5_400_000],
    ['spaces between the parts', '1 h 30 m', 5_400_000],
    ['every unit', '1d2h3m4s', 93_784_000],
    ['a space before the unit', '2 h', 7_200_000],
    ['a short word for minutes', '15min', 900_000],
    ['a short word for seconds', '90sec', 90_000],
    ['a short word for hours', '2hrs', 7_200_000],
    ['words', '1 hour 30 minutes', 5_400_000],
    ['a word with a capital', '15 Minutes', 900_000],
    ['full-width digits', '１５m', 900_000],
    ['full-width digits and letters', '１ｈ３０ｍ', 5_400_000],
    ['Chinese units', '1小时30分', 5_400_000],
    ['Chinese minutes', '15分钟', 900_000],
    ['Chinese seconds after a space', '90 秒', 90_000],
    ['Chinese days', '2天', 172_800_000],
  ])('may have %s', (_, text, ms) => {
    expect(parseDuration(text)).toEqual({ ok: true, value: ms });
  });

  it.each([
    ['an empty text', ''],
    ['a number without a unit', '15'],
    ['a unit without a number', 'm'],
    ['a fraction', '1.5h'],
    ['a negative number', '-5m'],
    ['the smaller unit first', '30m1h'],
    ['a unit twice', '1h1h'],
    ['a last part without a unit', '1h30'],
    ['digits with a space between them', '1 5m'],
    ['an upper-case unit, which might be months', '15M'],
    ['a word that is no unit', '15 moments'],
    ['a word of the language', '15constructor'],
    ['digits in words', '一小时'],
    ['half an hour', '半小时'],
    ['a separator', '1h,30m'],
    ['a sign after it', '15m.'],
    ['weeks', '2w'],
    ['an exponent', '1e3s'],
  ])('is refused for %s, and the fault says what is expected', (_, text) => {
    expect(parseDuration(text)).toEqual({
      ok: false,
      expected: 'a whole number and a unit, as in 90s, 15m, 2h or 1d',
    });
  });

  it('is refused above 366 days, because that is a typing error', () => {
    expect(parseDuration('367d')).toEqual({ ok: false, expected: 'at most 366d' });
    expect(parseDuration('99999999h')).toEqual({ ok: false, expected: 'at most 366d' });
    expect(parseDuration('366d 1s')).toEqual({ ok: false, expected: 'at most 366d' });
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
