// What becomes of a plan whose region is no longer in REGIONS. Nobody asks ECS about it. Another deployment may share the
// tables and have that region, so that a plan ends only when nobody has gone on with it for an hour after its last time.
import { isAfter, latest, plus, type Instant, type Milliseconds } from '../calendar/instant.ts';
import type { Stamp } from '../change.ts';
import type { Plan } from '../plan.ts';
import { state } from '../statement.ts';
import { givenUpUndo, isUndoOwed } from '../draining.ts';
import { isFinal } from '../status.ts';
import { withStep } from '../steps.ts';
import { beginVerifying, end } from '../transitions.ts';
import { recordUndo } from '../undo.ts';

/** Four runs of the plan function: whoever has the region would have ended or moved the plan by then. */
const patience: Milliseconds = 3_600_000;

/**
 * The plan one step nearer to its end; undefined where it stays as it is for now. Nobody runs the undo-command in that region: a
 * person is told, also about a plan that has ended.
 */
export function planUnserved(plan: Plan, stamp: Stamp): Plan | undefined {
  const last = lastTimeOf(plan, stamp.at);
  if (last !== undefined && !isAfter(stamp.at, plus(last, patience))) return undefined;
  if (plan.status === 'Rebooting') {
    // Its execution is gone. The plan ends as any other that was sent.
    const sent = { outcome: 'unknown', reason: state('sender-vanished', {}) } as const;
    return beginVerifying(plan, stamp, { ...sent, nextLook: stamp.at, verifyUntil: stamp.at });
  }
  if (plan.status === 'Verifying') {
    return end(plan, stamp, { status: 'Escalated', reason: state('region-gone-sent', {}) });
  }
  const undo = givenUpUndo(plan, stamp.at);
  if (isFinal(plan.status)) return isUndoOwed(plan) && undo ? recordUndo(plan, stamp, undo, {}) : undefined;
  const steps = undo === undefined ? {} : { steps: withStep(plan, undo) };
  return end(plan, stamp, {
    status: 'Skipped',
    cause: 'region-gone',
    reason: state('region-gone', {}),
    ...steps,
  });
}

/** Until when somebody may go on with the plan. Undefined where the row says nothing of a time. */
function lastTimeOf(plan: Plan, now: Instant): Instant | undefined {
  const { status, latestStart, notBefore, lease, verifyUntil, finishedAt } = plan;
  const isSent = status === 'Rebooting' || status === 'Verifying';
  // A lease is minutes long. A longer one was edited.
  const leased = lease !== undefined && isAfter(plus(now, patience), lease.until) ? lease.until : undefined;
  const times = [isSent ? notBefore : (latestStart ?? notBefore), leased, verifyUntil, finishedAt];
  const known = times.filter((at) => at !== undefined);
  return known.length === 0 ? undefined : known.reduce(latest);
}
