// Rows whose columns can all be read and still cannot all be true. Only an edit by hand makes such a row; it is treated
// like one that cannot be read.
import { isAfter } from '../../plan/instant.ts';
import { isFinal, mayHaveSent, type Plan } from '../../plan/plan.ts';

/** One sentence for each contradiction; empty for a sound plan. */
export function contradictions(plan: Plan): string[] {
  const { status, latestStart, notBefore } = plan;
  const faults: string[] = [];
  if (!isFinal(status) && plan.eventIds.length === 0)
    faults.push(`A ${status} plan names no event in event_ids.`);
  if (!isFinal(status) && notBefore === undefined) faults.push(`A ${status} plan has no not_before.`);
  if (latestStart && notBefore && isAfter(latestStart, notBefore))
    faults.push('latest_start is after not_before.');
  const waits = status === 'Planned' || status === 'AwaitingApproval' || status === 'Preparing';
  if (waits && mayHaveSent(plan)) {
    faults.push(
      `A ${status} plan has intent_at: RebootInstance may have been sent for it already, and is never sent twice for one plan.`,
    );
  }
  if ((status === 'Rebooting' || status === 'Verifying') && !mayHaveSent(plan)) {
    faults.push(`A ${status} plan has no intent_at.`);
  }
  return faults;
}
