// Reading maintenance windows from settings and tags.
import { describe, expect, it } from 'vitest';
import { parseWindows } from '../../../lib/plan/calendar/window-grammar.ts';

interface Range {
  days: number[];
  start: number;
  end: number;
}

/** The ranges with their days as lists, or the fault. */
function readRanges(text: string): 'always' | Range[] | { expected: string; at?: string } {
  const parsed = parseWindows(text);
  if (!parsed.ok) return parsed;
  if (parsed.value === 'always') return 'always';
  return parsed.value.map(({ days, start, end }) => ({ days: [...days].sort(), start, end }));
}

const daily = [1, 2, 3, 4, 5, 6, 7];

describe('maintenance windows', () => {
  it.each([
    ['the word always', 'always'],
    ['the word with a capital letter', 'Always'],
    ['the word in capitals and spaces', ' ALWAYS '],
  ])('allow any time: %s', (_, text) => {
    expect(readRanges(text)).toBe('always');
  });

  it('consist of days and a range of times', () => {
    expect(readRanges('daily 02:00-05:00')).toEqual([{ days: daily, start: 120, end: 300 }]);
  });

  it('may be several, separated by semicolons', () => {
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

  it('may have days that run over the weekend, mixed with single days, in any letter case', () => {
    expect(readRanges('fri-MON, Wed 02:00-05:00')).toEqual([{ days: [1, 3, 5, 6, 7], start: 120, end: 300 }]);
  });

  it('may have a range of one day, and spaces around dashes', () => {
    expect(readRanges('Mon - Mon 2:00 - 5:05')).toEqual([{ days: [1], start: 120, end: 305 }]);
  });

  it('may end with the day at 24:00', () => {
    expect(readRanges('daily 00:00-24:00')).toEqual([{ days: daily, start: 0, end: 1440 }]);
  });

  it('may wrap midnight, or end at 00:00', () => {
    expect(readRanges('Fri 23:30-01:30')).toEqual([{ days: [5], start: 1410, end: 90 }]);
    expect(readRanges('Fri 22:00-00:00')).toEqual([{ days: [5], start: 1320, end: 0 }]);
  });

  it.each([
    ['an empty text', '', ''],
    ['days without times', 'daily', 'daily'],
    ['times without days', '02:00-05:00', '02:00-05:00'],
    ['an empty piece between semicolons', 'daily 02:00-05:00;; Sat 02:00-05:00', ''],
    ['always among ranges', 'daily 02:00-05:00; always', 'always'],
    ['days in Chinese', '每天 02:00-05:00', '每天 02:00-05:00'],
  ])('are refused for %s, and the fault names that piece', (_, text, where) => {
    expect(readRanges(text)).toEqual({
      ok: false,
      expected:
        'days and times as in "daily 02:00-05:00" or "Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00", or "always"',
      at: where,
    });
  });

  it.each([
    ['a day in full', 'Monday 02:00-05:00', 'Monday'],
    ['an unknown day in a list', 'Mon,Tuu 02:00-05:00', 'Tuu'],
    ['an unknown day in a range', 'Mon-Frx 02:00-05:00', 'Mon-Frx'],
    ['daily in a list of days', 'Mon,daily 02:00-05:00', 'daily'],
    ['an unknown word', 'weekdays 02:00-05:00', 'weekdays'],
  ])('are refused for %s, and the fault names that day', (_, text, where) => {
    expect(readRanges(text)).toEqual({
      ok: false,
      expected: 'daily, or days of the week as in Mon-Fri or Sat,Sun',
      at: where,
    });
  });

  it.each([
    ['a start alone', 'daily 02:00', 'times as in 02:00-05:00', '02:00'],
    ['hours without minutes', 'daily 02-05', 'times as in 02:00-05:00', '02-05'],
    ['a comma at the end', 'daily 02:00-05:00,', 'times as in 02:00-05:00', ''],
    ['a zone after the times', 'daily 02:00-05:00 UTC', 'times as in 02:00-05:00', '02:00-05:00 UTC'],
    [
      'days after a comma',
      'daily 02:00-05:00, Sat 02:00-05:00',
      'times as in 02:00-05:00',
      'Sat 02:00-05:00',
    ],
    ['a start at 24:00', 'daily 24:00-05:00', 'a start between 00:00 and 23:59', '24:00'],
    ['a start at minute 60', 'daily 02:60-05:00', 'a start between 00:00 and 23:59', '02:60'],
    ['a start at hour 25', 'daily 25:00-05:00', 'a start between 00:00 and 23:59', '25:00'],
    ['an end after 24:00', 'daily 02:00-24:01', 'an end between 00:00 and 24:00', '24:01'],
    ['an end at minute 99', 'daily 02:00-03:99', 'an end between 00:00 and 24:00', '03:99'],
  ])('are refused for %s, and the fault names that time', (_, text, expected, where) => {
    expect(readRanges(text)).toEqual({ ok: false, expected, at: where });
  });

  it('are refused without length, and the fault says how to write a whole day', () => {
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
