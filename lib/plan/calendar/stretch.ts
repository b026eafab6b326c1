// Stretches of real time, and the wall times at which they begin and end.
import type { Temporal } from 'temporal-polyfill';
import { isAfter, isBefore, latest, type Instant } from './instant.ts';

/** A stretch of time. It includes `start` and excludes `end`. */
export interface Stretch {
  start: Instant;
  end: Instant;
}

/** The instant of a wall time. 1440 minutes after midnight is the next midnight. */
export function wallTime(day: Temporal.PlainDate, minutes: number, timeZone: string): Instant {
  const date = minutes === 1440 ? day.add({ days: 1 }) : day;
  const time = { hour: Math.floor(minutes / 60) % 24, minute: minutes % 60 };
  return date.toPlainDateTime(time).toZonedDateTime(timeZone, { disambiguation: 'compatible' }).toInstant();
}

/** Sorts the stretches and joins those that overlap or touch. */
export function merge(stretches: readonly Stretch[]): Stretch[] {
  const merged: Stretch[] = [];
  for (const next of [...stretches].sort((a, b) => a.start.epochMilliseconds - b.start.epochMilliseconds)) {
    const current = merged.at(-1);
    if (current === undefined || isAfter(next.start, current.end)) merged.push({ ...next });
    else current.end = latest(current.end, next.end);
  }
  return merged;
}

/** What remains of the open stretches. Both lists are in order and have gaps between any two. */
export function subtract(open: readonly Stretch[], closed: readonly Stretch[]): Stretch[] {
  const left: Stretch[] = [];
  let first = 0;
  for (const { start, end } of open) {
    while (endsBy(closed[first], start)) first += 1;
    let from = start;
    for (
      let at = first, hole = closed[at];
      hole !== undefined && isBefore(hole.start, end);
      hole = closed[(at += 1)]
    ) {
      if (isBefore(from, hole.start)) left.push({ start: from, end: hole.start });
      from = latest(from, hole.end);
    }
    if (isBefore(from, end)) left.push({ start: from, end });
  }
  return left;
}

function endsBy(stretch: Stretch | undefined, instant: Instant): boolean {
  return stretch !== undefined && !isAfter(stretch.end, instant);
}
