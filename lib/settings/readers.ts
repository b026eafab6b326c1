// Readers of single settings. The domain has its own readers, for windows, durations, blackout dates and command ids.
// This file has the others.
import { regionMark } from '../alibaba/ecs/endpoints.ts';
import { parseDuration } from '../plan/calendar/duration.ts';
import type { Milliseconds } from '../plan/calendar/instant.ts';
import { allRead, type Parsed } from '../plan/calendar/parsed.ts';
import { isTimeZone } from '../plan/calendar/time-zone.ts';

type Reader<T> = (text: string) => Parsed<T>;

/** Makes a reader that reads an empty text as "not set". */
export function orNothing<T>(read: Reader<T>): Reader<T | undefined> {
  return (text) => (text === '' ? { ok: true, value: undefined } : read(text));
}

/** Makes a reader that accepts these words and no others. */
export function oneOf<T extends string>(...words: T[]): Reader<T> {
  return (text) => {
    const value = words.find((word) => word === text);
    return value === undefined ? { ok: false, expected: `one of ${words.join(', ')}` } : { ok: true, value };
  };
}

/** What REGIONS expects. The message for a missing region says it, too. */
export const regionsExpected = 'region ids as in cn-hangzhou, cn-shanghai';

/** Reads region ids, separated by commas. */
export const regions = list(region);

/** Neither a time zone nor a zone of a region, as in cn-hangzhou-h or us-west-1a, is a region. */
function region(text: string): Parsed<string> {
  const isZone = isTimeZone(text) || text.includes('/') || /(-[a-z]|\d[a-z])$/.test(text);
  if (isZone) return { ok: false, expected: `${regionsExpected}: a zone name is no region`, at: text };
  return /^[a-z]{2,}(-[a-z0-9]+)+$/.test(text)
    ? { ok: true, value: text }
    : { ok: false, expected: regionsExpected, at: text };
}

/** How many event types one call of ECS takes. */
const mostEventTypes = 30;

const readEventTypes = list((text) =>
  /^[A-Za-z]+\.[A-Za-z]+$/.test(text)
    ? { ok: true, value: text }
    : { ok: false, expected: 'event types as in SystemMaintenance.Reboot', at: text },
);

/** Reads event types, separated by commas. */
export function eventTypes(text: string): Parsed<readonly string[]> {
  const parsed = readEventTypes(text);
  const surplus = parsed.ok ? parsed.value[mostEventTypes] : undefined;
  if (surplus === undefined) return parsed;
  return { ok: false, expected: `at most ${mostEventTypes} event types, as many as ECS takes`, at: surplus };
}

/** Reads the name of a Tablestore instance. */
export const tablestoreInstance = matching(
  /^[A-Za-z][A-Za-z0-9-]{1,14}[A-Za-z0-9]$/,
  'an instance name of 3 to 16 letters, digits and -',
);

/** Reads the name of a table. */
export const tableName = matching(/^[A-Za-z_]\w{0,249}$/, 'a table name of letters, digits and _');

/** Reads a duration above zero. */
export function positiveDuration(text: string): Parsed<Milliseconds> {
  const parsed = parseDuration(text);
  return parsed.ok && parsed.value === 0
    ? { ok: false, expected: 'a duration above zero, as in 15m' }
    : parsed;
}

/** What the endpoint settings expect. */
export const endpointExpected = 'a URL with its scheme, as in https://example.cn-hangzhou.ots.aliyuncs.com';

/** Reads a URL that has a scheme and a host, and perhaps a port, but no path, query, fragment or user. */
export function endpoint(text: string): Parsed<string> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isEndpoint =
    url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === '/' && !/[?#@]/.test(text);
  return isEndpoint ? { ok: true, value: url.origin } : { ok: false, expected: endpointExpected };
}

/** What ECS_ENDPOINT expects. */
const ecsEndpointExpected =
  'a URL with its scheme, as in https://ecs-vpc.cn-hangzhou.aliyuncs.com, or https://ecs-vpc.{region}.aliyuncs.com';

/** Reads an endpoint that may have `{region}` in the place of a region. */
export function ecsEndpoint(text: string): Parsed<string> {
  const parsed = endpoint(text.replaceAll(regionMark, 'cn-hangzhou'));
  if (!parsed.ok || /[{}]/.test(text.replaceAll(regionMark, ''))) {
    return { ok: false, expected: ecsEndpointExpected };
  }
  return text.includes(regionMark) ? { ok: true, value: text.replace(/\/$/, '') } : parsed;
}

/** Reads how many instances may be down at once. */
export function limit(text: string): Parsed<number> {
  const value = Number(text);
  return /^\d{1,4}$/.test(text) && value >= 1
    ? { ok: true, value }
    : { ok: false, expected: 'a whole number from 1 to 9999' };
}

/** Reads a number of days. ECS keeps snapshots for 1 to 65536 days. */
export function retentionDays(text: string): Parsed<number> {
  const value = Number(text);
  return /^\d{1,5}$/.test(text) && value >= 1 && value <= 65_536
    ? { ok: true, value }
    : { ok: false, expected: 'a whole number of days from 1 to 65536' };
}

/** Reads the time limit of a command. Cloud Assistant accepts 10 seconds to one day. */
export function commandTimeout(text: string): Parsed<Milliseconds> {
  const parsed = parseDuration(text);
  return parsed.ok && parsed.value >= 10_000 && parsed.value <= 86_400_000
    ? parsed
    : { ok: false, expected: 'a duration from 10s to 1d, as in 5m' };
}

function matching(pattern: RegExp, expected: string): Reader<string> {
  return (text) => (pattern.test(text) ? { ok: true, value: text } : { ok: false, expected });
}

/** Reads items, separated by commas. Each wrong item has a fault. */
function list(readItem: Reader<string>): Reader<readonly string[]> {
  return (text) => {
    const items = text.split(',').map((item) => item.trim());
    const read = allRead(items.map((item) => readItem(item)));
    return read.ok ? { ok: true, value: [...new Set(read.value)] } : read;
  };
}
