// Writes what a verdict says about a plan that is not restarted now. The plan waits or is ours to prepare: nothing was sent.
import { isAfter, plus, type Instant } from '../../plan/calendar/instant.ts';
import { dueAt, type Plan } from '../../plan/plan.ts';
import { isSameStatement, state } from '../../plan/statement.ts';
import { end } from '../../plan/transitions.ts';
import { attemptPause, type VerdictBefore } from '../../plan/verdict/before-verdict.ts';
import { waitAgain } from '../../plan/wait-again.ts';
import { stampOf, type Execution } from '../execution.ts';
import { leaveToPerson } from './waits-for-person.ts';

/** Writes the row. */
export async function putOff(
  execution: Execution,
  plan: Plan,
  verdict: Exclude<VerdictBefore, { kind: 'go' | 'prepare' }>,
): Promise<void> {
  const { ledger, problems } = execution;
  const stamp = stampOf(execution);
  switch (verdict.kind) {
    case 'held':
      return leaveToPerson(execution, plan);
    case 'unapproved': {
      if (plan.status === 'AwaitingApproval') return leaveToPerson(execution, plan);
      const why = state('approval-required-now', {});
      await ledger.write(waitAgain(plan, stamp, why, plus(stamp.at, attemptPause)), plan);
      return;
    }
    case 'wait': {
      const next = waitAgain(plan, stamp, verdict.reason, verdict.until);
      if (!isNoNews(plan, next, stamp.at)) await ledger.write(next, plan);
      return;
    }
    case 'observed': {
      const how = { status: 'Skipped', reason: verdict.reason, cause: 'observe' } as const;
      await ledger.write(end(plan, stamp, how), plan);
      return;
    }
    case 'end':
      await ledger.write(end(plan, stamp, verdict.end), plan);
      return;
    case 'replan':
      for (const problem of verdict.proposal.problems) problems.add(plan, problem);
      await ledger.write(verdict.proposal.plan, plan);
  }
}

/** True where the plan stays due, and its row says all that there is to say. Each run looks at it all the same. */
export function isNoNews(plan: Plan, next: Plan, now: Instant): boolean {
  const isDue = (one: Plan): boolean => !isAfter(dueAt(one) ?? now, now);
  return (
    plan.lease === undefined &&
    plan.status === next.status &&
    isSameStatement(plan.reason, next.reason) &&
    isDue(plan) &&
    isDue(next)
  );
}
