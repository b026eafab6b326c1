// What comes before the restart: one step after the other, each a gate. A step that takes its time leaves the plan in
// Preparing for the next tick; a gate that stays shut ends the plan without a restart.
import { commandPausesMs, nextLookMs } from '../../constants.ts';
import { inZone, plus } from '../../plan/calendar/instant.ts';
import type { Cause, Plan } from '../../plan/plan.ts';
import { stepOf, withStep } from '../../plan/steps.ts';
import { end, suspend } from '../../plan/transitions.ts';
import type { VerdictBefore } from '../../plan/verdict/before-reboot.ts';
import { makeBackup } from './backup.ts';
import { runCommand } from './command.ts';
import { record, stampOf, type Execution } from '../execution.ts';
import { advance, type StepProgress } from './step-progress.ts';

/** Works on the step. Gives back the plan where the way is free; undefined where it waits, has ended or is not ours. */
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
  if (progress.kind === 'waits' && !isLastMoment) {
    return pause(execution, progress.plan, progress.why);
  }
  const tooSlow = progress.kind === 'waits' ? ` ${tooNear}` : '';
  const why = `${progress.why}${tooSlow}`;
  if (plan.runbook?.backup?.isRequired ?? false) {
    const reason = `${why} Nothing was rebooted, since the backup is required. ${byHand(execution, plan)}`;
    await endWith(execution, progress, reason, 'no-backup');
    return undefined;
  }
  return waive(execution, progress.plan, why);
}

const tooNear =
  'NotBefore is too near to wait any longer; a restart fails a snapshot that is still being made.';

/** The restart goes on without a backup, as the owner said for this case. */
async function waive(execution: Execution, plan: Plan, why: string): Promise<Plan | undefined> {
  const { regionId, instanceId } = plan;
  const since = plan.runbook?.backup === undefined ? 'none is asked for any more' : 'it is optional';
  const what = `${why} The restart goes on without a backup, since ${since}.`;
  execution.problems.add({ regionId, instanceId, problem: what });
  const step = stepOf(plan, 'backup') ?? { name: 'backup', at: execution.clock.now(), ids: [] };
  return advance(execution, plan, { ...step, state: 'waived' }, what);
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
    case 'failed': {
      const reason = `${progress.why} Nothing was rebooted; see what the command left behind. ${byHand(execution, plan)}`;
      await endWith(execution, progress, reason, 'pre-command');
      return undefined;
    }
  }
}

/** What a person may do about an instance that is not restarted, and until when. */
function byHand({ settings }: Execution, { notBefore }: Plan): string {
  const when = notBefore === undefined ? '' : `, ${inZone(notBefore, settings.rules.calendar.timeZone)}`;
  return `Restart the instance yourself before NotBefore${when}, or leave it to ECS.`;
}

/** Ends the plan without a restart; what came of the step is written with it. */
async function endWith(
  execution: Execution,
  progress: Extract<StepProgress, { kind: 'failed' | 'waits' }>,
  reason: string,
  cause: Cause,
): Promise<void> {
  const { plan } = progress;
  const steps = progress.kind === 'failed' ? { steps: withStep(plan, progress.step) } : {};
  const ended = end({ ...plan, ...steps }, stampOf(execution), 'Escalated', reason, cause);
  await record(execution, ended, plan);
}

async function pause(execution: Execution, plan: Plan, why: string): Promise<undefined> {
  const stamp = stampOf(execution);
  await record(execution, suspend(plan, stamp, why, plus(stamp.at, nextLookMs)), plan);
}
