// Names of time zones, as settings and tags have them.
import { describe, expect, it } from 'vitest';
import { parseTimeZone } from '../../../lib/plan/calendar/time-zone.ts';

describe('the name of a time zone', () => {
  it.each(['Asia/Shanghai', 'UTC', 'America/Argentina/Buenos_Aires', 'Asia/Kathmandu', 'Etc/GMT+8'])(
    'is %s',
    (text) => {
      expect(parseTimeZone(text)).toEqual({ ok: true, value: text });
    },
  );

  it.each([
    '',
    ' ',
    '+08:00',
    '-03',
    'Shanghai',
    'Asia/Nowhere',
    'Asia/Shanghai Asia/Tokyo',
    '8',
    '[UTC]',
    '上海',
  ])('is not %j, and what was expected is said', (text) => {
    expect(parseTimeZone(text)).toEqual({
      ok: false,
      expected: 'an IANA time zone as in Asia/Shanghai',
    });
  });

  it.each(['2026-12-01T00:00:00Z[UTC]', 'u-ca=iso8601'])(
    'is not %j, which only looks like a part of a time',
    (text) => {
      expect(parseTimeZone(text).ok).toBe(false);
    },
  );
});
