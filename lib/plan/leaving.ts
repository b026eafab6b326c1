// When the row of a finished plan may leave the plans table: nothing rests on it any more, and the history has the plan.
import { isBefore, type Instant } from './calendar/instant.ts';
import { dueAt, unprovenOf, type Plan } from './plan.ts';
import { isFinal } from './status.ts';

/**
 * True for a plan that ended before `endedBefore` and on whose row nothing rests: nothing is to be undone or looked at, its
 * restart is proven or a person goes on, nobody still has to hear of it, and no wish in it is for a next plan.
 */
export function mayLeave(plan: Plan, endedBefore: Instant): boolean {
  const { status, finishedAt } = plan;
  if (!isFinal(status) || finishedAt === undefined || !isBefore(finishedAt, endedBefore)) return false;
  return dueAt(plan) === undefined && unprovenOf(plan) === undefined && !isWanted(plan);
}

/** True where a person has written something that is not settled, or that the next plan takes over, or has news to come. */
function isWanted({ hold, retry, approvalAskedBy, edits, editsAfterEnd, news, lease }: Plan): boolean {
  const marks = [hold, retry, approvalAskedBy, edits, editsAfterEnd, news, lease];
  return marks.some((mark) => mark !== undefined);
}
