// Comparing, moving, reading and writing instants, so that rules elsewhere read as sentences. Contains no clock.
import { Temporal } from 'temporal-polyfill';
import { remembered } from './remembered.ts';

/** A point in time, without a time zone. */
export type Instant = Temporal.Instant;

/** Every length of time in the domain is in milliseconds. */
export type Milliseconds = number;

/** True where `a` is strictly earlier than `b`. */
export function isBefore(a: Instant, b: Instant): boolean {
  return a.epochMilliseconds < b.epochMilliseconds;
}

/** True where `a` is strictly later than `b`. */
export function isAfter(a: Instant, b: Instant): boolean {
  return a.epochMilliseconds > b.epochMilliseconds;
}

/** True where both are the same millisecond, or both are undefined. */
export function isSame(a: Instant | undefined, b: Instant | undefined): boolean {
  return a?.epochMilliseconds === b?.epochMilliseconds;
}

/** The earlier of the two. */
export function earliest(a: Instant, b: Instant): Instant {
  return isBefore(b, a) ? b : a;
}

/** The later of the two. */
export function latest(a: Instant, b: Instant): Instant {
  return isAfter(b, a) ? b : a;
}

/** Moves the instant by `ms` milliseconds, back where `ms` is negative. */
export function plus(instant: Instant, ms: Milliseconds): Instant {
  const epochMs = instant.epochMilliseconds + ms;
  const known = instants.get(epochMs);
  if (known !== undefined) return known;
  if (instants.size >= instantsKept) instants.clear();
  const moved = Temporal.Instant.fromEpochMilliseconds(epochMs);
  instants.set(epochMs, moved);
  return moved;
}

/** By epoch milliseconds. The plans of a region share their times, and making an instant is slow. */
const instants = new Map<number, Instant>();
const instantsKept = 10_000;

/** Milliseconds from `a` to `b`. Negative where `b` is earlier. */
export function elapsed(a: Instant, b: Instant): Milliseconds {
  return b.epochMilliseconds - a.epochMilliseconds;
}

/**
 * The instant as rows and outputs show it, in UTC: `2026-12-01T18:00:00Z`. Three digits of milliseconds appear only where
 * there are some. Planning a region writes thousands of times: this is much faster than Temporal's own writing.
 */
export function iso(instant: Instant): string {
  const epochMs = instant.epochMilliseconds;
  const known = isoTimes.get(epochMs);
  if (known !== undefined) return known;
  if (isoTimes.size >= instantsKept) isoTimes.clear();
  const text = new Date(epochMs).toISOString().replace('.000Z', 'Z');
  isoTimes.set(epochMs, text);
  return text;
}

/** By epoch milliseconds, for the same reason as the instants. */
const isoTimes = new Map<number, string>();

/**
 * Reads an ISO 8601 time with an offset or `Z`. Undefined for any other text.
 * ECS writes both `2026-12-01T18:00Z` and `2026-12-01T18:00:00Z`.
 */
export function parseInstant(text: string): Instant | undefined {
  try {
    return Temporal.Instant.from(text);
  } catch {
    return undefined;
  }
}

/**
 * The wall time in an IANA time zone, for people, in whole minutes: `Tue 2026-12-01 02:00 Asia/Shanghai`. With its offset where
 * the clock shows that time twice: `Sun 2026-10-25 02:30+01:00 Europe/Berlin`.
 */
export function inZone(instant: Instant, timeZone: string): string {
  const key = `${instant.epochMilliseconds} ${timeZone}`;
  const known = wallTimes.get(key);
  if (known !== undefined) return known;
  if (wallTimes.size >= wallTimesKept) wallTimes.clear();
  const text = wallTimeText(instant, timeZone);
  wallTimes.set(key, text);
  return text;
}

/** The day in an IANA time zone, as in `2026-12-01`. `at` is in epoch milliseconds. */
export function dayIn(at: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** Results of `inZone`. The plans of a region name the same few times, and time-zone arithmetic is slow. */
const wallTimes = new Map<string, string>();
const wallTimesKept = 5_000;

function wallTimeText(instant: Instant, timeZone: string): string {
  const at = instant.toZonedDateTimeISO(timeZone);
  const day = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][at.dayOfWeek - 1] ?? '';
  const offset = comesTwice(at) ? 'auto' : 'never';
  const wall = at.toString({ smallestUnit: 'minute', offset, timeZoneName: 'never' });
  return `${day} ${wall.replace('T', ' ')} ${timeZone}`;
}

/** True where clocks go back, and show this time before and after that. */
function comesTwice(at: Temporal.ZonedDateTime): boolean {
  const day = Math.floor(at.epochMilliseconds / dayMs);
  if (!changesNear(`${day} ${at.timeZoneId}`)) return false;
  const wall = at.toPlainDateTime();
  const [first, second] = (['earlier', 'later'] as const).map((disambiguation) =>
    wall.toZonedDateTime(at.timeZoneId, { disambiguation }).toInstant(),
  );
  return !isSame(first, second);
}

const dayMs = 86_400_000;

/** The first instant that Temporal has, 271821 years before Christ. */
const firstMs = -100_000_000 * dayMs;

/** Whether the clocks of a zone change on this day, the day before or the day after: `20754 Europe/Berlin`, in days since 1970. */
const changesNear = remembered((text) => {
  const [day = '', timeZone = ''] = text.split(' ');
  // A row may name the first of all instants.
  const begin = Math.max((Number(day) - 1) * dayMs, firstMs);
  const from = Temporal.Instant.fromEpochMilliseconds(begin).toZonedDateTimeISO(timeZone);
  const change = from.getTimeZoneTransition('next');
  return change !== null && change.epochMilliseconds < (Number(day) + 2) * dayMs;
});
