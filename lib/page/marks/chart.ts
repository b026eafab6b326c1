// What is drawn of a panel: its stretch of time, and per row the interval, NotBefore and what happened. Behind them are the
// windows and the blackouts of the rows. Nothing here draws.
import { Temporal } from 'temporal-polyfill';
import { allowedStretches, calendarText, type Calendar } from '../../plan/calendar/calendar.ts';
import { closedStretches } from '../../plan/calendar/closed-times.ts';
import {
  earliest,
  elapsed,
  isAfter,
  isBefore,
  latest,
  plus,
  type Instant,
} from '../../plan/calendar/instant.ts';
import type { Stretch } from '../../plan/calendar/stretch.ts';
import type { PagePlan } from './page-plan.ts';

/** A stretch of time behind some rows, from `top` to before `bottom`, counted from 0. */
export interface Band extends Stretch {
  top: number;
  bottom: number;
}

/** One plan in its row. What is not known, or lies outside of the chart, is absent. */
export interface ChartRow {
  plan: PagePlan;
  row: number;
  /** When the restart may begin. */
  interval?: Stretch;
  deadline?: Instant;
  /** When it ended, or, while it has not, when it was restarted. */
  moment?: Instant;
}

/** One chart. */
export interface Chart {
  range: Stretch;
  rows: readonly ChartRow[];
  windows: readonly Band[];
  blackouts: readonly Band[];
  /** Absent in a picture of the past. */
  now?: Present;
}

/** The present, as seen from a chart. */
export interface Present {
  at: Instant;
  place: 'before' | 'inside' | 'after';
}

const hour = 3_600_000;
const epoch = Temporal.Instant.fromEpochMilliseconds(0);

/** Below this, a window of a night would not be recognized as one. */
const shortestMs = 6 * hour;

/**
 * How far times may be from the one that is nearest to the present. A row may hold any year, and a chart of centuries shows nothing
 * and takes minutes to draw. The table has all times.
 */
const farthestMs = 366 * 24 * hour;

/** What is farther from the present is a typing mistake. The last years that a computer knows have no zone any more. */
const centuryMs = 100 * farthestMs;

/** Room on both sides, as a share of the whole. */
const padding = 0.03;

/** The chart of these plans, in the order given. */
export function chartOf(plans: readonly PagePlan[], now?: Instant): Chart {
  const range = rangeOf(plans, now);
  return {
    range,
    rows: plans.map((plan, row) => rowOf(plan, row, range)),
    windows: bandsOf(plans, range, ({ start, end }, calendar) => allowedStretches(calendar, start, end)),
    blackouts: bandsOf(plans, range, ({ start, end }, { blackouts, blackoutZone }) =>
      closedStretches(blackouts, blackoutZone, start, end),
    ),
    ...(now === undefined ? {} : { now: { at: now, place: placeOf(now, range) } }),
  };
}

function placeOf(at: Instant, { start, end }: Stretch): Present['place'] {
  return isBefore(at, start) ? 'before' : isAfter(at, end) ? 'after' : 'inside';
}

/** All intervals, deadlines and restarts but those of other years. An end without a restart may be days before them. */
function rangeOf(plans: readonly PagePlan[], now: Instant | undefined): Stretch {
  const written = plans
    .flatMap(({ executeAt, latestStart, notBefore, sentAt, finishedAt }) => [
      executeAt,
      latestStart,
      notBefore,
      sentAt,
      sentAt && finishedAt,
    ])
    .flatMap((time) => time ?? []);
  const present = now ?? written[0] ?? epoch;
  const all = written.filter((time) => distance(time, present) <= centuryMs);
  const first = all.reduce(
    (a, b) => (distance(b, present) < distance(a, present) ? b : a),
    all[0] ?? present,
  );
  const times = all.filter((time) => distance(time, first) <= farthestMs);
  const start = times.reduce(earliest, first);
  const end = times.reduce(latest, first);
  const length = elapsed(start, end);
  const room = Math.max(length * padding, (shortestMs - length) / 2);
  return { start: plus(start, -Math.round(room)), end: plus(end, Math.round(room)) };
}

function rowOf(plan: PagePlan, row: number, range: Stretch): ChartRow {
  const { executeAt: start, latestStart: end, notBefore, sentAt, finishedAt } = plan;
  const moment = finishedAt ?? sentAt;
  return {
    plan,
    row,
    ...(start && end && !isBefore(end, start) && isWithin(start, range)
      ? { interval: { start, end: earliest(end, range.end) } }
      : {}),
    ...(notBefore && isWithin(notBefore, range) ? { deadline: notBefore } : {}),
    ...(moment && isWithin(moment, range) ? { moment } : {}),
  };
}

function distance(a: Instant, b: Instant): number {
  return Math.abs(elapsed(a, b));
}

function isWithin(at: Instant, { start, end }: Stretch): boolean {
  return !isBefore(at, start) && !isAfter(at, end);
}

/** The stretches of each row, cut off at the range. Rows below each other with the same calendar have them together. */
function bandsOf(
  plans: readonly PagePlan[],
  range: Stretch,
  stretchesOf: (range: Stretch, calendar: Calendar) => readonly Stretch[],
): Band[] {
  return runsOf(plans.map(({ calendar }) => calendar)).flatMap(({ calendar, top, bottom }) =>
    stretchesOf(range, calendar)
      .map(({ start, end }) => ({
        start: latest(start, range.start),
        end: earliest(end, range.end),
        top,
        bottom,
      }))
      .filter(({ start, end }) => isBefore(start, end)),
  );
}

interface Run {
  calendar: Calendar;
  text: string;
  top: number;
  bottom: number;
}

function runsOf(calendars: readonly Calendar[]): Run[] {
  const runs: Run[] = [];
  calendars.forEach((calendar, row) => {
    const text = calendarText(calendar);
    const last = runs.at(-1);
    if (last?.text === text) last.bottom = row + 1;
    else runs.push({ calendar, text, top: row, bottom: row + 1 });
  });
  return runs;
}
