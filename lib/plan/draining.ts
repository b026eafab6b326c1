// A pre-command takes the service down. Either a restart follows in the same interval, or what the command did is undone: by
// the undo-command, else by a person. undo.ts writes it down.
import { isAfter, isBefore, plus, type Instant, type Milliseconds } from './calendar/instant.ts';
import type { CommandId } from './runbook.ts';
import { state, type Statement } from './statement.ts';
import { isFinalText } from './status.ts';
import { commandGrace, isOfInterval, isUnderWay, stepOf, type Step, type StepsOf } from './steps.ts';

/** True where the pre-command may have begun on its instance. */
function hasRun(step: Step | undefined): boolean {
  const hasFailed = step?.state === 'failed' && step.undelivered === undefined;
  return isUnderWay(step) || step?.state === 'done' || hasFailed;
}

/** True where a restart may have been sent, and nothing shows that it did not come: it brings the service back. */
function mayBeRestarted(plan: StepsOf): boolean {
  return plan.intent !== undefined && stepOf(plan, 'pre-command')?.unrestarted !== true;
}

/** True where the undo-command has ended, well or not, and is not tried again. */
function isUndoOver(plan: StepsOf): boolean {
  const undo = stepOf(plan, 'undo-command');
  return undo?.state === 'done' || undo?.state === 'waived' || hasGivenUp(undo);
}

function hasGivenUp(undo: Step | undefined): boolean {
  return undo?.state === 'failed' && undo.since === undefined;
}

/** True where the pre-command may have begun, did not fail, and is not undone: the service of the instance may be down. */
export function isDrained(plan: StepsOf): boolean {
  const step = stepOf(plan, 'pre-command');
  return (isUnderWay(step) || step?.state === 'done') && !isUndoOver(plan);
}

/**
 * Since when the instance counts in the limits as drained. It counts until a restart may have been sent for it, until it is
 * undone, or until people are told that nothing undoes it: at the end of a plan without an undo-command.
 */
export function drainedSince(plan: StepsOf): Instant | undefined {
  const counts = isFinalText(plan.status) ? isUndoOwed(plan) : isDrained(plan);
  return counts && !mayBeRestarted(plan) ? stepOf(plan, 'pre-command')?.at : undefined;
}

/** The command that undoes the pre-command: that which has begun, else today's, else that of the time when it began. */
export function undoCommandOf(plan: StepsOf): CommandId | undefined {
  const undo = stepOf(plan, 'undo-command');
  const begun = isUnderWay(undo) ? (undo?.commandId as CommandId | undefined) : undefined;
  return begun ?? plan.runbook?.undoCommand ?? stepOf(plan, 'pre-command')?.undoId;
}

/**
 * True where the undo-command has something to do now. It never has where a restart may have come: that brings the service
 * back.
 */
export function isUndoOwed(plan: StepsOf): boolean {
  const step = stepOf(plan, 'pre-command');
  if (step === undefined || mayBeRestarted(plan) || !hasRun(step) || isUndoOver(plan)) return false;
  return isCalledOff(plan, step) && undoCommandOf(plan) !== undefined;
}

/** True where no restart follows the pre-command soon: the plan ended, was put off, or waits for a person. */
function isCalledOff(plan: StepsOf, step: Step): boolean {
  const awaitsPerson = plan.status === 'AwaitingApproval' || (plan.hold ?? '') !== '';
  return isFinalText(plan.status) || awaitsPerson || !isOfInterval(plan, step);
}

/**
 * The pre-command of a plan whose interval has passed, as one that no restart follows. Undefined where the interval has not
 * passed, where nothing has begun in it, and where that is known already.
 */
export function outlivedStep(plan: StepsOf, now: Instant): Step | undefined {
  const step = stepOf(plan, 'pre-command');
  const isPast = plan.latestStart !== undefined && isAfter(now, plan.latestStart);
  if (!isPast || step === undefined || plan.intent !== undefined) return undefined;
  return hasRun(step) && isOfInterval(plan, step) ? { ...step, outlived: true } : undefined;
}

/**
 * The pre-command of a plan that an emergency stop keeps from its restart, as one that no restart follows. It runs again before
 * the restart. Undefined where nothing has begun in the interval, and where no command undoes it: then it counts as it does
 * while a person holds the plan.
 */
export function stoppedStep(plan: StepsOf): Step | undefined {
  const step = stepOf(plan, 'pre-command');
  if (step === undefined || plan.intent !== undefined || undoCommandOf(plan) === undefined) return undefined;
  return hasRun(step) && isOfInterval(plan, step) ? { ...step, outlived: true } : undefined;
}

/** When the undo-command is due: at once. Undefined where there is nothing to undo. */
export function undoDueAt(plan: StepsOf): Instant | undefined {
  return isUndoOwed(plan) ? stepOf(plan, 'pre-command')?.at : undefined;
}

/**
 * Tells a person to undo what a pre-command did, where it has begun, no restart follows, and no undo-command does it.
 * Undefined otherwise, and where the pre-command failed and there is no undo-command: then the plan says so already.
 */
export function preCommandToUndo(plan: StepsOf): Statement<'undo-pre-command'> | undefined {
  if (mayBeRestarted(plan)) return undefined;
  const step = stepOf(plan, 'pre-command');
  const isLeft = isDrained(plan) && undoCommandOf(plan) === undefined;
  const isGivenUp = hasRun(step) && hasGivenUp(stepOf(plan, 'undo-command'));
  return isLeft || isGivenUp ? state('undo-pre-command', { commandId: step?.commandId ?? '' }) : undefined;
}

/** What the end of a plan says about its pre-command: the undo-command follows, or a person must undo it. */
export function undoStatement(plan: StepsOf): Statement<'undo-pre-command' | 'undo-owed'> | undefined {
  const step = stepOf(plan, 'pre-command');
  const undoId = undoCommandOf(plan);
  const isOwed = !mayBeRestarted(plan) && hasRun(step) && !isUndoOver(plan) && undoId !== undefined;
  return isOwed ? state('undo-owed', { commandId: step?.commandId ?? '', undoId }) : preCommandToUndo(plan);
}

/** The undo-command as one that is given up: nobody is there to run it, and a person must undo the pre-command. */
export function givenUpUndo(plan: StepsOf, at: Instant): Step | undefined {
  const commandId = undoCommandOf(plan);
  if (commandId === undefined || !hasRun(stepOf(plan, 'pre-command')) || isUndoOver(plan)) return undefined;
  const begun = stepOf(plan, 'undo-command') ?? { at, commandId, ids: [] };
  const step: Step = { ...begun, name: 'undo-command', state: 'failed' };
  delete step.since;
  return step;
}

/**
 * The steps that the next plan of the instance takes over from one that ended: its pre-command, where that is to be undone or
 * may still run, and what has begun to undo it. So nothing is forgotten, and no command runs beside itself.
 */
export function stepsLeftBy(
  ended: StepsOf & { planId: string },
  next: { planId: string },
  now: Instant,
): readonly Step[] {
  const planId = ended.planId === next.planId ? {} : { planId: ended.planId };
  const step = stepOf(ended, 'pre-command');
  if (step === undefined || mayBeRestarted(ended)) return [];
  const outlived: Step = { ...planId, ...step, outlived: true };
  // That was about the restart of the plan that ended.
  delete outlived.unrestarted;
  if (isUndoOwed(ended)) {
    const undo = stepOf(ended, 'undo-command');
    return [outlived, ...(undo === undefined ? [] : [{ ...planId, ...undo }])];
  }
  return isRunning(step, ended.runbook?.commandTimeout, now) ? [outlived] : [];
}

/** True where the pre-command may still run. ECS ends a command at its time limit. */
export function isRunning(step: Step, limit: Milliseconds | undefined, now: Instant): boolean {
  if (!isUnderWay(step)) return false;
  // One that may have begun was tried for as long before.
  const times = step.state === 'starting' ? 2 : 1;
  return limit === undefined || !isAfter(now, plus(step.at, times * (limit + commandGrace)));
}

/**
 * The steps of a plan that gets this execute_at. Where the interval has not passed and the plan stays due, it is still the
 * same one: the service is down already, and the restart follows.
 */
export function stepsInInterval(
  plan: StepsOf,
  executeAt: Instant | undefined,
  now: Instant,
): readonly Step[] | undefined {
  const step = stepOf(plan, 'pre-command');
  const { latestStart, steps } = plan;
  if (step === undefined || executeAt === undefined || latestStart === undefined) return undefined;
  if (!isOfInterval(plan, step) || isAfter(now, latestStart) || isBefore(now, executeAt)) return undefined;
  return steps?.map((one) => (one === step ? { ...one, executeAt } : one));
}
