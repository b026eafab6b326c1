// Turns an owner's windows and blackout dates into stretches of real time. Wall times that a daylight-saving change skips
// or repeats resolve as Temporal's `compatible` does. Which moment of a stretch is used is decided in planning/.
import { Temporal } from 'temporal-polyfill';
import type { Blackout } from './blackout.ts';
import { earliest, isAfter, isBefore, latest, plus, type Instant } from './instant.ts';
import type { DayRange, Windows } from './window-grammar.ts';

/** When the owner allows reboots: in the windows, except on the blackout dates. */
export interface Calendar {
  /** The windows as the owner wrote them. */
  text: string;
  windows: Windows;
  /** The IANA time zone of the windows and of the blackout dates. */
  timeZone: string;
  blackouts: readonly Blackout[];
}

/** A stretch of time. It includes `start` and excludes `end`. */
export interface Stretch {
  start: Instant;
  end: Instant;
}

/** The whole calendar in one line: `daily 02:00-05:00 Asia/Shanghai except 2026-12-31/2027-01-03`. */
export function calendarText(calendar: Calendar): string {
  const { text, timeZone } = calendar;
  const days = blackoutTexts(calendar);
  return [text, timeZone, ...(days.length === 0 ? [] : ['except', ...days])].join(' ');
}

/** The blackout dates, each as `2026-12-31/2027-01-03`. */
export function blackoutTexts({ blackouts }: Calendar): string[] {
  return blackouts.map(({ first, last }) => `${first.toString()}/${last.toString()}`);
}

const dayMs = 86_400_000;

/**
 * The allowed stretches that end after `from` and start before `until`, in order, with a gap between any two. They are
 * not cut off at `from` and `until`: each keeps its real start and end where these lie within two days of the range.
 * `always` starts two days before `from` and ends two days after `until`.
 */
export function allowedStretches(calendar: Calendar, from: Instant, until: Instant): Stretch[] {
  if (calendar.windows === 'always') return stretchesBetween(calendar, from, until);
  let known = knownStretches.get(calendar);
  if (known === undefined || isBefore(from, known.from) || isAfter(until, known.until)) {
    const first = earliest(plus(from, -dayMs), known?.from ?? from);
    const last = latest(plus(until, 7 * dayMs), known?.until ?? until);
    known = { from: first, until: last, stretches: stretchesBetween(calendar, first, last) };
    knownStretches.set(calendar, known);
  }
  return known.stretches.filter(({ start, end }) => isAfter(end, from) && isBefore(start, until));
}

/** The stretches last computed for each calendar. Thousands of instances share one, and computing days is slow. */
const knownStretches = new WeakMap<Calendar, { from: Instant; until: Instant; stretches: Stretch[] }>();

function stretchesBetween(calendar: Calendar, from: Instant, until: Instant): Stretch[] {
  // Two more days on each side are enough for ranges that wrap midnight in any zone, and for a day that a zone skips.
  const first = plus(from, -2 * dayMs);
  const last = plus(until, 2 * dayMs);
  const open =
    calendar.windows === 'always'
      ? [{ start: first, end: last }]
      : merge(occurrences(calendar.windows, calendar.timeZone, first, last));
  const closed = merge(calendar.blackouts.map((blackout) => blackoutStretch(blackout, calendar.timeZone)));
  return subtract(open, closed).filter(({ start, end }) => isAfter(end, from) && isBefore(start, until));
}

function occurrences(
  ranges: readonly DayRange[],
  timeZone: string,
  from: Instant,
  until: Instant,
): Stretch[] {
  const found: Stretch[] = [];
  const end = until.toZonedDateTimeISO(timeZone).toPlainDate();
  let day = from.toZonedDateTimeISO(timeZone).toPlainDate();
  for (; Temporal.PlainDate.compare(day, end) <= 0; day = day.add({ days: 1 })) {
    for (const range of ranges) {
      if (!range.days.has(day.dayOfWeek)) continue;
      const stretch = {
        start: wallTime(day, range.start, timeZone),
        end: wallTime(range.end > range.start ? day : day.add({ days: 1 }), range.end, timeZone),
      };
      // A clock change may skip the whole range.
      if (isBefore(stretch.start, stretch.end)) found.push(stretch);
    }
  }
  return found;
}

function wallTime(day: Temporal.PlainDate, minutes: number, timeZone: string): Instant {
  const date = minutes === 1440 ? day.add({ days: 1 }) : day;
  const time = { hour: Math.floor(minutes / 60) % 24, minute: minutes % 60 };
  return date.toPlainDateTime(time).toZonedDateTime(timeZone, { disambiguation: 'compatible' }).toInstant();
}

function blackoutStretch(blackout: Blackout, timeZone: string): Stretch {
  return {
    start: wallTime(blackout.first, 0, timeZone),
    end: wallTime(blackout.last.add({ days: 1 }), 0, timeZone),
  };
}

/** Sorts the stretches and joins those that overlap or touch. */
function merge(stretches: readonly Stretch[]): Stretch[] {
  const merged: Stretch[] = [];
  for (const next of [...stretches].sort((a, b) => a.start.epochMilliseconds - b.start.epochMilliseconds)) {
    const current = merged.at(-1);
    if (current === undefined || isAfter(next.start, current.end)) merged.push({ ...next });
    else current.end = latest(current.end, next.end);
  }
  return merged;
}

function subtract(open: readonly Stretch[], closed: readonly Stretch[]): Stretch[] {
  let left = [...open];
  for (const hole of closed) {
    // A blackout has no length where the zone skips its only day.
    if (!isBefore(hole.start, hole.end)) continue;
    left = left.flatMap(({ start, end }) =>
      [
        { start, end: earliest(end, hole.start) },
        { start: latest(start, hole.end), end },
      ].filter((piece) => isBefore(piece.start, piece.end)),
    );
  }
  return left;
}
