// Reading the names of time zones from settings and tags.
import { describe, expect, it } from 'vitest';
import { parseTimeZone } from '../../../lib/plan/calendar/time-zone.ts';

describe('the name of a time zone', () => {
  it.each(['Asia/Shanghai', 'UTC', 'America/Argentina/Buenos_Aires', 'Asia/Kathmandu', 'PRC', 'Etc/GMT+0'])(
    'may be %s',
    (text) => {
      expect(parseTimeZone(text)).toEqual({ ok: true, value: text });
    },
  );

  it.each([
    ['an empty text', ''],
    ['a blank text', ' '],
    ['an offset in hours and minutes', '+08:00'],
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
    ['asia/shanghai', 'Asia/Shanghai'],
    ['ASIA/KATHMANDU', 'Asia/Kathmandu'],
    ['america/argentina/buenos_aires', 'America/Argentina/Buenos_Aires'],
    ['utc', 'UTC'],
  ])('may have any letter case: %s is %s', (text, name) => {
    expect(parseTimeZone(text)).toEqual({ ok: true, value: name });
  });

  it.each([
    [
      'Etc/GMT+8',
      'Asia/Shanghai: Etc/GMT+8 is UTC-8, which is Pacific/Pitcairn; for UTC+8 write Asia/Shanghai',
    ],
    [
      'Etc/GMT-8',
      'Pacific/Pitcairn: Etc/GMT-8 is UTC+8, which is Asia/Shanghai; for UTC-8 write Pacific/Pitcairn',
    ],
    [
      'etc/gmt-5',
      'America/Bogota: etc/gmt-5 is UTC+5, which is Asia/Tashkent; for UTC-5 write America/Bogota',
    ],
    // No zone has UTC-12.
    ['Etc/GMT-12', 'Asia/Shanghai: Etc/GMT-12 is UTC+12, which is Pacific/Tarawa'],
    ['Etc/GMT+14', 'Pacific/Kiritimati: Etc/GMT+14 is UTC-14; for UTC+14 write Pacific/Kiritimati'],
  ])('may not be %s, whose sign is the wrong way round for most people', (text, expected) => {
    expect(parseTimeZone(text)).toEqual({ ok: false, expected: `an IANA time zone as in ${expected}` });
  });

  it.each([
    ['EST', 'America/New_York: EST is UTC-5 also in summer; for UTC-5 all year write America/Bogota'],
    ['mst', 'America/Denver: mst is UTC-7 also in summer; for UTC-7 all year write America/Phoenix'],
  ])('may not be %s, which most people take for a zone with daylight saving', (text, expected) => {
    expect(parseTimeZone(text)).toEqual({ ok: false, expected: `an IANA time zone as in ${expected}` });
  });

  it.each(['EST5EDT', 'MST7MDT', 'CET', 'HST'])('may be %s, whose summer is as people expect', (text) => {
    expect(parseTimeZone(text)).toEqual({ ok: true, value: text });
  });

  it.each([
    ['GMT+8', 'Asia/Shanghai'],
    ['UTC+8', 'Asia/Shanghai'],
    ['UTC+08:00', 'Asia/Shanghai'],
    ['utc +8', 'Asia/Shanghai'],
    ['+0800', 'Asia/Shanghai'],
    ['+05:45', 'Asia/Kathmandu'],
    ['UTC-3', 'America/Sao_Paulo'],
    ['-03', 'America/Sao_Paulo'],
    ['+03:17', 'Asia/Shanghai'],
    ['Berlin', 'Europe/Berlin'],
    ['new york', 'America/New_York'],
    ['new  york', 'America/New_York'],
    [' Berlin ', 'Europe/Berlin'],
    ['UTC -3', 'America/Sao_Paulo'],
    ['-0300', 'America/Sao_Paulo'],
    ['-3 hours', 'Asia/Shanghai'],
    ['UTCx-3', 'Asia/Shanghai'],
    ['Etc/GMT-5 or so', 'Asia/Shanghai'],
    ['about Etc/GMT-5', 'Asia/Shanghai'],
    ['the cn-hangzhou', 'Asia/Shanghai'],
    ['cn-hangzhou zone', 'Asia/Shanghai'],
  ])('may not be %s, and the fault names a zone of that kind: %s', (text, zone) => {
    expect(parseTimeZone(text)).toEqual({ ok: false, expected: `an IANA time zone as in ${zone}` });
  });

  it.each(['Asia/Beijing', 'Beijing', 'asia/peking', 'China Standard Time', 'China', '北京时间', '东八区'])(
    'may not be %s, and the fault says what Beijing’s time is called',
    (text) => {
      expect(parseTimeZone(text)).toEqual({
        ok: false,
        expected: 'an IANA time zone as in Asia/Shanghai: that is the name for the time of Beijing',
      });
    },
  );

  it.each(['cn-hangzhou', 'us-west-1', 'cn-shanghai-finance-1'])('may not be the region %s', (text) => {
    expect(parseTimeZone(text)).toEqual({
      ok: false,
      expected: 'an IANA time zone as in Asia/Shanghai: a region is no time zone',
    });
  });

  it.each([
    ['a whole time', '2026-12-01T00:00:00Z[UTC]'],
    ['a whole time in UTC', '2026-12-01T00:00Z'],
    ['the calendar part of a time', 'u-ca=iso8601'],
  ])('may not be %s, which Temporal reads elsewhere', (_, text) => {
    expect(parseTimeZone(text).ok).toBe(false);
  });
});
