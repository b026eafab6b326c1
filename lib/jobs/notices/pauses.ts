// What becomes of the record of a channel after one try. A receiver that does not take a notice gets the next try after a pause
// that grows, so that a day without it is some thirty tries, and no flood at its end.
import { latest, plus, type Instant, type Milliseconds } from '../../plan/calendar/instant.ts';
import type { DeliveryOutcome } from '../../plan/notice.ts';
import type { ChannelRecord } from '../../ports.ts';

const minute: Milliseconds = 60_000;

/** Pauses after the first, the second … try in a row that a receiver did not take. The last one repeats. */
const pauses = [1, 5, 15, 30, 60].map((minutes) => minutes * minute);

/** The same where a person must first change a setting. */
const pausesForPerson = [15, 60, 180, 360].map((minutes) => minutes * minute);

/** A channel of which nothing is known. */
export const unknownChannel: ChannelRecord = { failures: 0, isGone: false, regions: [] };

/** The record after this outcome. What was told of regions stays as it is. */
export function recordAfter(before: ChannelRecord, outcome: DeliveryOutcome, now: Instant): ChannelRecord {
  const { regions, since = now } = before;
  switch (outcome.kind) {
    case 'told':
      return { ...unknownChannel, regions };
    case 'our-fault':
      return { ...unknownChannel, regions, problem: outcome.problem };
    case 'gone':
      return { failures: before.failures + 1, since, problem: outcome.problem, isGone: true, regions };
    case 'later': {
      const failures = before.failures + 1;
      const notBefore = latest(outcome.until, plus(now, pauseAfter(pauses, failures)));
      return { failures, since, notBefore, problem: outcome.problem, isGone: false, regions };
    }
    case 'needs-person': {
      const failures = before.failures + 1;
      const notBefore = plus(now, pauseAfter(pausesForPerson, failures));
      return { failures, since, notBefore, problem: outcome.problem, isGone: false, regions };
    }
  }
}

function pauseAfter(steps: readonly Milliseconds[], failures: number): Milliseconds {
  return steps[Math.min(failures, steps.length) - 1] ?? 0;
}
