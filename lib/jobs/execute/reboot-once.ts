// The irreversible step. For one plan this sends RebootInstance at most once, ever. The intent is recorded first, on
// conditions that only one execution can meet, and nothing here or below is repeated.
import { nextLookMs, staleFactsMs, staleIntentMs } from '../../constants.ts';
import { plus, type Instant } from '../../plan/calendar/instant.ts';
import { whyNotSend } from '../../plan/intent.ts';
import type { Plan } from '../../plan/plan.ts';
import { state } from '../../plan/statement.ts';
import { beginVerifying, endRefused, recordIntent, takeBackIntent } from '../../plan/transitions.ts';
import { attemptPause } from '../../plan/verdict/before-verdict.ts';
import { waitAgain } from '../../plan/wait-again.ts';
import type { RebootOutcome } from '../../ports.ts';
import { archiveSent, archiveUnsent } from '../archive.ts';
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
  // Lost: another execution or a person has the row. Failed: the write may be applied later. In both cases this execution has
  // no right to send. The history gets the intent at the same time: if this process dies, and a person deletes the row, it
  // still knows that the restart may have been sent. Nothing waits for it.
  const kept = archiveSent(execution, [intended]);
  const [outcome] = await ledger.outcomesOf([{ plan: intended, from: plan }]);
  if (outcome?.kind === 'failed') {
    await giveBack(execution, plan, intended, { message: outcome.message, kept });
    return undefined;
  }
  if (outcome?.kind !== 'written') {
    await kept;
    return undefined;
  }

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
    const back = takeBackIntent(intended, stampOf(execution), whyNot, { waitUntil: now });
    await recordUnsent(execution, back, intended, kept);
    return undefined;
  }
  const answer = await ecs.reboot(plan.regionId, plan.instanceId);
  if (answer.kind === 'refused') return recordRefusal(execution, intended, answer, kept);
  return recordAnswer(execution, intended, answer, kept);
}

/**
 * Nobody knows whether the intent was written. With another version of the row a late write has nothing left to apply to. If it
 * was faster, it is taken back: otherwise the row would wait for the proof of a restart that nobody sent.
 */
async function giveBack(
  execution: Execution,
  plan: Plan,
  intended: Plan,
  { message, kept }: { message: string; kept: Promise<void> },
): Promise<void> {
  const stamp = stampOf(execution);
  const why = state('plan-not-worked-on', { message });
  if (await recordUnsent(execution, waitAgain(plan, stamp, why, stamp.at), plan, kept)) return;
  const back = takeBackIntent(intended, stamp, why, { waitUntil: stamp.at });
  await recordUnsent(execution, back, intended, kept);
}

/** It is known that nothing was sent. Where the row says so, the history does, too. True where it was written. */
async function recordUnsent(
  { ledger, store, problems }: Execution,
  unsent: Plan,
  from: Plan,
  kept: Promise<void>,
): Promise<boolean> {
  const isWritten = await ledger.write(unsent, from);
  await kept;
  if (isWritten) await archiveUnsent({ store, problems }, unsent);
  return isWritten;
}

async function recordAnswer(
  execution: Execution,
  plan: Plan,
  answer: Exclude<RebootOutcome, { kind: 'refused' }>,
  kept: Promise<void>,
): Promise<Plan | undefined> {
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
  const isWritten = await execution.ledger.write(verifying, plan);
  await kept;
  if (isWritten) return verifying;
  // A person may have deleted the row while the call was under way. Then only the history knows of the restart.
  await archiveSent(execution, [verifying]);
  return undefined;
}

async function recordRefusal(
  execution: Execution,
  plan: Plan,
  answer: RebootOutcome & { kind: 'refused' },
  kept: Promise<void>,
): Promise<undefined> {
  const stamp = stampOf(execution);
  const values = { errorCode: answer.code, message: answer.message };
  const { requestId } = answer;
  if (answer.again === 'never') {
    const ended = endRefused(plan, stamp, state('refused-for-good', values), requestId);
    await recordUnsent(execution, ended, plan, kept);
    return;
  }
  const why = state('refused', values);
  execution.problems.add(plan, why);
  const waitUntil = plus(stamp.at, answer.again === 'next-minute' ? 60_000 : attemptPause);
  await recordUnsent(execution, takeBackIntent(plan, stamp, why, { waitUntil, requestId }), plan, kept);
}
