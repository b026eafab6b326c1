// The owner's own proof, once the events show that the restart answered them: the health of the instance, and the
// post-command.
import { messageOf } from '../../failures.ts';
import { isBefore } from '../../plan/calendar/instant.ts';
import type { Plan } from '../../plan/plan.ts';
import { state, withAlso, type Statement } from '../../plan/statement.ts';
import { isPostCommandOpen, stepOf, withStep } from '../../plan/steps.ts';
import type { VerdictAfter } from '../../plan/verdict/after-reboot.ts';
import { judgeHealth, type HealthVerdict } from '../../plan/verdict/health.ts';
import type { Health } from '../../ports.ts';
import type { Execution } from '../execution.ts';
import { runCommand } from './command.ts';

/** The verdict after the proof. `plan` is the row as it is now. */
export interface Proof {
  plan: Plan;
  verdict: VerdictAfter;
}

type EndVerdict = VerdictAfter & { kind: 'end' };

/** True where the events say that the restart is over, so that the owner's own proof is next. */
export function isProofDue(verdict: VerdictAfter): verdict is EndVerdict & { status: 'Avoided' | 'Cleared' } {
  return verdict.kind === 'end' && (verdict.status === 'Avoided' || verdict.status === 'Cleared');
}

/** The proofs of some plans. The proof of a plan is undefined where somebody else changed its row. */
export interface Proofs {
  of: (plan: Plan, verdict: EndVerdict) => Promise<Proof | undefined>;
}

/** Reads the health of all these instances at once. */
export async function openProofs(execution: Execution, plans: readonly Plan[]): Promise<Proofs> {
  const healthOf = await readHealth(execution, plans);
  return {
    of: async (plan, verdict) => {
      const health = healthOf(plan);
      if (!health.isProven) {
        return { plan, verdict: notYet(execution, plan, { verdict, why: health.why, hasOwnLimit: false }) };
      }
      const noted = { ...verdict, reason: withAlso(verdict.reason, health.notes) };
      return isPostCommandOpen(plan) ? provePostCommand(execution, plan, noted) : { plan, verdict: noted };
    },
  };
}

/** What the health of each instance proves. */
async function readHealth(
  { ecs, regionId }: Execution,
  plans: readonly Plan[],
): Promise<(plan: Plan) => HealthVerdict> {
  const ids = plans.map(({ instanceId }) => instanceId);
  try {
    const healths: ReadonlyMap<string, Health> =
      ids.length === 0 ? new Map() : await ecs.healthOf(regionId, ids);
    return ({ instanceId, eventIds, healthBefore: before }) => {
      const health = healths.get(instanceId);
      const { status: after, openEventIds, faults } = health ?? { openEventIds: [], faults: [] };
      const otherEventIds = openEventIds.filter((id) => !eventIds.includes(id));
      return judgeHealth({ before, after, faults, otherEventIds });
    };
  } catch (thrown) {
    const why = state('health-unreadable', { message: messageOf(thrown) });
    return () => ({ isProven: false, why });
  }
}

async function provePostCommand(
  execution: Execution,
  plan: Plan,
  verdict: EndVerdict,
): Promise<Proof | undefined> {
  const progress = await runCommand(execution, plan, 'post-command', []);
  switch (progress.kind) {
    case 'done':
      return { plan: progress.plan, verdict };
    case 'lost':
      return undefined;
    case 'waits': {
      const { plan: now, why } = progress;
      const hasOwnLimit = stepOf(now, 'post-command')?.state === 'running';
      return { plan: now, verdict: notYet(execution, now, { verdict, why, hasOwnLimit }) };
    }
    case 'failed': {
      const reason = state('post-command-failed', { verdict: verdict.reason, why: progress.why });
      const steps = withStep(progress.plan, progress.step);
      return { plan: progress.plan, verdict: { kind: 'end', status: 'Escalated', reason, steps } };
    }
  }
}

/** Watches on until the time for the proof is over. A command with its own time limit may take longer. */
function notYet(
  { clock }: Execution,
  { verifyUntil }: Plan,
  seen: { verdict: EndVerdict; why: Statement; hasOwnLimit: boolean },
): VerdictAfter {
  const isTimeLeft = verifyUntil !== undefined && isBefore(clock.now(), verifyUntil);
  const values = { verdict: seen.verdict.reason, why: seen.why };
  return seen.hasOwnLimit || isTimeLeft
    ? { kind: 'watch', reason: state('proof-pending', values) }
    : { kind: 'end', status: 'Escalated', reason: state('proof-missing', values) };
}
