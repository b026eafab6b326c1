// The irreversible step. For one plan this sends RebootInstance at most once, ever. The intent is recorded first, on
// conditions that only one execution can meet, and nothing here or below is repeated.
import { nextLookMs, staleFactsMs, staleIntentMs } from '../../constants.ts';
import { plus, type Instant } from '../../plan/calendar/instant.ts';
import { whyNotSend } from '../../plan/intent.ts';
import type { Plan } from '../../plan/plan.ts';
import { state } from '../../plan/statement.ts';
import { beginVerifying, endRefused, recordIntent, takeBackIntent } from '../../plan/transitions.ts';
import { attemptPause } from '../../plan/verdict/before-verdict.ts';
import type { RebootOutcome } from '../../ports.ts';
import { archiveSent } from '../archive.ts';
import { stampOf, type Execution } from '../execution.ts';

/** What was read before the restart. */
export interface SeenBefore {
  /** When the reading of the facts began on which the judgement rests. */
  factsAt: Instant;
  /** HealthStatus of the instance; undefined where it is not known. */
  healthBefore: string | undefined;
  /** StartTime of the instance; undefined where it is not known. */
  startedBefore: Instant | undefined;
}

/**
 * Restarts the instance of a plan that this execution holds in Preparing.
 * Returns the plan where it is to be watched from
 * now on.
 */
export async function rebootOnce(
  execution: Execution,
  plan: Plan,
  { factsAt, ...before }: SeenBefore,
): Promise<Plan | undefined> {
  const { clock, ecs, ledger, settings } = execution;
  const intended = recordIntent(plan, stampOf(execution), before);
  // Lost: another execution or a person has the row. Failed: the write may be applied later, and the row then goes on to
  // verification. In both cases this execution has no right to send.
  if (!(await ledger.write(intended, plan))) return undefined;

  // From this judgement to the sending there is no await: nothing can come between.
  const now = clock.now();
  const limits = {
    maxAgeMs: staleIntentMs,
    factsAt,
    maxFactsAgeMs: staleFactsMs + staleIntentMs,
    timeZone: settings.rules.calendar.timeZone,
  };
  const whyNot = whyNotSend(intended, now, limits);
  if (whyNot !== undefined) {
    await ledger.write(takeBackIntent(intended, stampOf(execution), whyNot, { waitUntil: now }), intended);
    return undefined;
  }
  return recordAnswer(execution, intended, await ecs.reboot(plan.regionId, plan.instanceId));
}

async function recordAnswer(
  execution: Execution,
  plan: Plan,
  answer: RebootOutcome,
): Promise<Plan | undefined> {
  if (answer.kind === 'refused') return recordRefusal(execution, plan, answer);
  execution.ledger.noteSent();
  const stamp = stampOf(execution);
  const verifying = beginVerifying(plan, stamp, {
    outcome: answer.kind,
    reason:
      answer.kind === 'accepted'
        ? state('accepted', {})
        : state('outcome-unknown', { message: answer.message }),
    nextLook: plus(stamp.at, nextLookMs),
    verifyUntil: plus(stamp.at, execution.settings.verifyTimeout),
    requestId: answer.requestId,
  });
  if (await execution.ledger.write(verifying, plan)) return verifying;
  // A person may have deleted the row while the call was under way. Then only the history knows of the restart.
  await archiveSent(execution, [verifying]);
  return undefined;
}

async function recordRefusal(
  execution: Execution,
  plan: Plan,
  answer: RebootOutcome & { kind: 'refused' },
): Promise<undefined> {
  const { ledger, problems } = execution;
  const stamp = stampOf(execution);
  const values = { errorCode: answer.code, message: answer.message };
  const { requestId } = answer;
  if (answer.again === 'never') {
    await ledger.write(endRefused(plan, stamp, state('refused-for-good', values), requestId), plan);
    return;
  }
  const why = state('refused', values);
  problems.add(plan, why);
  const waitUntil = plus(stamp.at, answer.again === 'next-minute' ? 60_000 : attemptPause);
  await ledger.write(takeBackIntent(plan, stamp, why, { waitUntil, requestId }), plan);
}
