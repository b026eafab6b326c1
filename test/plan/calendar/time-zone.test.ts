// Reading the names of time zones from settings and tags.
import { describe, expect, it } from 'vitest';
import { parseTimeZone } from '../../../lib/plan/calendar/time-zone.ts';

describe('the name of a time zone', () => {
  it.each(['Asia/Shanghai', 'UTC', 'America/Argentina/Buenos_Aires', 'Asia/Kathmandu', 'Etc/GMT+8'])(
    'may be %s',
    (text) => {
      expect(parseTimeZone(text)).toEqual({ ok: true, value: text });
    },
  );

  it.each([
    ['an empty text', ''],
    ['a blank text', ' '],
    ['an offset in hours and minutes', '+08:00'],
    ['an offset in hours', '-03'],
    ['a city without its continent', 'Shanghai'],
    ['an unknown city', 'Asia/Nowhere'],
    ['two names', 'Asia/Shanghai Asia/Tokyo'],
    ['a number', '8'],
    ['a name in brackets', '[UTC]'],
    ['a name in Chinese', '上海'],
  ])('may not be %s, and the fault says what is expected', (_, text) => {
    expect(parseTimeZone(text)).toEqual({
      ok: false,
      expected: 'an IANA time zone as in Asia/Shanghai',
    });
  });

  it.each([
    ['a whole time', '2026-12-01T00:00:00Z[UTC]'],
    ['the calendar part of a time', 'u-ca=iso8601'],
  ])('may not be %s, which Temporal reads elsewhere', (_, text) => {
    expect(parseTimeZone(text).ok).toBe(false);
  });
});
