// The recorded intent to send RebootInstance: whether it may still be acted on at the moment of sending.
import { elapsed, isAfter, isBefore, plus, type Instant, type Milliseconds } from './calendar/instant.ts';
import type { Plan } from './plan.ts';
import { atIn, state } from './statement.ts';
import type { NothingSent } from './transitions.ts';

/** What the sending of a restart is judged by. */
export interface IntentLimits {
  /** How old an intent may be. */
  maxAgeMs: Milliseconds;
  /** When the reading of the facts began on which the intent rests, and how old they may be. */
  factsAt: Instant;
  maxFactsAgeMs: Milliseconds;
  /** The zone of the times in the answer. */
  timeZone: string;
}

/**
 * Why nothing may be sent for the intent of the plan now; undefined where RebootInstance may be sent. Between this answer and
 * the sending there must be no await.
 */
export function whyNotSend(plan: Plan, now: Instant, limits: IntentLimits): NothingSent | undefined {
  const at = plan.intent?.at;
  if (at === undefined) return state('stale-intent', {});
  // The process was frozen or slow, or its clock was set back: what was read before no longer counts.
  if (isAfter(now, plus(at, limits.maxAgeMs)) || isBefore(now, at)) {
    return state('stale-intent', { waitedMs: Math.abs(elapsed(at, now)) });
  }
  // A freeze before the intent makes the facts old, too.
  const factsAge = elapsed(limits.factsAt, now);
  if (factsAge < 0 || factsAge > limits.maxFactsAgeMs) {
    return state('stale-intent', { waitedMs: Math.abs(factsAge) });
  }
  return isInInterval(plan, now) ? undefined : state('outside-interval', atIn(now, limits.timeZone));
}

/** True where `now` is in the interval of the plan, both ends included, and before NotBefore. */
export function isInInterval(
  { executeAt, latestStart, notBefore }: Pick<Plan, 'executeAt' | 'latestStart' | 'notBefore'>,
  now: Instant,
): boolean {
  if (executeAt === undefined || latestStart === undefined || notBefore === undefined) return false;
  return !isBefore(now, executeAt) && !isAfter(now, latestStart) && isBefore(now, notBefore);
}
