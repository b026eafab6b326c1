// A clock for tests: it moves only when somebody sleeps on it, who wakes at once. It keeps count of the pauses.
import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../lib/ports.ts';

export interface InstantClock extends Clock {
  /** Milliseconds of every sleep so far. */
  readonly pauses: number[];
}

/** A clock that begins at a moment. */
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
