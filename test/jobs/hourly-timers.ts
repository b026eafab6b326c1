// Timers that fire once an hour, on the hour.
import type { Instant } from '../../lib/plan/calendar/instant.ts';
import type { Timer, Timers } from '../../lib/plan/runs.ts';
import { at } from '../plan/samples.ts';

const hourMs = 3_600_000;

const hourly: Timer = {
  text: '0 0 * * * *',
  lastTicks: (before: Instant, count) => {
    const last = Math.floor(before.epochMilliseconds / hourMs) * hourMs;
    const epoch = at('1970-01-01T00:00:00Z');
    return Array.from({ length: count }, (_, index) => epoch.add({ milliseconds: last - index * hourMs }));
  },
};

/** Of both functions. */
export const hourlyTimers: Timers = { plan: hourly, execute: hourly };
