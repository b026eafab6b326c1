// Undoes a pre-command that no restart follows: first it must be over, then the undo-command runs. Each look goes one step on
// without waiting, and the row stays due until the undoing has ended or is given up.
import { isAfter, plus } from '../../plan/calendar/instant.ts';
import { isRunning, isUndoOwed, preCommandToUndo } from '../../plan/draining.ts';
import type { Plan } from '../../plan/plan.ts';
import { state, type Statement } from '../../plan/statement.ts';
import { commandGrace, isUnderWay, stepOf, type Step } from '../../plan/steps.ts';
import { recordUndo } from '../../plan/undo.ts';
import { stampOf, type Execution } from '../execution.ts';
import { endOf, resultOf, subjectOf, undelivered } from './command-result.ts';
import { runCommand } from './command.ts';

/** Goes on with the undoing as far as it can without waiting. */
export async function undoPreCommand(execution: Execution, plan: Plan): Promise<void> {
  const ready = await afterPreCommand(execution, plan);
  if (ready === undefined || !isUndoOwed(ready)) return;
  const progress = await runCommand(execution, ready, 'undo-command', []);
  if (progress.kind !== 'failed') return;
  const { commandId = '' } = stepOf(progress.plan, 'pre-command') ?? {};
  const what = state('undo-failed', { commandId, why: progress.why });
  const given = recordUndo(progress.plan, stampOf(execution), progress.step, { what });
  if (!(await execution.ledger.write(given, progress.plan))) return;
  execution.problems.add(given, state('undo-failed', what.values, [preCommandToUndo(given)]));
}

/** The plan once its pre-command is over; undefined while it may run. */
async function afterPreCommand(execution: Execution, plan: Plan): Promise<Plan | undefined> {
  const step = stepOf(plan, 'pre-command');
  if (step === undefined || !isUnderWay(step)) return plan;
  const end = await endOfRun(execution, plan, step);
  if (end === undefined) return undefined;
  const over = { ...step, ...end.step };
  delete over.since;
  const next = recordUndo(plan, stampOf(execution), over, { what: end.what });
  return (await execution.ledger.write(next, plan)) ? next : undefined;
}

/** How the pre-command ended; undefined while it may run. */
async function endOfRun(
  execution: Execution,
  plan: Plan,
  step: Step,
): Promise<{ step: Pick<Step, 'state' | 'undelivered'>; what: Statement } | undefined> {
  const { commandTimeout: limitMs } = plan.runbook ?? execution.settings.runbook;
  const subject = subjectOf({ name: step.name, commandId: step.commandId ?? '' });
  const overdue = {
    step: { state: 'failed' },
    what: state('command-overdue', { ...subject, limitMs }),
  } as const;
  if (step.state === 'starting') {
    // Nobody knows whether it began. To ask again could begin it.
    return isRunning(step, limitMs, execution.clock.now()) ? undefined : overdue;
  }
  const result = await resultOf(execution, plan, step);
  if (result.kind === 'undelivered') {
    const { errorCode } = result;
    const what = undelivered(execution, subject, { errorCode, triedSince: undefined });
    return { step: { state: 'failed', undelivered: errorCode }, what };
  }
  if (result.kind === 'over') {
    return { step: { state: result.isSuccess ? 'done' : 'failed' }, what: endOf(subject, result, limitMs) };
  }
  return isAfter(execution.clock.now(), plus(step.at, limitMs + commandGrace)) ? overdue : undefined;
}
