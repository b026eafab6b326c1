// The one place where the product asks what time it is.
import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../ports.ts';

export const systemClock: Clock = {
  now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};
