// The only place in the product that reads the system clock.
import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../ports.ts';

/** The system clock. `sleep` waits in real time. */
export const systemClock: Clock = {
  now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};
