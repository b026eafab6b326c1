// The irreversible step. For one plan this sends RebootInstance at most once, ever: the intent is recorded first, on
// conditions that only one execution can meet, and nothing here or below is ever repeated.
import { nextLookMs, staleIntentMs } from '../../constants.ts';
import { plus } from '../../plan/calendar/instant.ts';
import type { Plan } from '../../plan/plan.ts';
import { beginVerifying, endRefused, recordIntent, withdraw } from '../../plan/transitions.ts';
import { describeStale, isInInterval, isStaleIntent } from '../../plan/intent.ts';
import { attemptPause } from '../../plan/verdict/before-reboot.ts';
import type { RebootOutcome } from '../../ports.ts';
import { record, stampOf, type Execution } from '../execution.ts';

/**
 * Restarts the instance of a plan that this execution holds in Preparing. Gives back the plan where it is to be watched
 * from now on.
 */
export async function rebootOnce(execution: Execution, plan: Plan): Promise<Plan | undefined> {
  const { clock, ecs, settings } = execution;
  const intended = recordIntent(plan, stampOf(execution));
  const outcome = await record(execution, intended, plan);
  // Lost: another execution or a person has the row. Failed: it may be applied later; the row then goes on to
  // verification by itself. Either way this execution has no right to send.
  if (outcome.kind !== 'written') return undefined;

  // From this judgement to the sending there is no await: nothing can come between.
  const now = clock.now();
  if (isStaleIntent(intended, now, staleIntentMs) || !isInInterval(intended, now)) {
    const why = describeStale(intended, now, staleIntentMs, settings.rules.calendar.timeZone);
    await record(execution, withdraw(intended, stampOf(execution), why, now), intended);
    return undefined;
  }
  const answer = await ecs.reboot(plan.regionId, plan.instanceId);
  return recordAnswer(execution, intended, answer);
}

async function recordAnswer(
  execution: Execution,
  plan: Plan,
  answer: RebootOutcome,
): Promise<Plan | undefined> {
  const stamp = stampOf(execution);
  const { regionId, instanceId } = plan;
  if (answer.kind === 'refused') {
    const why = `ECS refused RebootInstance (${answer.code}: ${answer.message}); nothing happened.`;
    if (answer.again === 'never') {
      const reason = `${why} Remove the cause, or restart the instance yourself before NotBefore.`;
      await record(execution, endRefused(plan, stamp, reason, answer.requestId), plan);
      return undefined;
    }
    execution.problems.add({ regionId, instanceId, problem: why });
    const wait = answer.again === 'next-minute' ? 60_000 : attemptPause;
    const next = withdraw(plan, stamp, why, plus(stamp.at, wait), answer.requestId);
    await record(execution, next, plan);
    return undefined;
  }
  execution.report.rebooted += 1;
  const verifying = beginVerifying(
    plan,
    stamp,
    answer.kind,
    answer.kind === 'accepted'
      ? 'ECS accepted RebootInstance.'
      : `RebootInstance was sent, but its outcome is not known (${answer.message}). It is not sent again.`,
    { nextLook: plus(stamp.at, nextLookMs), verifyUntil: plus(stamp.at, execution.settings.verifyTimeout) },
    answer.requestId,
  );
  const outcome = await record(execution, verifying, plan);
  return outcome.kind === 'written' ? verifying : undefined;
}
