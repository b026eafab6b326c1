// Windows as their owners write them, read without the code under test: tags and settings, the window of an instance in ECS,
// and O&M windows. Only the forms that the local cloud's people use. Anything else cannot be read, and is said to be so.
import type { TimeRange } from '../cloud/ecs/core/types.ts';

/** Minutes since Monday 00:00. `until` lies after `from`, up to a week later. */
export interface WeekRange {
  from: number;
  until: number;
}

const day = 1_440;
const week = 7 * day;
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Reads `always` or `daily 00:30-02:00, 03:00-04:00; Tue 08:00-08:30`. Undefined where it cannot be read. */
export function readRanges(text: string): readonly WeekRange[] | undefined {
  if (text.trim() === 'always') return [{ from: 0, until: week }];
  const read = text.split(';').map(readItem);
  return read.some((item) => item === undefined) ? undefined : read.flatMap((item) => item ?? []);
}

function readItem(item: string): WeekRange[] | undefined {
  const [, name = '', rest = ''] = /^\s*([A-Za-z]+)\s+(.+)$/.exec(item) ?? [];
  const on = name === 'daily' ? days.map((_, index) => index) : [days.indexOf(name.toLowerCase())];
  const times = rest.split(',').map((range) => /^\s*(\d\d:\d\d)-(\d\d:\d\d)\s*$/.exec(range));
  if (on.includes(-1) || times.includes(null)) return undefined;
  return times.flatMap((match) => on.map((index) => rangeFrom(index, match?.[1] ?? '', match?.[2] ?? '')));
}

/** The window that an instance has in ECS: `02:00:00` to `05:00:00`, every day. */
export function dailyRanges({ start, end }: TimeRange): readonly WeekRange[] {
  return days.map((_, index) => rangeFrom(index, start, end));
}

/** A range of a weekly O&M window: `Tuesday,02:00` to `Wednesday,02:00`. */
export function weeklyRange({ start, end }: TimeRange): WeekRange {
  const [from, until] = [start, end].map((text) => {
    const [name = '', clock = ''] = text.split(',');
    return days.indexOf(name.slice(0, 3).toLowerCase()) * day + minutesOf(clock);
  }) as [number, number];
  return { from, until: until > from ? until : until + week };
}

function rangeFrom(index: number, start: string, end: string): WeekRange {
  const [from, until] = [minutesOf(start), minutesOf(end)];
  return { from: index * day + from, until: index * day + (until > from ? until : until + day) };
}

function minutesOf(clock: string): number {
  const [hours = '', minutes = ''] = clock.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/** The minutes since Monday 00:00 on a wall clock in this zone. Undefined where there is no such zone. */
export function wallMinute(at: number, timeZone: string): number | undefined {
  const format = formatIn(timeZone);
  if (format === undefined) return undefined;
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const index = days.indexOf((parts['weekday'] ?? '').toLowerCase());
  return index * day + Number(parts['hour']) * 60 + Number(parts['minute']);
}

const formats = new Map<string, Intl.DateTimeFormat | undefined>();

function formatIn(timeZone: string): Intl.DateTimeFormat | undefined {
  if (!formats.has(timeZone)) formats.set(timeZone, newFormat(timeZone));
  return formats.get(timeZone);
}

function newFormat(timeZone: string): Intl.DateTimeFormat | undefined {
  const parts = { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone, ...parts });
  } catch {
    return undefined;
  }
}

/** True where all minutes from `at` on, for this long, lie in the ranges. */
export function isWithin(ranges: readonly WeekRange[], timeZone: string, at: number, ms: number): boolean {
  for (let then = at; then < at + Math.max(ms, 1); then += 60_000) {
    const minute = wallMinute(then, timeZone);
    const isIn = ranges.some(
      ({ from, until }) =>
        minute !== undefined &&
        ((minute >= from && minute < until) || (minute + week >= from && minute + week < until)),
    );
    if (!isIn) return false;
  }
  return true;
}
