// Days on which nothing is rebooted, as settings write them.
import { describe, expect, it } from 'vitest';
import { parseBlackouts } from '../../../lib/plan/calendar/blackout.ts';
import { plain } from '../samples.ts';

describe('blackout dates', () => {
  it.each(['', '  ', 'none', 'None'])('%j means none', (text) => {
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

  it('take a leap day in a leap year, and a range of one day', () => {
    expect(plain(parseBlackouts('2028-02-29 / 2028-02-29'))).toEqual({
      ok: true,
      value: [{ first: '2028-02-29', last: '2028-02-29' }],
    });
  });

  it.each([
    ['2027-02-29', '2027-02-29'],
    ['2026-12-01, 2026-13-01', '2026-13-01'],
    ['2026-12-1', '2026-12-1'],
    ['20261201', '20261201'],
    ['2026-12-01T00:00Z', '2026-12-01T00:00Z'],
    ['2026-12-01/', '2026-12-01/'],
    ['/2026-12-01', '/2026-12-01'],
    ['2026-12-01/2026-12-02/2026-12-03', '2026-12-01/2026-12-02/2026-12-03'],
    ['2026-12-01,', ''],
    ['2026-12-01 2026-12-02', '2026-12-01 2026-12-02'],
    ['Christmas', 'Christmas'],
  ])('that cannot be read are a fault at their place: %j at %j', (text, where) => {
    expect(parseBlackouts(text)).toEqual({
      ok: false,
      expected: 'days or ranges of days as in 2026-12-31/2027-01-03, 2027-02-05',
      at: where,
    });
  });

  it('whose range runs backwards are a fault, not an empty range', () => {
    expect(parseBlackouts('2027-01-03/2026-12-31')).toEqual({
      ok: false,
      expected: 'a range whose first day is not after its last',
      at: '2027-01-03/2026-12-31',
    });
  });
});
