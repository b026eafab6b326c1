// Readers of single settings. What a window, a duration or a blackout date is, the domain says; these are the rest.
import { parseDuration } from '../plan/calendar/duration.ts';
import type { Milliseconds } from '../plan/calendar/instant.ts';
import type { Parsed } from '../plan/calendar/parsed.ts';

type Reader<T> = (text: string) => Parsed<T>;

/** A reader for which an empty text means that nothing is set. */
export function orNothing<T>(read: Reader<T>): Reader<T | undefined> {
  return (text) => (text === '' ? { ok: true, value: undefined } : read(text));
}

export function oneOf<T extends string>(...words: T[]): Reader<T> {
  return (text) => {
    const value = words.find((word) => word === text);
    return value === undefined ? { ok: false, expected: `one of ${words.join(', ')}` } : { ok: true, value };
  };
}

/** Comma-separated region ids. */
export const regions = list(/^[a-z]{2,}(-[a-z0-9]+)+$/, 'region ids as in cn-hangzhou, cn-shanghai');

/** Comma-separated event types. */
export const eventTypes = list(/^[A-Za-z]+\.[A-Za-z]+$/, 'event types as in SystemMaintenance.Reboot');

export const tablestoreInstance = matching(
  /^[A-Za-z][A-Za-z0-9-]{1,19}$/,
  'an instance name of 2 to 20 letters, digits and -',
);

export const tableName = matching(/^[A-Za-z_]\w{0,249}$/, 'a table name of letters, digits and _');

export function positiveDuration(text: string): Parsed<Milliseconds> {
  const parsed = parseDuration(text);
  return parsed.ok && parsed.value === 0 ? { ok: false, expected: 'more than nothing, as in 15m' } : parsed;
}

export const endpointExpected = 'a URL with its scheme, as in https://example.cn-hangzhou.ots.aliyuncs.com';

export function endpoint(text: string): Parsed<string> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isEndpoint =
    url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === '/' && !/[?#@]/.test(text);
  return isEndpoint ? { ok: true, value: url.origin } : { ok: false, expected: endpointExpected };
}

/** How many may be down at once. */
export function limit(text: string): Parsed<number> {
  const value = Number(text);
  return /^\d{1,4}$/.test(text) && value >= 1
    ? { ok: true, value }
    : { ok: false, expected: 'a whole number from 1 to 9999' };
}

/** ECS keeps snapshots for 1 to 65536 days. */
export function retentionDays(text: string): Parsed<number> {
  const value = Number(text);
  return /^\d{1,5}$/.test(text) && value >= 1 && value <= 65_536
    ? { ok: true, value }
    : { ok: false, expected: 'a whole number of days from 1 to 65536' };
}

/** Cloud Assistant takes 10 s to a day. */
export function commandTimeout(text: string): Parsed<Milliseconds> {
  const parsed = parseDuration(text);
  return parsed.ok && parsed.value >= 10_000 && parsed.value <= 86_400_000
    ? parsed
    : { ok: false, expected: 'a duration from 10s to 1d, as in 5m' };
}

function matching(pattern: RegExp, expected: string): Reader<string> {
  return (text) => (pattern.test(text) ? { ok: true, value: text } : { ok: false, expected });
}

function list(pattern: RegExp, expected: string): Reader<readonly string[]> {
  return (text) => {
    const items = text.split(',').map((item) => item.trim());
    const wrong = items.find((item) => !pattern.test(item));
    return wrong === undefined
      ? { ok: true, value: [...new Set(items)] }
      : { ok: false, expected, at: wrong };
  };
}
