// What comes before the restart: one step after the other, each a gate. A step that takes its time leaves the plan in
// Preparing for the next run. A gate that stays shut ends the plan without a restart.
import { commandPausesMs, nextLookMs } from '../../constants.ts';
import { plus } from '../../plan/calendar/instant.ts';
import type { Cause } from '../../plan/cause.ts';
import type { Plan } from '../../plan/plan.ts';
import { deadlineIn, state, withAlso, type Statement } from '../../plan/statement.ts';
import { stepOf, withStep } from '../../plan/steps.ts';
import { end, suspend } from '../../plan/transitions.ts';
import type { VerdictBefore } from '../../plan/verdict/before-verdict.ts';
import { stampOf, type Execution } from '../execution.ts';
import { makeBackup, unfinishedOf, whatIsLeft } from './backup.ts';
import { runCommand } from './command.ts';
import { advance, type StepProgress } from './step-progress.ts';

/** Works on the step. Returns the plan where the step is done; undefined where it waits, has ended or is not ours. */
export async function prepare(
  execution: Execution,
  plan: Plan,
  next: VerdictBefore & { kind: 'prepare' },
): Promise<Plan | undefined> {
  return next.step === 'backup'
    ? prepareBackup(execution, plan, next.isLastMoment)
    : preparePreCommand(execution, plan);
}

async function prepareBackup(
  execution: Execution,
  plan: Plan,
  isLastMoment: boolean,
): Promise<Plan | undefined> {
  const progress = await makeBackup(execution, plan);
  if (progress.kind === 'done') return progress.plan;
  if (progress.kind === 'lost') return undefined;
  if (progress.kind === 'waits' && !isLastMoment) return pause(execution, progress.plan, progress.why);
  const why =
    progress.kind === 'waits'
      ? state('backup-too-slow', { why: progress.why }, [await leftBy(execution, progress.plan)])
      : progress.why;
  if (plan.runbook?.backup?.isRequired ?? false) {
    await endWith(execution, progress, state('backup-missing', { why }), 'no-backup');
    return undefined;
  }
  return waive(execution, progress.plan, why);
}

/** What is left when the time is up. Where that cannot be read, each snapshot may be unfinished. */
async function leftBy(execution: Execution, plan: Plan): Promise<Statement | undefined> {
  const step = stepOf(plan, 'backup');
  if (step === undefined) return undefined;
  const unfinished = await unfinishedOf(execution, plan, step).catch(() => step.ids);
  return whatIsLeft(step.ids, unfinished);
}

/** The restart goes on without a backup, as the owner wants it in this case. */
async function waive(execution: Execution, plan: Plan, why: Statement): Promise<Plan | undefined> {
  const what = state('backup-waived', { why, isOptional: plan.runbook?.backup !== undefined });
  execution.problems.add(plan, what);
  const step = stepOf(plan, 'backup') ?? { name: 'backup', at: execution.clock.now(), ids: [] };
  return advance(execution, plan, { ...step, state: 'waived' }, { what });
}

async function preparePreCommand(execution: Execution, plan: Plan): Promise<Plan | undefined> {
  const progress = await runCommand(execution, plan, 'pre-command', commandPausesMs);
  switch (progress.kind) {
    case 'done':
      return progress.plan;
    case 'lost':
      return undefined;
    case 'waits':
      return pause(execution, progress.plan, progress.why);
    case 'failed':
      await endWith(execution, progress, state('pre-command-failed', { why: progress.why }), 'pre-command');
      return undefined;
  }
}

/** Ends the plan without a restart, and says what a person may do. The step is written with the end. */
async function endWith(
  execution: Execution,
  progress: Extract<StepProgress, { kind: 'failed' | 'waits' }>,
  reason: Statement,
  cause: Cause,
): Promise<void> {
  const { plan } = progress;
  const { timeZone } = execution.settings.rules.calendar;
  const byHand = state('restart-by-hand', deadlineIn(plan.notBefore, timeZone));
  const steps = progress.kind === 'failed' ? { steps: withStep(plan, progress.step) } : {};
  const how = { status: 'Escalated', reason: withAlso(reason, [byHand]), cause, ...steps } as const;
  await execution.ledger.write(end(plan, stampOf(execution), how), plan);
}

async function pause(execution: Execution, plan: Plan, why: Statement): Promise<undefined> {
  const stamp = stampOf(execution);
  if (isUnread(why)) execution.problems.add(plan, why);
  await execution.ledger.write(suspend(plan, stamp, why, plus(stamp.at, nextLookMs)), plan);
}

/** A backup or a command that cannot be looked at is no ordinary wait: a right may be missing, and nothing would end it. */
function isUnread(why: Statement): boolean {
  return why.code === 'backup-unreadable' || (why.code === 'command-still-runs' && 'message' in why.values);
}
