// Reading blackouts from settings, and their normal form.
import { describe, expect, it } from 'vitest';
import { blackoutText, parseBlackouts } from '../../../lib/plan/calendar/blackout.ts';
import { misreadingsOf } from '../../../lib/plan/calendar/parsed.ts';
import { read } from '../samples.ts';

/** The normal form of what was read, or the faults. */
function normal(text: string): string[] {
  return read(parseBlackouts(text)).map(blackoutText);
}

describe('blackouts', () => {
  it.each([
    ['an empty text', ''],
    ['a blank text', '  '],
    ['the word none', 'none'],
    ['the word None', 'None'],
    ['the word between spaces', ' none '],
  ])('are absent for %s', (_, text) => {
    expect(parseBlackouts(text)).toEqual({ ok: true, value: [] });
  });

  it('are days from the first one up to the end of the last one', () => {
    expect(parseBlackouts('2026-12-31/2027-01-03')).toEqual({
      ok: true,
      value: [
        {
          start: { year: 2026, month: 12, day: 31, minute: 0 },
          end: { year: 2027, month: 1, day: 3, minute: 1440 },
        },
      ],
    });
  });

  it('without a year come every year', () => {
    expect(parseBlackouts('12-24/01-02')).toEqual({
      ok: true,
      value: [{ start: { month: 12, day: 24, minute: 0 }, end: { month: 1, day: 2, minute: 1440 } }],
    });
  });

  it.each([
    ['2026-12-31/2027-01-03, 2027-02-05', '2026-12-31/2027-01-03, 2027-02-05'],
    ['2027-02-05/2027-02-05', '2027-02-05'],
    ['2028-02-29 / 2028-02-29', '2028-02-29'],
    ['2026-12-24 18:00/2026-12-27 08:00', '2026-12-24 18:00/2026-12-27 08:00'],
    ['2026-12-24T18:00/2026-12-27T8:00', '2026-12-24 18:00/2026-12-27 08:00'],
    ['2026-12-24 18:00/2026-12-26', '2026-12-24 18:00/2026-12-26 24:00'],
    ['2026-12-24 18:00/2026-12-27 00:00', '2026-12-24 18:00/2026-12-26 24:00'],
    ['2026-12-24/2026-12-27 08:00', '2026-12-24 00:00/2026-12-27 08:00'],
    ['2026-12-24 00:00/2026-12-27 00:00', '2026-12-24/2026-12-26'],
    ['2026-12-24 08:00/2026-12-24 18:00', '2026-12-24 08:00/2026-12-24 18:00'],
    ['2026-12-24  18:59/2026-12-27 08:59', '2026-12-24 18:59/2026-12-27 08:59'],
    ['0999-12-31', '0999-12-31'],
    ['10-01/10-07', '10-01/10-07'],
    ['12-24/01-02', '12-24/01-02'],
    ['02-29', '02-29'],
    ['12-24 18:00/12-27 08:00', '12-24 18:00/12-27 08:00'],
    ['02-28 12:00/03-01 00:00', '02-28 12:00/02-29 24:00'],
    ['12-31 18:00/01-01 00:00', '12-31 18:00/12-31 24:00'],
    [
      '２０２６－１２－３１／２０２７－０１－０３，２０２７－０２－０５；',
      '2026-12-31/2027-01-03, 2027-02-05',
    ],
    ['2026-12-31至2027-01-03、10-01～10-07', '2026-12-31/2027-01-03, 10-01/10-07'],
    ['2026-12-31 – 2027-01-03', '2026-12-31/2027-01-03'],
    [',2026-12-31,, 2027-02-05,', '2026-12-31, 2027-02-05'],
  ])('have a normal form: %s is %s', (text, expected) => {
    expect(normal(text).join(', ')).toBe(expected);
    expect(parseBlackouts(expected)).toEqual(parseBlackouts(text));
  });

  it.each([
    ['a day of no month', '2026-02-30', '2026-02-30'],
    ['a yearly day of no month', '02-30', '02-30'],
    ['a thirteenth month', '2026-12-01, 2026-13-01', '2026-13-01'],
    ['a day with one digit', '2026-12-1', '2026-12-1'],
    ['a date without dashes', '20261201', '20261201'],
    ['a date with slashes', '2026/12/31', '2026/12/31'],
    ['a date with an offset', '2026-12-01T00:00Z', '2026-12-01T00:00Z'],
    ['an hour without a day', '2026-12-24 18:00/20:00', '20:00'],
    ['a word in the place of a day', '2026-12-24/Christmas', 'Christmas'],
    ['a range without its end', '2026-12-01/', '2026-12-01/'],
    ['a range without its start', '/2026-12-01', '/2026-12-01'],
    ['a range of three days', '2026-12-01/2026-12-02/2026-12-03', '2026-12-01/2026-12-02/2026-12-03'],
    ['commas alone', ', ,', ''],
    ['two days without a comma', '2026-12-01 2026-12-02', '2026-12-01 2026-12-02'],
    ['a word', 'Christmas', 'Christmas'],
  ])('are refused for %s, and the fault names that part', (_, text, where) => {
    expect(parseBlackouts(text)).toEqual({
      ok: false,
      expected: 'days or ranges of days as in 2026-12-31/2027-01-03, 2027-02-05',
      at: where,
    });
  });

  it.each([
    ['2027-02-29', 'a day that exists: 2027 has no February 29'],
    ['2100-02-29', 'a day that exists: 2100 has no February 29'],
    ['2027-01-03/2026-12-31', 'a range whose first day is not after its last'],
    ['2026-12-24 18:00/2026-12-24 18:00', 'a range that begins before it ends'],
    ['2026-12-24 18:00/2026-12-24 08:00', 'a range that begins before it ends'],
    ['12-24 18:00/12-24 08:00', 'a range that begins before it ends'],
    ['2026-12-24 18:00/2026-12-20', 'a range that begins before it ends'],
    ['01-01/01-01 00:00', 'a range that begins before it ends'],
    ['2026-12-24/01-02', 'a year on both sides, or on neither for every year'],
    ['12-24/2027-01-02', 'a year on both sides, or on neither for every year'],
    ['2026-12-24 18:00', 'a range where it has hours, as in 2026-12-24 18:00/2026-12-27 08:00'],
  ])('are refused for %s: expected %s', (text, expected) => {
    expect(parseBlackouts(text)).toEqual({ ok: false, expected, at: text });
  });

  it.each([
    ['2027-02-20/2027-02-29', 'a day that exists: 2027 has no February 29', '2027-02-29'],
    ['2026-12-24 24:00/2026-12-27', 'a start between 00:00 and 23:59', '24:00'],
    ['2026-12-01 25:00/2026-12-02', 'a start between 00:00 and 23:59', '25:00'],
    ['2026-12-01/2026-12-02 ０８：６０', 'an end between 00:00 and 24:00', '０８：６０'],
    ['2026-12-01/2026-12-02 24:01', 'an end between 00:00 and 24:00', '24:01'],
  ])('are refused for %s: expected %s, and the fault names that side alone', (text, expected, where) => {
    expect(parseBlackouts(text)).toEqual({ ok: false, expected, at: where });
  });

  it('are refused with a fault for each wrong part', () => {
    const days = 'days or ranges of days as in 2026-12-31/2027-01-03, 2027-02-05';
    expect(parseBlackouts('2027-02-29, 10-01/10-07, Christmas, 2026-02-30')).toEqual({
      ok: false,
      expected: 'a day that exists: 2027 has no February 29',
      at: '2027-02-29',
      more: [
        { expected: days, at: 'Christmas' },
        { expected: days, at: '2026-02-30' },
      ],
    });
  });

  const days = 'days or ranges of days as in 2026-12-31/2027-01-03, 2027-02-05';
  const start = 'a start between 00:00 and 23:59';
  const end = 'an end between 00:00 and 24:00';

  it.each<[string, [at: string, expected: string][]]>([
    [
      '2026-02-30 25:00/2026-13-01 08:60',
      [
        ['2026-02-30', days],
        ['25:00', start],
        ['2026-13-01', days],
        ['08:60', end],
      ],
    ],
    [
      'Christmas/2027-02-29',
      [
        ['Christmas', days],
        ['2027-02-29', 'a day that exists: 2027 has no February 29'],
      ],
    ],
    [
      '12-24 24:00/2027-02-29',
      [
        ['24:00', start],
        ['2027-02-29', 'a day that exists: 2027 has no February 29'],
        ['12-24 24:00/2027-02-29', 'a year on both sides, or on neither for every year'],
      ],
    ],
    [
      '2026-12-24 25:00',
      [
        ['25:00', 'a time between 00:00 and 24:00'],
        ['2026-12-24 25:00', 'a range where it has hours, as in 2026-12-24 18:00/2026-12-27 08:00'],
      ],
    ],
    [
      '2026-12-24 25:00/',
      [
        ['2026-12-24 25:00/', days],
        ['25:00', start],
      ],
    ],
    // Which of two days is first is unknown where one of them does not exist.
    ['2026-02-30/2026-01-01', [['2026-02-30', days]]],
    // The parts of a text of another form are no sides.
    ['2026/12/31', [['2026/12/31', days]]],
    ['2026-02-30/2026-02-30', [['2026-02-30', days]]],
  ])('are refused for %s with every fault once', (text, faults) => {
    const parsed = parseBlackouts(text);
    expect(parsed.ok ? [] : misreadingsOf(parsed).map(({ at, expected }) => [at, expected])).toEqual(faults);
  });
});
