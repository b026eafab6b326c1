// The last look before the irreversible step: may this plan's instance be restarted now? Fails closed: whatever cannot
// be told is a reason to wait.
import { formatDuration } from './duration.ts';
import { inZone, isAfter, isBefore, isSame, plus, type Instant, type Milliseconds } from './instant.ts';
import type { Sighting } from './judgement.ts';
import type { Plan } from './plan.ts';
import { planInstance, type Planning } from './planning.ts';
import type { PlannerSettings } from './settings.ts';
import type { Stamp } from './transitions.ts';

/** What the look says. */
export type VerdictBefore =
  | { kind: 'go' }
  /** Not now; worth another attempt at `until`. */
  | { kind: 'later'; reason: string; until: Instant }
  /** The plan no longer fits what is seen; `planning` says what it becomes. */
  | { kind: 'replan'; planning: Exclude<Planning, { kind: 'unchanged' }> }
  | { kind: 'observed'; reason: string };

/** Between attempts while the instance or the event is not as it must be. People start and unlock within minutes. */
export const attemptPause: Milliseconds = 120_000;

/** Judges a plan that is due, from facts read moments ago. `plan` is waiting or being prepared, and nothing was sent. */
export function judgeBeforeReboot(
  plan: Plan,
  sighting: Sighting,
  settings: PlannerSettings,
  stamp: Stamp,
): VerdictBefore {
  const now = stamp.at;
  const planning = planInstance(sighting, { ...plan, status: 'Planned' }, settings, stamp);
  if (planning.kind !== 'unchanged') return { kind: 'replan', planning };

  const later = (reason: string, until = plus(now, attemptPause)): VerdictBefore => ({
    kind: 'later',
    reason,
    until,
  });
  const { executeAt, latestStart, notBefore } = plan;
  if (executeAt === undefined || latestStart === undefined || notBefore === undefined) {
    return later('The row lacks execute_at, latest_start or not_before; nothing is rebooted without them.');
  }
  for (const id of plan.eventIds) {
    const event = sighting.events.find((seen) => seen.eventId === id);
    if (event?.status !== 'Scheduled' || isBefore(event.notBefore, notBefore)) {
      const fault = sighting.odd.find((odd) => odd.eventId === id)?.fault;
      return later(`Event ${id} cannot be confirmed as Scheduled. ${fault ?? 'ECS does not tell of it.'}`);
    }
  }
  if (settings.mode === 'observe') {
    return {
      kind: 'observed',
      reason: 'Observed only, as MODE=observe says: it would have been restarted now.',
    };
  }
  if (isBefore(now, executeAt)) return later('Its time has not come.', executeAt);
  if (isAfter(now, latestStart) || isAfter(now, plus(notBefore, -1)))
    return later('Its interval has passed.');
  return judgeInstance(sighting, later) ?? { kind: 'go' };
}

function judgeInstance(
  { instance }: Sighting,
  later: (reason: string) => VerdictBefore,
): VerdictBefore | undefined {
  if (instance === undefined) return later('ECS does not list the instance.');
  if (instance.status !== 'Running') {
    return later(`The instance is ${instance.status}; RebootInstance needs it Running.`);
  }
  if (instance.locks.length > 0) {
    return later(
      `The instance is locked by ECS (${instance.locks.join(', ')}); unlock it, or leave it to ECS.`,
    );
  }
  return undefined;
}

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
export function describeStale(plan: Plan, now: Instant, timeZone: string): string {
  const at = plan.intent?.at;
  const waited =
    at === undefined ? 'an unknown time' : formatDuration(now.epochMilliseconds - at.epochMilliseconds);
  return isSame(at, now)
    ? `Nothing was sent: ${inZone(now, timeZone)} is outside the plan's interval.`
    : `Nothing was sent: ${waited} passed between the intent and the sending, too long to rely on what was read before.`;
}
