// When the row of a finished plan may leave the plans table: nothing rests on it any more, and the history has the plan.
import { isBefore, latest, type Instant } from './calendar/instant.ts';
import { dueAt, unprovenOf, type Plan } from './plan.ts';
import { isFinal } from './status.ts';

/**
 * True for a plan that was over before `overBefore` and on whose row nothing rests: nothing is to be undone or looked at, its
 * restart is proven or a person goes on, nobody still has to hear of it, and no wish in it is for a next plan.
 */
export function mayLeave(plan: Plan, overBefore: Instant): boolean {
  const overAt = isFinal(plan.status) ? overSince(plan) : undefined;
  if (overAt === undefined || !isBefore(overAt, overBefore)) return false;
  return dueAt(plan) === undefined && unprovenOf(plan) === undefined && !isWanted(plan);
}

/**
 * Since when the plan and its event are over. The event of a plan that ended without an answer is open until its NotBefore. A run
 * that listed it right before and reads the rows late would plan it anew if the row had left by then.
 */
function overSince({ status, finishedAt, notBefore }: Plan): Instant | undefined {
  if (finishedAt === undefined || notBefore === undefined) return finishedAt;
  const isAnswered = status === 'Avoided' || status === 'Cleared';
  return isAnswered ? finishedAt : latest(finishedAt, notBefore);
}

/** True where a person has written something that is not settled, or that the next plan takes over, or has news to come. */
function isWanted({ hold, retry, approvalAskedBy, edits, editsAfterEnd, news, lease }: Plan): boolean {
  const marks = [hold, retry, approvalAskedBy, edits, editsAfterEnd, news, lease];
  return marks.some((mark) => mark !== undefined);
}
