// Where the axis of a chart has its ticks: at round hours of the wall clock, also on a day on which clocks change.
import { Temporal } from 'temporal-polyfill';
import { elapsed, isAfter, isBefore, type Instant } from '../../plan/calendar/instant.ts';
import type { Stretch } from '../../plan/calendar/stretch.ts';

/** One tick. */
export interface Tick {
  at: Instant;
  /** True for the first one on its day. */
  beginsDay: boolean;
}

/** The ticks, and whether they count days or hours. */
export interface Ticks {
  ticks: readonly Tick[];
  areDays: boolean;
}

const minute = 60_000;
const day = 24 * 60;

/** In minutes. Each divides a day, or is days. */
const steps = [15, 30, 60, 2 * 60, 3 * 60, 6 * 60, 12 * 60, day, 2 * day, 7 * day, 14 * day, 28 * day];

/** At most `most` ticks, or what is nearest to it. */
export function ticksOf(range: Stretch, timeZone: string, most: number): Ticks {
  const minutes = elapsed(range.start, range.end) / minute;
  const step = steps.find((one) => minutes / one <= most) ?? Math.ceil(minutes / most / day) * day;
  const dates = datesOf(range, timeZone, Math.max(1, step / day));
  const all = dates.flatMap((date) => timesOf(date, timeZone, step)).filter((at) => isIn(at, range));
  // An hour that a change of clocks skips is the one after it.
  const times = [...new Set(all.map((at) => at.epochMilliseconds))]
    .sort((a, b) => a - b)
    .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));
  const days = times.map((at) => at.toZonedDateTimeISO(timeZone).toPlainDate().toString());
  return {
    ticks: times.map((at, index) => ({ at, beginsDay: days[index] !== days[index - 1] })),
    areDays: step >= day,
  };
}

/** The first may begin before the range: its hours may be inside. */
function datesOf({ start, end }: Stretch, timeZone: string, step: number): Temporal.PlainDate[] {
  const found: Temporal.PlainDate[] = [];
  let date = start.toZonedDateTimeISO(timeZone).toPlainDate();
  for (; !isAfter(date.toZonedDateTime(timeZone).toInstant(), end); date = date.add({ days: step })) {
    found.push(date);
  }
  return found;
}

/** The ticks of one day. */
function timesOf(date: Temporal.PlainDate, timeZone: string, step: number): Instant[] {
  if (step >= day) return [date.toZonedDateTime(timeZone).toInstant()];
  return Array.from({ length: day / step }, (_, index) => {
    const minutes = index * step;
    const wall = date.toPlainDateTime({ hour: Math.floor(minutes / 60), minute: minutes % 60 });
    return wall.toZonedDateTime(timeZone).toInstant();
  });
}

function isIn(at: Instant, { start, end }: Stretch): boolean {
  return !isBefore(at, start) && !isAfter(at, end);
}

/** How far the zone is from UTC in this stretch, as in `+08:00`. Two on a stretch in which clocks change, also where they change back. */
export function offsetsOf({ start, end }: Stretch, timeZone: string): string[] {
  const offsets = new Set<string>();
  let at: Temporal.ZonedDateTime | null = start.toZonedDateTimeISO(timeZone);
  while (at !== null && !isAfter(at.toInstant(), end)) {
    offsets.add(at.offset);
    at = at.getTimeZoneTransition('next');
  }
  return [...offsets];
}
