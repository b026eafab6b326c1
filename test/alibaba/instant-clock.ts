// A clock for tests. It moves only when somebody sleeps, and each sleep ends at once. It records the pauses.
import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../lib/ports.ts';

export interface InstantClock extends Clock {
  /** Milliseconds of every sleep so far. */
  readonly pauses: number[];
}

/** A clock that starts at this time. */
export function instantClock(at = '2026-06-01T00:00:00Z'): InstantClock {
  const pauses: number[] = [];
  let now = Temporal.Instant.from(at);
  return {
    pauses,
    now: () => now,
    sleep: (ms) => {
      pauses.push(ms);
      now = now.add({ milliseconds: ms });
      return Promise.resolve();
    },
  };
}
