// Reading blackout dates from settings.
import { describe, expect, it } from 'vitest';
import { parseBlackouts } from '../../../lib/plan/calendar/blackout.ts';
import { plain } from '../samples.ts';

describe('blackout dates', () => {
  it.each([
    ['an empty text', ''],
    ['a blank text', '  '],
    ['the word none', 'none'],
    ['the word None', 'None'],
  ])('are absent for %s', (_, text) => {
    expect(parseBlackouts(text)).toEqual({ ok: true, value: [] });
  });

  it('are single days and ranges of days, separated by commas', () => {
    expect(plain(parseBlackouts('2026-12-31/2027-01-03, 2027-02-05'))).toEqual({
      ok: true,
      value: [
        { first: '2026-12-31', last: '2027-01-03' },
        { first: '2027-02-05', last: '2027-02-05' },
      ],
    });
  });

  it('may be a leap day of a leap year, and a range of one day', () => {
    expect(plain(parseBlackouts('2028-02-29 / 2028-02-29'))).toEqual({
      ok: true,
      value: [{ first: '2028-02-29', last: '2028-02-29' }],
    });
  });

  it.each([
    ['a leap day of another year', '2027-02-29', '2027-02-29'],
    ['a thirteenth month', '2026-12-01, 2026-13-01', '2026-13-01'],
    ['a day with one digit', '2026-12-1', '2026-12-1'],
    ['a date without dashes', '20261201', '20261201'],
    ['a date with a time', '2026-12-01T00:00Z', '2026-12-01T00:00Z'],
    ['a range without its end', '2026-12-01/', '2026-12-01/'],
    ['a range without its start', '/2026-12-01', '/2026-12-01'],
    ['a range of three days', '2026-12-01/2026-12-02/2026-12-03', '2026-12-01/2026-12-02/2026-12-03'],
    ['a comma at the end', '2026-12-01,', ''],
    ['two days without a comma', '2026-12-01 2026-12-02', '2026-12-01 2026-12-02'],
    ['a word', 'Christmas', 'Christmas'],
  ])('are refused for %s, and the fault names that part', (_, text, where) => {
    expect(parseBlackouts(text)).toEqual({
      ok: false,
      expected: 'days or ranges of days as in 2026-12-31/2027-01-03, 2027-02-05',
      at: where,
    });
  });

  it('are refused for a range that runs backwards, which is not an empty range', () => {
    expect(parseBlackouts('2027-01-03/2026-12-31')).toEqual({
      ok: false,
      expected: 'a range whose first day is not after its last',
      at: '2027-01-03/2026-12-31',
    });
  });
});
