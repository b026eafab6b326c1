// Reads the timers of s.yaml, so that each function knows when the other one should have run. Function Compute takes no
// expression of five fields, and `s` checks none of it.
import { Cron } from 'croner';
import { Temporal } from 'temporal-polyfill';
import { parseDuration } from '../plan/calendar/duration.ts';
import { plus, type Milliseconds } from '../plan/calendar/instant.ts';
import type { Parsed } from '../plan/calendar/parsed.ts';
import type { Timer } from '../plan/runs.ts';

/** What the expression of a timer trigger says: one every so often, or six fields in a zone. */
export type Expression =
  | { kind: 'every'; lengthMs: Milliseconds }
  /** `fields` are second minute hour day month weekday. */
  | { kind: 'cron'; fields: string; timeZone: string };

/** What the settings of timers expect. */
const expected =
  'a timer of Function Compute: second minute hour day month weekday, as in 0 */15 * * * *, CRON_TZ=Asia/Shanghai 0 0 3 * * *, or @every 15m';

/** Reads the expression of a timer trigger, as Function Compute understands it. One that never fires is refused. */
export function expressionOf(text: string): Parsed<Expression> {
  // A day is a unit of ours, and none of theirs.
  const every = /^@every\s+((?:\d+[hms])+)$/.exec(text)?.[1];
  if (every !== undefined) {
    const length = parseDuration(every);
    return length.ok && length.value > 0
      ? { ok: true, value: { kind: 'every', lengthMs: length.value } }
      : wrong;
  }
  const [, timeZone = 'UTC', fields = ''] = /^(?:CRON_TZ=(\S+)\s+)?(.*)$/.exec(text) ?? [];
  try {
    // A zone that does not exist is noticed only as it looks for a firing.
    const isNever = cronOf(fields, timeZone).nextRun() === null;
    return isNever ? wrong : { ok: true, value: { kind: 'cron', fields: fields.trim(), timeZone } };
  } catch {
    return wrong;
  }
}

/** The timer of an expression. */
export function timer(text: string): Parsed<Timer> {
  const read = expressionOf(text);
  if (!read.ok) return read;
  const { value } = read;
  return {
    ok: true,
    value:
      value.kind === 'every'
        ? everyTimer(text, value.lengthMs)
        : cronTimer(text, cronOf(value.fields, value.timeZone)),
  };
}

/**
 * The firings of six fields in a zone.
 * @throws Error if the fields or the zone cannot be read; for a zone not before the first look
 */
export function cronOf(fields: string, timeZone: string): Cron {
  return new Cron(fields, { mode: '6-part', timezone: timeZone, paused: true });
}

const wrong = { ok: false, expected } as const;

/** Function Compute counts from the creation of the trigger, which is not known: the ticks may lie anywhere in their length. */
function everyTimer(text: string, lengthMs: number): Timer {
  return {
    text,
    lastTicks: (before, count) =>
      Array.from({ length: count }, (_, index) => plus(before, -(index + 1) * lengthMs)),
  };
}

function cronTimer(text: string, cron: Cron): Timer {
  return {
    text,
    lastTicks: (before, count) =>
      // A run at the very time of `before` counts: croner looks before it.
      runsBefore(cron, new Date(before.epochMilliseconds + 1), count).map((date) =>
        Temporal.Instant.fromEpochMilliseconds(date.getTime()),
      ),
  };
}

/**
 * Where clocks go forward, croner moves a run that they skip. Function Compute may leave it out: by its documentation, a change of
 * clocks may repeat or lose runs. A function that did not run then is not silent.
 */
function runsBefore(cron: Cron, before: Date, count: number): Date[] {
  const found: Date[] = [];
  for (let at = before; found.length < count;) {
    const [run] = cron.previousRuns(1, at);
    if (run === undefined) break;
    if (cron.match(run)) found.push(run);
    at = run;
  }
  return found;
}
