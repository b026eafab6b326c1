// Which events the demo expects to have a row. A rare timer may miss an event that is over soon, and that is no broken promise.
// What excuses is the timer of s.yaml, and not that the function did not run: a function that never starts must not go unnoticed.
import { nextFiring } from '../cloud/function-compute/timer.ts';
import type { Execution } from '../observer/evidence.ts';

/** What an event was, and when. */
export type Cycle = readonly { at: number; to: string }[];

/** The plan function: the expressions of its timers, since when they count, and its runs that ended well. */
export interface Planning {
  timers: readonly string[];
  since: number;
  runs: readonly Pick<Execution, 'begin' | 'end'>[];
}

/** Function Compute loses single ticks. Two of them are enough for a function that works. */
const enoughTicks = 2;

/** A tick comes late, and the function may take all of its timeout. */
const runMs = 150_000;

/** True if plan ran from beginning to end while the event was open, or if its timers were due often enough in that time. */
export function needsRow(cycle: Cycle, { timers, since, runs }: Planning, now: number): boolean {
  const appeared = cycle[0]?.at ?? Infinity;
  const ended = cycle.find(({ to }) => !open.includes(to))?.at ?? Infinity;
  if (runs.some(({ begin, end }) => begin >= appeared && end < ended)) return true;
  const until = Math.min(ended, now) - runMs;
  return timers.some((timer) => {
    let at = appeared;
    for (let ticks = 0; ticks < enoughTicks; ticks += 1) {
      at = nextFiring(timer, at, since);
      if (at >= until) return false;
    }
    return true;
  });
}

const open = ['Scheduled', 'Executing', 'Inquiring'];
