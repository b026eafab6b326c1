// What must never be, asserted at every transition and again at every write, in production. A violation is a fault in this
// program: it throws, that one plan is not written, and the fault is reported. Other plans go on.
import { dueAt, mayBeJudgedAgain, type Plan } from './plan.ts';
import { isFinal, waitingStatuses, type PlanStatus } from './status.ts';

/** A transition or a write that must never be. */
export class ImpossibleChange extends Error {
  override readonly name = 'ImpossibleChange';

  constructor(plan: Plan, what: string) {
    super(`${what} (plan ${plan.planId} of ${plan.instanceId}, ${plan.status}, version ${plan.version}).`);
  }
}

/**
 * Asserts that `to` may be written over `from`; `from` is absent for the first plan of an instance.
 * @throws ImpossibleChange
 */
export function assertMayFollow(from: Plan | undefined, to: Plan): void {
  if (!isFinal(to.status) && dueAt(to) === undefined) {
    throw new ImpossibleChange(
      to,
      'An active plan has no due_at, so that no function would look at it again',
    );
  }
  if (waits(to.status) && to.intent !== undefined) {
    throw new ImpossibleChange(
      to,
      'A plan that waits has an intent, so that its instance could be restarted twice',
    );
  }
  if ((to.status === 'Rebooting' || to.status === 'Verifying') && to.intent === undefined) {
    throw new ImpossibleChange(to, 'A plan that was sent has no intent');
  }
  const isProven = to.status === 'Avoided' && from?.status !== 'Avoided';
  if (isProven && to.intent === undefined) {
    throw new ImpossibleChange(to, 'A plan that was never sent would be proven');
  }
  if (from === undefined) return;
  if (to.version !== from.version + 1) {
    throw new ImpossibleChange(to, `The version after ${from.version} is ${to.version}`);
  }
  if (to.planId === from.planId) assertSamePlan(from, to);
  else if (!isFinal(from.status)) {
    throw new ImpossibleChange(to, `It would replace plan ${from.planId}, which is ${from.status}`);
  }
}

function assertSamePlan(from: Plan, to: Plan): void {
  const mayLoseIntent = from.status === 'Rebooting' && (to.status === 'Planned' || to.status === 'Escalated');
  if (from.intent !== undefined && to.intent === undefined && !mayLoseIntent) {
    throw new ImpossibleChange(to, 'The intent of the plan would vanish');
  }
  if (from.intent === undefined && to.intent !== undefined && from.status !== 'Preparing') {
    throw new ImpossibleChange(to, 'The plan would get an intent before it is prepared');
  }
  if (isFinal(from.status) && !isFinal(to.status) && !mayBeJudgedAgain(from)) {
    throw new ImpossibleChange(to, 'A plan that ended for good would become active again');
  }
}

function waits(status: PlanStatus): boolean {
  return (waitingStatuses as readonly PlanStatus[]).includes(status) || status === 'Preparing';
}
