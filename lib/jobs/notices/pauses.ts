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
export const unknownChannel: ChannelRecord = { failures: 0, isGone: false, standing: [] };

/** The record after this outcome. What was told of what stands in the way stays as it is. */
export function recordAfter(before: ChannelRecord, outcome: DeliveryOutcome, now: Instant): ChannelRecord {
  const { standing, since = now } = before;
  switch (outcome.kind) {
    case 'told':
      return { ...unknownChannel, standing };
    case 'our-fault':
      return { ...unknownChannel, standing, problem: outcome.problem };
    case 'gone':
      return { failures: before.failures + 1, since, problem: outcome.problem, isGone: true, standing };
    case 'later': {
      const failures = before.failures + 1;
      const notBefore = latest(outcome.until, plus(now, pauseAfter(pauses, failures)));
      return { failures, since, notBefore, problem: outcome.problem, isGone: false, standing };
    }
    case 'needs-person': {
      const failures = before.failures + 1;
      const notBefore = plus(now, pauseAfter(pausesForPerson, failures));
      return { failures, since, notBefore, problem: outcome.problem, isGone: false, standing };
    }
  }
}

/**
 * The record of a channel that took a notice, where a row does not say so. It will be told the same again, after a pause that
 * grows: what else it is told waits as long.
 */
export function pausedAfter(before: ChannelRecord, after: ChannelRecord, now: Instant): ChannelRecord {
  const failures = before.failures + 1;
  return {
    ...after,
    failures,
    since: before.since ?? now,
    notBefore: plus(now, pauseAfter(pauses, failures)),
  };
}

function pauseAfter(steps: readonly Milliseconds[], failures: number): Milliseconds {
  return steps[Math.min(failures, steps.length) - 1] ?? 0;
}
