// Rows that cannot be read as plans: somebody edited them into nonsense. Nothing is rebooted for them; they say so
// themselves, and every look at them is reported.
import { finalStatuses } from '../plan/plan.ts';
import type { Clock, PlanStore, UnreadablePlan } from '../ports.ts';
import type { Problems } from './report.ts';

/**
 * Reports the row, and sets it to Escalated; one that has ended already only where `isDue`, so that it is not due for
 * ever. True where it was set just now.
 */
export async function escalateUnreadable(
  ports: { store: PlanStore; clock: Clock },
  row: UnreadablePlan,
  isDue: boolean,
  problems: Problems,
): Promise<boolean> {
  const { regionId, instanceId } = row;
  const reason = reasonFor(row);
  problems.add({ regionId, instanceId, problem: reason });
  const hasEnded = (finalStatuses as readonly (string | undefined)[]).includes(row.status);
  if (hasEnded && !isDue) return false;
  const outcome = await ports.store.escalateUnreadable(row, reason, ports.clock.now());
  if (outcome.kind === 'failed') {
    problems.add({
      regionId,
      instanceId,
      problem: `The row could not be set to Escalated: ${outcome.message}`,
    });
  }
  return outcome.kind === 'written';
}

function reasonFor({ faults, mayHaveSent }: UnreadablePlan): string {
  const what = `The row cannot be read: ${faults.join(' ')}`;
  return mayHaveSent
    ? `${what} A restart may already have been sent for it (intent_at), and none is sent again. Check the instance and its event in the ECS console.`
    : `${what} Nothing was rebooted for it. Correct the row and set status to Planned, or delete it to have the instance planned anew.`;
}
