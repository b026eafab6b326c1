// Small words for instants and lengths of time, so that the rules elsewhere read as sentences. No clock.
import { Temporal } from 'temporal-polyfill';

export type Instant = Temporal.Instant;

/** Milliseconds; every length of time in the domain is kept in this unit. */
export type Milliseconds = number;

/** True where `a` is strictly earlier than `b`. */
export function isBefore(a: Instant, b: Instant): boolean {
  return a.epochMilliseconds < b.epochMilliseconds;
}

/** True where `a` is strictly later than `b`. */
export function isAfter(a: Instant, b: Instant): boolean {
  return a.epochMilliseconds > b.epochMilliseconds;
}

/** True where both are the same millisecond, or both are absent. */
export function isSame(a: Instant | undefined, b: Instant | undefined): boolean {
  return a?.epochMilliseconds === b?.epochMilliseconds;
}

export function earliest(a: Instant, b: Instant): Instant {
  return isBefore(b, a) ? b : a;
}

export function latest(a: Instant, b: Instant): Instant {
  return isAfter(b, a) ? b : a;
}

/** `instant` moved by so many milliseconds; negative ones move it back. */
export function plus(instant: Instant, ms: Milliseconds): Instant {
  return Temporal.Instant.fromEpochMilliseconds(instant.epochMilliseconds + ms);
}

/** Milliseconds from `a` to `b`; negative where `b` is the earlier. */
export function elapsed(a: Instant, b: Instant): Milliseconds {
  return b.epochMilliseconds - a.epochMilliseconds;
}

/**
 * The instant as rows and outputs show it: UTC, whole seconds, `2026-12-01T18:00:00Z`.
 * Milliseconds are kept only where there are any.
 */
export function iso(instant: Instant): string {
  return instant.toString();
}

/**
 * Reads an ISO 8601 time with an offset or `Z`; undefined where the text is none.
 * ECS writes both `2026-12-01T18:00Z` and `2026-12-01T18:00:00Z`.
 */
export function parseInstant(text: string): Instant | undefined {
  try {
    return Temporal.Instant.from(text);
  } catch {
    return undefined;
  }
}

/** The wall time in a zone, for people: `Tue 2026-12-01 02:00 Asia/Shanghai`. */
export function inZone(instant: Instant, timeZone: string): string {
  const key = `${instant.epochMilliseconds} ${timeZone}`;
  const known = wallTimes.get(key);
  if (known !== undefined) return known;
  if (wallTimes.size >= wallTimesKept) wallTimes.clear();
  const text = wallTimeText(instant, timeZone);
  wallTimes.set(key, text);
  return text;
}

/** Texts found before: the plans of a region name the same few times, and a calendar is slow to ask. */
const wallTimes = new Map<string, string>();
const wallTimesKept = 5_000;

function wallTimeText(instant: Instant, timeZone: string): string {
  const at = instant.toZonedDateTimeISO(timeZone);
  const day = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][at.dayOfWeek - 1] ?? '';
  const wall = at.toString({ smallestUnit: 'minute', offset: 'never', timeZoneName: 'never' });
  return `${day} ${wall.replace('T', ' ')} ${timeZone}`;
}
