// Turns an owner's windows and blackouts into stretches of real time. Wall times that a daylight-saving change skips or
// repeats resolve as Temporal's `compatible` does. Which moment of a stretch is used is decided in planning/.
import { Temporal } from 'temporal-polyfill';
import { blackoutText, type Blackout } from './blackout.ts';
import { closedStretches } from './closed-times.ts';
import { earliest, isAfter, isBefore, latest, plus, type Instant } from './instant.ts';
import { merge, subtract, wallTime, type Stretch } from './stretch.ts';
import { daysLaterOf, type DayRange, type Windows } from './windows.ts';

/** When the owner allows reboots: in the windows, except in the blackouts. */
export interface Calendar {
  /** The windows in their normal form. */
  text: string;
  windows: Windows;
  /** The IANA time zone of the windows. */
  timeZone: string;
  blackouts: readonly Blackout[];
  /** The IANA time zone of the blackouts: TIME_ZONE, whatever zone the windows have. */
  blackoutZone: string;
}

/**
 * The whole calendar in one line: `daily 02:00-05:00 Asia/Shanghai except 2026-12-31/2027-01-03`. The zone of the blackouts
 * follows where it is another one: `daily 04:00-05:00 UTC except 2026-12-02 (Asia/Shanghai)`.
 */
export function calendarText(calendar: Calendar): string {
  const windows = `${calendar.text} ${calendar.timeZone}`;
  const zone = foreignBlackoutZone(calendar);
  if (calendar.blackouts.length === 0) return windows;
  return `${windows} except ${blackoutTexts(calendar).join(', ')}${zone === undefined ? '' : ` (${zone})`}`;
}

/** The blackouts in their normal form. */
export function blackoutTexts({ blackouts }: Calendar): string[] {
  return blackouts.map(blackoutText);
}

/** The zone of the blackouts, where there are any and it is not that of the windows. */
export function foreignBlackoutZone({ blackouts, timeZone, blackoutZone }: Calendar): string | undefined {
  return blackouts.length === 0 || blackoutZone === timeZone ? undefined : blackoutZone;
}

const dayMs = 86_400_000;

/** A range lasts a week at most, and a zone may skip a day. */
const longestRangeDays = 8;

/**
 * The allowed stretches that end after `from` and start before `until`, in order, with a gap between any two. They are
 * not cut off at `from` and `until`: each keeps its real start and end where these lie within two days of the range.
 * `always` starts two days before `from` and ends two days after `until`.
 */
export function allowedStretches(calendar: Calendar, from: Instant, until: Instant): Stretch[] {
  const range = { start: plus(from, -2 * dayMs), end: plus(until, 2 * dayMs) };
  const open =
    calendar.windows === 'always'
      ? subtract([range], knownStretches(closedTimes, calendar, range, closedWithin))
      : knownStretches(openTimes, calendar, range, openWithin);
  return between(open, from, until);
}

/** True where the calendar allows this moment. The end of a stretch is no part of it. */
export function isOpenAt(calendar: Calendar, at: Instant): boolean {
  return allowedStretches(calendar, at, plus(at, 1)).some(({ start }) => !isAfter(start, at));
}

/** The stretches last computed for each calendar. Thousands of instances share one, and computing days is slow. */
interface Known {
  range: Stretch;
  stretches: Stretch[];
}
const openTimes = new WeakMap<Calendar, Known>();
const closedTimes = new WeakMap<Calendar, Known>();

/** Computes what is not known yet. What is far from the known range replaces it: years in between would take long. */
function knownStretches(
  store: WeakMap<Calendar, Known>,
  calendar: Calendar,
  { start, end }: Stretch,
  compute: (calendar: Calendar, range: Stretch) => Stretch[],
): Stretch[] {
  const stored = store.get(calendar);
  const isFar = stored === undefined || isAfter(start, stored.range.end) || isBefore(end, stored.range.start);
  const known = isFar ? { start, end: start } : stored.range;
  if (!isFar && !isBefore(start, known.start) && !isAfter(end, known.end)) return stored.stretches;
  const range = {
    start: earliest(plus(start, -dayMs), known.start),
    end: latest(plus(end, 7 * dayMs), known.end),
  };
  const stretches = compute(calendar, range);
  store.set(calendar, { range, stretches });
  return stretches;
}

function closedWithin({ blackouts, blackoutZone }: Calendar, { start, end }: Stretch): Stretch[] {
  return closedStretches(blackouts, blackoutZone, plus(start, -longestRangeDays * dayMs), end);
}

function openWithin(calendar: Calendar, range: Stretch): Stretch[] {
  const closed = closedWithin(calendar, range);
  return subtract(merge(occurrences(calendar, range, closed)), closed);
}

/** The ranges that may be open somewhere between the closed stretches. A blackout of many years costs no time. */
function occurrences({ windows, timeZone }: Calendar, range: Stretch, closed: readonly Stretch[]): Stretch[] {
  if (windows === 'always') return [range];
  const found: Stretch[] = [];
  const dayOf = (instant: Instant): Temporal.PlainDate => instant.toZonedDateTimeISO(timeZone).toPlainDate();
  let next: Temporal.PlainDate | undefined;
  for (const gap of subtract([range], closed)) {
    const first = dayOf(gap.start).subtract({ days: longestRangeDays });
    const last = dayOf(gap.end);
    let day = next === undefined || Temporal.PlainDate.compare(first, next) > 0 ? first : next;
    for (; Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
      found.push(...rangesOf(day, windows, timeZone));
    }
    next = day;
  }
  return found;
}

function rangesOf(day: Temporal.PlainDate, ranges: readonly DayRange[], timeZone: string): Stretch[] {
  return (
    ranges
      .filter(({ days }) => days.has(day.dayOfWeek))
      .map((range) => ({
        start: wallTime(day, range.start, timeZone),
        end: wallTime(day.add({ days: daysLaterOf(range) }), range.end, timeZone),
      }))
      // A clock change may skip the whole range.
      .filter(({ start, end }) => isBefore(start, end))
  );
}

/** The stretches that touch the range, found by halving: there may be thousands. */
function between(stretches: readonly Stretch[], from: Instant, until: Instant): Stretch[] {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const stretch = stretches[middle];
    if (stretch !== undefined && isAfter(stretch.end, from)) high = middle;
    else low = middle + 1;
  }
  const found: Stretch[] = [];
  for (
    let at = low, next = stretches[at];
    next !== undefined && isBefore(next.start, until);
    next = stretches[(at += 1)]
  )
    found.push(next);
  return found;
}
