// Maintenance windows, as settings and tags write them.
import { describe, expect, it } from 'vitest';
import { parseWindows } from '../../../lib/plan/calendar/window-grammar.ts';

interface Range {
  days: number[];
  start: number;
  end: number;
}

/** The ranges with their days as lists; the fault where there is one. */
function readRanges(text: string): 'always' | Range[] | { expected: string; at?: string } {
  const parsed = parseWindows(text);
  if (!parsed.ok) return parsed;
  if (parsed.value === 'always') return 'always';
  return parsed.value.map(({ days, start, end }) => ({ days: [...days].sort(), start, end }));
}

const daily = [1, 2, 3, 4, 5, 6, 7];

describe('maintenance windows', () => {
  it.each(['always', 'Always', ' ALWAYS '])('%j allows any time', (text) => {
    expect(readRanges(text)).toBe('always');
  });

  it('are days and a range of times', () => {
    expect(readRanges('daily 02:00-05:00')).toEqual([{ days: daily, start: 120, end: 300 }]);
  });

  it('are several, separated by semicolons', () => {
    expect(readRanges('Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00')).toEqual([
      { days: [1, 2, 3, 4, 5], start: 120, end: 300 },
      { days: [6, 7], start: 1320, end: 360 },
    ]);
  });

  it('may have several ranges of times on the same days', () => {
    expect(readRanges('Sun 02:00-03:30, 13:00-14:15')).toEqual([
      { days: [7], start: 120, end: 210 },
      { days: [7], start: 780, end: 855 },
    ]);
  });

  it('may end with a semicolon', () => {
    expect(readRanges('daily 02:00-05:00;')).toEqual([{ days: daily, start: 120, end: 300 }]);
  });

  it('take days over the weekend, mixed with single ones, in any case', () => {
    expect(readRanges('fri-MON, Wed 02:00-05:00')).toEqual([{ days: [1, 3, 5, 6, 7], start: 120, end: 300 }]);
  });

  it('take a range of one day, and spaces around dashes', () => {
    expect(readRanges('Mon - Mon 2:00 - 5:05')).toEqual([{ days: [1], start: 120, end: 305 }]);
  });

  it('end at 24:00 where they end with the day', () => {
    expect(readRanges('daily 00:00-24:00')).toEqual([{ days: daily, start: 0, end: 1440 }]);
  });

  it('may wrap midnight, also by ending at 00:00', () => {
    expect(readRanges('Fri 23:30-01:30')).toEqual([{ days: [5], start: 1410, end: 90 }]);
    expect(readRanges('Fri 22:00-00:00')).toEqual([{ days: [5], start: 1320, end: 0 }]);
  });

  it.each([
    ['', ''],
    ['daily', 'daily'],
    ['02:00-05:00', '02:00-05:00'],
    ['daily 02:00-05:00;; Sat 02:00-05:00', ''],
    ['daily 02:00-05:00; always', 'always'],
    ['每天 02:00-05:00', '每天 02:00-05:00'],
  ])('that lack days or times are a fault at their place: %j at %j', (text, where) => {
    expect(readRanges(text)).toEqual({
      ok: false,
      expected:
        'days and times as in "daily 02:00-05:00" or "Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00", or "always"',
      at: where,
    });
  });

  it.each([
    ['Monday 02:00-05:00', 'Monday'],
    ['Mon,Tuu 02:00-05:00', 'Tuu'],
    ['Mon-Frx 02:00-05:00', 'Mon-Frx'],
    ['Mon,daily 02:00-05:00', 'daily'],
    ['weekdays 02:00-05:00', 'weekdays'],
  ])('with an unknown day are a fault at that day: %j at %j', (text, where) => {
    expect(readRanges(text)).toEqual({
      ok: false,
      expected: 'daily, or days of the week as in Mon-Fri or Sat,Sun',
      at: where,
    });
  });

  it.each([
    ['daily 02:00', 'times as in 02:00-05:00', '02:00'],
    ['daily 02-05', 'times as in 02:00-05:00', '02-05'],
    ['daily 02:00-05:00,', 'times as in 02:00-05:00', ''],
    ['daily 02:00-05:00 UTC', 'times as in 02:00-05:00', '02:00-05:00 UTC'],
    ['daily 02:00-05:00, Sat 02:00-05:00', 'times as in 02:00-05:00', 'Sat 02:00-05:00'],
    ['daily 24:00-05:00', 'a start between 00:00 and 23:59', '24:00'],
    ['daily 02:60-05:00', 'a start between 00:00 and 23:59', '02:60'],
    ['daily 25:00-05:00', 'a start between 00:00 and 23:59', '25:00'],
    ['daily 02:00-24:01', 'an end between 00:00 and 24:00', '24:01'],
    ['daily 02:00-03:99', 'an end between 00:00 and 24:00', '03:99'],
  ])('with a wrong time are a fault at that time: %j', (text, expected, where) => {
    expect(readRanges(text)).toEqual({ ok: false, expected, at: where });
  });

  it('that have no length are a fault, and the whole day is named as what may be meant', () => {
    expect(readRanges('daily 02:00-02:00')).toEqual({
      ok: false,
      expected: 'a range that is not empty; a whole day is 00:00-24:00',
      at: '02:00-02:00',
    });
  });

  it('are refused as a whole where one piece is wrong', () => {
    expect(readRanges('daily 02:00-05:00; Sat 26:00-27:00')).toMatchObject({ ok: false, at: '26:00' });
  });
});
