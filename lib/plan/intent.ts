// The recorded intent to send RebootInstance: whether it may still be acted on at the moment of sending.
import { formatDuration } from './calendar/duration.ts';
import {
  elapsed,
  inZone,
  isAfter,
  isBefore,
  plus,
  type Instant,
  type Milliseconds,
} from './calendar/instant.ts';
import type { Plan } from './plan.ts';

/**
 * True where too much time passed since the intent was recorded: the process was frozen or slow, and what was read
 * before no longer counts.
 */
export function isStaleIntent(plan: Plan, now: Instant, limit: Milliseconds): boolean {
  const at = plan.intent?.at;
  return at === undefined || isAfter(now, plus(at, limit)) || isBefore(now, at);
}

/** True where `now` still lies in the plan's interval: the judgement at the moment of sending. */
export function isInInterval(plan: Plan, now: Instant): boolean {
  const { executeAt, latestStart, notBefore } = plan;
  if (executeAt === undefined || latestStart === undefined || notBefore === undefined) return false;
  return !isBefore(now, executeAt) && !isAfter(now, latestStart) && isBefore(now, notBefore);
}

/** Why nothing was sent although the intent was recorded, in words. */
export function describeStale(plan: Plan, now: Instant, limit: Milliseconds, timeZone: string): string {
  const at = plan.intent?.at;
  const waited = at === undefined ? 'an unknown time' : formatDuration(Math.abs(elapsed(at, now)));
  return isStaleIntent(plan, now, limit)
    ? `Nothing was sent: ${waited} passed between the intent and the sending, too long to rely on what was read before.`
    : `Nothing was sent: ${inZone(now, timeZone)} is outside the plan's interval.`;
}
