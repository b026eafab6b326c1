// Rows whose columns can all be read and still cannot all be true. Only an edit by hand makes such a row; it is treated
// like one that cannot be read.
import { isAfter } from '../../plan/calendar/instant.ts';
import { isFinal, mayHaveSent, type Plan } from '../../plan/plan.ts';

/** ECS refuses a whole call for one id that it cannot read, and an empty one lifts the filter. */
const idPattern = /^[A-Za-z0-9][\w.-]{0,127}$/;

/** One sentence for each contradiction; empty for a sound plan. */
export function contradictions(plan: Plan): string[] {
  const { status, latestStart, notBefore } = plan;
  const faults: string[] = [];
  const ids = [plan.instanceId, ...plan.eventIds, ...plan.laterEventIds];
  for (const id of ids.filter((text) => !idPattern.test(text))) {
    faults.push(
      `"${id.slice(0, 80)}" is no id of ECS, expected one as in i-bp1a2b3c4d5e6f7g8h9i or e-bp1a2b3c4d5e6f7g8h9i.`,
    );
  }
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
