// What is to be done about one due plan, by its status.
import { nextLookMs } from '../../constants.ts';
import { earliest, isAfter, plus } from '../../plan/calendar/instant.ts';
import type { Plan } from '../../plan/plan.ts';
import { state } from '../../plan/statement.ts';
import { isFinal } from '../../plan/status.ts';
import { isUndoOwed, outlivedStep, preCommandToUndo, stoppedStep } from '../../plan/draining.ts';
import { beginVerifying, confirmEdit } from '../../plan/transitions.ts';
import type { Step } from '../../plan/steps.ts';
import { recordUndo, saysOfUndo } from '../../plan/undo.ts';
import { archiveSent } from '../archive.ts';
import { stampOf, type Execution } from '../execution.ts';
import { leaveToPerson, waitsForPerson } from './waits-for-person.ts';

/** The plan as it stands now: to be run, to be watched, its pre-command to be undone, or none of these. */
export type DueAction = { kind: 'run' | 'watch' | 'undo'; plan: Plan } | undefined;

/** Says what is to be done. Writes where the row itself must change first. */
export async function sortDue(execution: Execution, plan: Plan): Promise<DueAction> {
  // An execution that holds the plan may be in the middle of its pre-command.
  if (isUndoOwed(plan) && isLapsed(execution, plan)) return toUndo(execution, plan);
  const outlived = isFinal(plan.status) ? undefined : withoutRestart(execution, plan);
  if (outlived !== undefined && isLapsed(execution, plan)) return undoOutlived(execution, plan, outlived);
  switch (plan.status) {
    case 'Planned':
    case 'AwaitingApproval':
      return runUnlessWaiting(execution, plan);
    case 'Preparing':
      return isLapsed(execution, plan) ? runUnlessWaiting(execution, plan) : undefined;
    case 'Rebooting':
      return isLapsed(execution, plan) ? takeOverRebooting(execution, plan) : undefined;
    case 'Verifying':
      return { kind: 'watch', plan };
    case 'Avoided':
    case 'Cleared':
    case 'Skipped':
    case 'Missed':
    case 'Escalated':
      // Somebody set the status and left due_at: the edit counts.
      await confirmEnd(execution, plan);
      return undefined;
  }
}

/** Where a person ended the plan, the row first says what becomes of its pre-command. */
async function toUndo(execution: Execution, plan: Plan): Promise<DueAction> {
  if (!isFinal(plan.status) || saysOfUndo(plan.reason)) return { kind: 'undo', plan };
  const confirmed = confirmEdit(plan, stampOf(execution));
  return (await execution.ledger.write(confirmed, plan)) ? { kind: 'undo', plan: confirmed } : undefined;
}

/** The pre-command that no restart follows: its interval has passed, or a person stopped everything. */
function withoutRestart({ clock, stop }: Execution, plan: Plan): Step | undefined {
  return outlivedStep(plan, clock.now()) ?? (stop.seen.kind === 'set' ? stoppedStep(plan) : undefined);
}

/** No restart comes for now. Nothing is asked of ECS about that: it may not answer for hours, and the service is down. */
async function undoOutlived(execution: Execution, plan: Plan, step: Step): Promise<DueAction> {
  const marked = recordUndo(plan, stampOf(execution), step, {});
  if (!(await execution.ledger.write(marked, plan))) return undefined;
  if (isUndoOwed(marked)) return { kind: 'undo', plan: marked };
  const left = preCommandToUndo(marked);
  if (left !== undefined) execution.problems.add(marked, left);
  return runUnlessWaiting(execution, marked);
}

async function runUnlessWaiting(execution: Execution, plan: Plan): Promise<DueAction> {
  if (!waitsForPerson(plan, execution)) return { kind: 'run', plan };
  await leaveToPerson(execution, plan);
  return undefined;
}

/** A person who ended the plan is told what a pre-command left behind. */
async function confirmEnd(execution: Execution, plan: Plan): Promise<void> {
  const undo = preCommandToUndo(plan);
  if (undo !== undefined) execution.problems.add(plan, undo);
  await execution.ledger.write(confirmEdit(plan, stampOf(execution)), plan);
}

function isLapsed(execution: Execution, plan: Plan): boolean {
  return plan.lease === undefined || !isAfter(plan.lease.until, execution.clock.now());
}

/** Its execution is gone, and nobody knows whether it sent anything. The plan goes on to verification, never back to due. */
async function takeOverRebooting(execution: Execution, plan: Plan): Promise<DueAction> {
  const stamp = stampOf(execution);
  const verifying = beginVerifying(plan, stamp, {
    outcome: 'unknown',
    reason: state('sender-vanished', {}),
    nextLook: plus(stamp.at, nextLookMs),
    // An intent lies in the past: a later one was edited.
    verifyUntil: plus(earliest(plan.intent?.at ?? stamp.at, stamp.at), execution.settings.verifyTimeout),
  });
  if (!(await execution.ledger.write(verifying, plan))) return undefined;
  await archiveSent(execution, [verifying]);
  return { kind: 'watch', plan: verifying };
}
