// A clock for tests: its time is set by hand, and whoever sleeps on it wakes at once. It keeps count of the pauses.
import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../lib/ports.ts';

export interface InstantClock extends Clock {
  /** Milliseconds of every sleep so far. */
  readonly pauses: number[];
}

/** A clock that stands at a moment. */
export function instantClock(at = '2026-06-01T00:00:00Z'): InstantClock {
  const pauses: number[] = [];
  return {
    pauses,
    now: () => Temporal.Instant.from(at),
    sleep: (ms) => {
      pauses.push(ms);
      return Promise.resolve();
    },
  };
}
