// Blackouts as stretches of real time, in their own time zone. Wall times that a clock change skips or repeats resolve as
// Temporal's `compatible` does.
import { Temporal } from 'temporal-polyfill';
import type { Blackout, BlackoutMoment } from './blackout.ts';
import { isBefore, type Instant } from './instant.ts';
import { merge, wallTime, type Stretch } from './stretch.ts';

/** What the blackouts close between `from` and `until`, in order. Stretches that begin or end outside are not cut off. */
export function closedStretches(
  blackouts: readonly Blackout[],
  timeZone: string,
  from: Instant,
  until: Instant,
): Stretch[] {
  const touching = (stretches: readonly Stretch[]): Stretch[] =>
    // A blackout has no length where the zone skips its only day, or where the year has no February 29.
    stretches.filter(
      ({ start, end }) => isBefore(start, end) && isBefore(start, until) && isBefore(from, end),
    );
  const yearly = blackouts.filter(({ start }) => start.year === undefined);
  const once = blackouts.filter(({ start }) => start.year !== undefined);
  const closed = merge(touching(once.map((blackout) => stretchOf(blackout, 0, timeZone))));
  if (yearly.length === 0) return closed;
  const years = yearsOf({ start: from, end: until }, closed, timeZone);
  const everyYear = years.flatMap((year) => yearly.map((blackout) => stretchOf(blackout, year, timeZone)));
  return merge([...closed, ...touching(everyYear)]);
}

/** The years in which a yearly blackout may begin. Years that are closed as a whole are left out: there may be thousands. */
function yearsOf({ start, end }: Stretch, closed: readonly Stretch[], timeZone: string): number[] {
  const yearOf = (instant: Instant): number => instant.toZonedDateTimeISO(timeZone).year;
  // What begins in a year ends in the next one at the latest.
  const whole = closed.map((stretch) => ({
    first: yearOf(stretch.start) + 1,
    next: yearOf(stretch.end) - 1,
  }));
  const years: number[] = [];
  // One that runs over New Year began in the year before.
  for (let year = yearOf(start) - 1, last = yearOf(end); year <= last;) {
    const now = year;
    const within = whole.find(({ first, next }) => first <= now && now < next);
    if (within === undefined) years.push(now);
    year = within?.next ?? now + 1;
  }
  return years;
}

/** The blackout that begins in this year, or the only one. */
function stretchOf({ start, end }: Blackout, year: number, timeZone: string): Stretch {
  const runsOver = end.month < start.month || (end.month === start.month && end.day < start.day);
  const firstDay = dayOf(start, year);
  const lastDay = dayOf(end, runsOver ? year + 1 : year);
  // In a year without February 29, a blackout begins with March 1 instead, or ends with February 28.
  return {
    start: firstDay.isThere
      ? wallTime(firstDay.day, start.minute, timeZone)
      : wallTime(firstDay.day, 1440, timeZone),
    end: wallTime(lastDay.day, lastDay.isThere ? end.minute : 1440, timeZone),
  };
}

function dayOf(moment: BlackoutMoment, someYear: number): { day: Temporal.PlainDate; isThere: boolean } {
  const { year = someYear, month, day } = moment;
  const date = Temporal.PlainDate.from({ year, month, day }, { overflow: 'constrain' });
  return { day: date, isThere: date.day === day };
}
