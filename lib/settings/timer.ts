// Reads the timers of s.yaml, so that each function knows when the other one should have run.
import { Cron } from 'croner';
import { Temporal } from 'temporal-polyfill';
import { parseDuration } from '../plan/calendar/duration.ts';
import { plus } from '../plan/calendar/instant.ts';
import type { Parsed } from '../plan/calendar/parsed.ts';
import type { Timer } from '../plan/runs.ts';

/** What the settings of timers expect. */
const expected =
  'a timer of Function Compute: second minute hour day month weekday, as in 0 */15 * * * *, CRON_TZ=Asia/Shanghai 0 0 3 * * *, or @every 15m';

/** Reads the expression of a timer trigger, as Function Compute understands it. */
export function timer(text: string): Parsed<Timer> {
  const every = /^@every\s+(\S+)$/.exec(text)?.[1];
  if (every !== undefined) {
    const length = parseDuration(every);
    return length.ok && length.value > 0 ? { ok: true, value: everyTimer(text, length.value) } : wrong;
  }
  const [, timeZone = 'UTC', fields = ''] = /^(?:CRON_TZ=(\S+)\s+)?(.*)$/.exec(text) ?? [];
  try {
    const cron = new Cron(fields, { mode: '6-part', timezone: timeZone, paused: true });
    // Also where the zone does not exist, which is noticed only here.
    return cron.nextRun() === null ? wrong : { ok: true, value: cronTimer(text, cron) };
  } catch {
    return wrong;
  }
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
      cron
        .previousRuns(count, new Date(before.epochMilliseconds + 1))
        .map((date) => Temporal.Instant.fromEpochMilliseconds(date.getTime())),
  };
}
