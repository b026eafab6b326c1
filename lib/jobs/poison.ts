// Rows that cannot be read as plans: somebody edited them into nonsense. Nothing is rebooted for them; they say so
// themselves, and every look at them is reported.
import { finalStatuses } from '../plan/plan.ts';
import type { Clock, PlanStore, UnreadablePlan } from '../ports.ts';
import type { Problems } from './report.ts';

/** Reports the row, and sets it to Escalated unless it has ended already. True where it was set just now. */
export async function escalateUnreadable(
  ports: { store: PlanStore; clock: Clock },
  row: UnreadablePlan,
  problems: Problems,
): Promise<boolean> {
  const { regionId, instanceId } = row;
  const reason = `The row cannot be read, so nothing is rebooted: ${row.faults.join(' ')} Correct the row and set status to Planned, or delete it to have the instance planned anew.`;
  problems.add({ regionId, instanceId, problem: reason });
  if ((finalStatuses as readonly (string | undefined)[]).includes(row.status)) return false;
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
