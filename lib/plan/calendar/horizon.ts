// How far ahead a search through windows has to look. ECS announces days ahead, but also writes placeholders far in the future.
import type { Calendar } from './calendar.ts';
import { closedStretches } from './closed-times.ts';
import { longestRange } from './week.ts';
import { earliest, elapsed, latest, plus, type Instant, type Milliseconds } from './instant.ts';

const dayMs: Milliseconds = 86_400_000;

/** Windows repeat every week, and clock changes every year. */
const aYear = 366 * dayMs;

/**
 * With yearly blackouts, it takes longer until each day of the year has been each day of the week: twelve years where a
 * century year is no leap year, and forty for February 29. Windows of one day of the week that are open on February 29 only
 * are not waited for.
 */
const thirteenYears = 13 * aYear;

/**
 * The end of the search for a slot: `deadline`, or the moment after which nothing new comes. A slot that fits nowhere in a
 * whole cycle of windows and yearly blackouts, without other blackouts in it, fits nowhere later.
 */
export function searchHorizon(
  calendar: Calendar,
  now: Instant,
  deadline: Instant,
  slot: Milliseconds,
): Instant {
  const end = plus(deadline, 1);
  const { windows, blackouts, blackoutZone } = calendar;
  const once = blackouts.filter(({ start }) => start.year !== undefined);
  const isYearly = once.length < blackouts.length;
  // An endless window ends at the deadline, or at the next blackout.
  if (windows === 'always' && !isYearly) return end;
  // A range that is shorter than the slot has room only where a clock change makes it longer. That comes every year.
  const cycle = isYearly && longestRange(windows) >= slot ? thirteenYears : aYear;
  // Most deadlines are days away.
  if (once.length === 0 && elapsed(now, end) <= cycle) return end;
  let free = now;
  for (const closed of closedStretches(once, blackoutZone, now, latest(now, end))) {
    if (elapsed(free, closed.start) >= cycle) break;
    free = latest(free, closed.end);
  }
  return earliest(end, plus(free, cycle));
}
