// The last look before the irreversible step: may this plan's instance be restarted now? Fails closed: whatever cannot
// be told is a reason to wait.
import { ecsWindowText } from '../calendar/ecs-window.ts';
import { isAfter, isBefore, plus, type Instant, type Milliseconds } from '../calendar/instant.ts';
import { answerLag, type Sighting } from '../planning/sighting.ts';
import type { Plan } from '../plan.ts';
import { planInstance } from '../planning/plan-instance.ts';
import type { Planning } from '../planning/proposal.ts';
import { backupUntil, lastMoment, nextStepBefore, prepareAt, stepOf } from '../steps.ts';
import type { PlannerSettings } from '../settings.ts';
import { alone, type SlotsOf } from '../spacing/slots.ts';
import type { Stamp } from '../transitions.ts';

/** What the look says. */
export type VerdictBefore =
  | { kind: 'go' }
  /** Something is to be done before the restart. */
  | { kind: 'prepare'; step: 'pre-command' }
  /** `isLastMoment`: the restart can wait for it no longer. */
  | { kind: 'prepare'; step: 'backup'; isLastMoment: boolean }
  /** Not now; worth another attempt at `until`, or when the plan itself is due. */
  | { kind: 'later'; reason: string; until: Instant | undefined }
  /** The plan no longer fits what is seen; `planning` says what it becomes. */
  | { kind: 'replan'; planning: Exclude<Planning, { kind: 'unchanged' }> }
  | { kind: 'observed'; reason: string }
  /** It waits for an operator, and there is still time. */
  | { kind: 'unapproved' };

/** Between attempts while the instance or the event is not as it must be. People start and unlock within minutes. */
export const attemptPause: Milliseconds = 120_000;

/** Judges a plan that is due, from facts read moments ago. `plan` is waiting or being prepared, and nothing was sent. */
export function judgeBeforeReboot(
  plan: Plan,
  sighting: Sighting,
  settings: PlannerSettings,
  stamp: Stamp,
  slotsOf: SlotsOf = alone,
): VerdictBefore {
  const now = stamp.at;
  if (plan.ecsWindow !== undefined && !plan.rules.startsWith(ecsWindowText(plan.ecsWindow))) {
    const until = plus(now, attemptPause);
    return {
      kind: 'later',
      reason: 'Its ecs_window was edited by hand; the next planning sets it right.',
      until,
    };
  }
  const waiting: Plan = plan.status === 'AwaitingApproval' ? plan : { ...plan, status: 'Planned' };
  const planning = planInstance(sighting, waiting, settings, stamp, slotsOf);
  if (planning.kind !== 'unchanged') return { kind: 'replan', planning };
  if (plan.status === 'AwaitingApproval') return { kind: 'unapproved' };

  const laterAt = (reason: string, until: Instant | undefined): VerdictBefore => ({
    kind: 'later',
    reason,
    until,
  });
  const later = (reason: string, until = plus(now, attemptPause)): VerdictBefore => laterAt(reason, until);
  const { executeAt, latestStart, notBefore } = plan;
  if (executeAt === undefined || latestStart === undefined || notBefore === undefined) {
    return later('The row lacks execute_at, latest_start or not_before; nothing is rebooted without them.');
  }
  for (const id of plan.eventIds) {
    const event = sighting.events.find((seen) => seen.eventId === id);
    if (event?.status !== 'Scheduled' || isBefore(event.notBefore, notBefore)) {
      const fault = sighting.odd.find((odd) => odd.eventId === id)?.fault ?? 'ECS does not tell of it.';
      const seen = event === undefined ? fault : `It is ${event.status}.`;
      return later(`Event ${id} cannot be confirmed as Scheduled. ${seen}`);
    }
  }
  if (plan.waitUntil !== undefined && isBefore(now, plan.waitUntil)) {
    return later(plan.reason, plan.waitUntil);
  }
  const first = prepareAt(plan) ?? executeAt;
  if (isBefore(now, first)) {
    const prepared = stepOf(plan, 'backup') === undefined ? 'Its' : 'Prepared; its';
    return laterAt(`${prepared} time has not come.`, undefined);
  }
  if (isAfter(now, latestStart) || isAfter(now, plus(notBefore, -1)))
    return later('Its interval has passed.');
  if (settings.mode === 'observe') {
    if (isBefore(now, executeAt)) return later('Its time has not come.', executeAt);
    return {
      kind: 'observed',
      reason: 'Observed only, as MODE=observe says: it would have been restarted now.',
    };
  }
  const fault = judgeInstance(sighting, now, later);
  if (fault !== undefined) return fault;
  const step = nextStepBefore(plan, now);
  if (step === 'backup') {
    const isLastMoment = isTooLateToWait(plan, sighting, settings, stamp, slotsOf);
    return { kind: 'prepare', step, isLastMoment };
  }
  if (step !== undefined) return { kind: 'prepare', step };
  return { kind: 'go' };
}

/** True where the interval is about to end and, as things stand, the plan would end with it. */
function isTooLateToWait(
  plan: Plan,
  sighting: Sighting,
  settings: PlannerSettings,
  stamp: Stamp,
  slotsOf: SlotsOf,
): boolean {
  const [until, { latestStart }] = [backupUntil(plan), plan];
  if (until === undefined || latestStart === undefined || isBefore(stamp.at, until)) return false;
  const unused: Plan = { ...plan, status: 'Planned' };
  const then = { ...stamp, at: plus(latestStart, lastMoment) };
  return planInstance(sighting, unused, settings, then, slotsOf).kind === 'ended';
}

/** True where an execution may begin with the plan now, as far as its time goes. */
export function isBeginnable(plan: Plan, now: Instant): boolean {
  const { latestStart, notBefore } = plan;
  const first = prepareAt(plan);
  if (first === undefined || latestStart === undefined || notBefore === undefined) return false;
  return !isBefore(now, first) && !isAfter(now, latestStart) && isBefore(now, notBefore);
}

function judgeInstance(
  { instance }: Sighting,
  now: Instant,
  later: (reason: string, until?: Instant) => VerdictBefore,
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
  const settled = instance.startedAt && plus(instance.startedAt, answerLag);
  if (settled !== undefined && isBefore(now, settled)) {
    return later(
      'The instance was started minutes ago; its events may have been answered by that and show it only later.',
      settled,
    );
  }
  return undefined;
}
