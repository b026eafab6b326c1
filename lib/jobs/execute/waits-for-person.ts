// Due plans that wait for a person: they are held, or not approved. Nothing is read from ECS for them, and their rows are
// written only where somebody changed them.
import { isAfter } from '../../plan/calendar/instant.ts';
import { confirmEdit } from '../../plan/confirm-edit.ts';
import { editOf } from '../../plan/edit.ts';
import { dueAt, type Plan } from '../../plan/plan.ts';
import { isSameStatement, state } from '../../plan/statement.ts';
import { isDrained } from '../../plan/draining.ts';
import { isBackingUp } from '../../plan/steps.ts';
import { toldReason } from '../../plan/told-waits.ts';
import { waitAgain } from '../../plan/wait-again.ts';
import { stampOf, type Execution } from '../execution.ts';

/**
 * True where the plan waits for a person. An approval is waited for in the interval of the plan only: after it, the plan gets
 * another one, or ends.
 */
export function waitsForPerson(plan: Plan, { clock }: Execution): boolean {
  if (plan.hold !== undefined) return true;
  const { status, latestStart } = plan;
  return status === 'AwaitingApproval' && latestStart !== undefined && !isAfter(clock.now(), latestStart);
}

/** Writes what the row should say, if it does not. A claim is given back. */
export async function leaveToPerson(execution: Execution, plan: Plan): Promise<void> {
  const { ledger } = execution;
  const stamp = stampOf(execution);
  // The plan function judges a time that somebody pinned.
  if (editOf(plan, 'pinned-by-hand') !== undefined) return;
  // Who only waits is not down, and must not count in the limits.
  const isBegun = plan.status === 'Preparing' && !isDrained(plan) && !isBackingUp(plan);
  if (plan.lease !== undefined || isBegun) {
    await ledger.write(waitAgain(plan, stamp, state('preparation-stopped', {}), undefined), plan);
    return;
  }
  const due = dueAt(plan);
  const isDueLater = due !== undefined && isAfter(due, stamp.at);
  const saysSo = isSameStatement(plan.reason, toldReason(plan));
  if (isDueLater || !saysSo || plan.edits !== undefined) await ledger.write(confirmEdit(plan, stamp), plan);
}
