// The owner's own proof, once the events show that the restart answered them: the instance's health, and the post-command.
import { messageOf } from '../../failures.ts';
import { isBefore } from '../../plan/calendar/instant.ts';
import { type Plan } from '../../plan/plan.ts';
import { isPostCommandOpen, stepOf, withStep } from '../../plan/steps.ts';
import { healthFault, type VerdictAfter } from '../../plan/verdict/after-reboot.ts';
import { runCommand } from './command.ts';
import type { Execution } from '../execution.ts';

/** What the proof makes of a verdict. `plan` is the row as it stands by now. */
export interface Proof {
  plan: Plan;
  verdict: VerdictAfter;
}

/** True where the events say that the restart was done with, so that the owner's own proof is due. */
export function isProven(
  verdict: VerdictAfter,
): verdict is VerdictAfter & { kind: 'end'; status: 'Avoided' | 'Cleared' } {
  return verdict.kind === 'end' && (verdict.status === 'Avoided' || verdict.status === 'Cleared');
}

/** Reads the health of all these instances at once. The proof of a plan is undefined where somebody else has its row. */
export async function openProofs(
  execution: Execution,
  plans: readonly Plan[],
): Promise<{ of: (plan: Plan, verdict: VerdictAfter & { kind: 'end' }) => Promise<Proof | undefined> }> {
  const health = await readHealth(execution, plans);
  return {
    of: async (plan, verdict) => {
      const fault = 'unreadable' in health ? health.unreadable : healthFault(health.get(plan.instanceId));
      if (fault !== undefined) return { plan, verdict: notYet(execution, plan, verdict, fault, false) };
      return isPostCommandOpen(plan) ? provePostCommand(execution, plan, verdict) : { plan, verdict };
    },
  };
}

async function readHealth(
  { ecs, regionId }: Execution,
  plans: readonly Plan[],
): Promise<ReadonlyMap<string, string> | { unreadable: string }> {
  if (plans.length === 0) return new Map();
  try {
    return await ecs.healthOf(
      regionId,
      plans.map(({ instanceId }) => instanceId),
    );
  } catch (thrown) {
    return { unreadable: `The health of the instance could not be read: ${messageOf(thrown)}` };
  }
}

async function provePostCommand(
  execution: Execution,
  plan: Plan,
  verdict: VerdictAfter & { kind: 'end' },
): Promise<Proof | undefined> {
  const progress = await runCommand(execution, plan, 'post-command', []);
  switch (progress.kind) {
    case 'done':
      return { plan: progress.plan, verdict };
    case 'lost':
      return undefined;
    case 'waits': {
      const isRunning = stepOf(progress.plan, 'post-command')?.state === 'running';
      const notYetSo = notYet(execution, progress.plan, verdict, progress.why, isRunning);
      return { plan: progress.plan, verdict: notYetSo };
    }
    case 'failed': {
      const reason = `${verdict.reason} But ${lowered(progress.why)} Look at the instance.`;
      const steps = withStep(progress.plan, progress.step);
      return { plan: progress.plan, verdict: { kind: 'end', status: 'Escalated', reason, steps } };
    }
  }
}

/** Watched on until the time for the proof is over. What has a time limit of its own is waited for beyond that. */
function notYet(
  { clock }: Execution,
  plan: Plan,
  verdict: VerdictAfter & { kind: 'end' },
  why: string,
  isLimited: boolean,
): VerdictAfter {
  const isTimeLeft = plan.verifyUntil !== undefined && isBefore(clock.now(), plan.verifyUntil);
  if (isLimited || isTimeLeft) {
    return { kind: 'watch', reason: `${verdict.reason} Not done yet: ${lowered(why)}` };
  }
  return {
    kind: 'end',
    status: 'Escalated',
    reason: `${verdict.reason} But it is not proven that all is well: ${lowered(why)} Look at the instance.`,
  };
}

/** As it goes on after a colon; ECS stays ECS. */
function lowered(text: string): string {
  return text.replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase());
}
