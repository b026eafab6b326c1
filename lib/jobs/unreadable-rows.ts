// Rows that cannot be read as plans: somebody edited them, or a newer version wrote them. Nothing is rebooted for them. They
// say so themselves, and every look at them is reported.
import { state, type Statement } from '../plan/statement.ts';
import { finalStatuses } from '../plan/status.ts';
import type { Clock, NewerPlan, PlanStore, UnreadablePlan } from '../ports.ts';
import type { Problems } from './report.ts';

interface RowPorts {
  store: PlanStore;
  clock: Clock;
  problems: Problems;
}

/**
 * Reports the row, and sets an unreadable one to Escalated. A row that has ended is set only where `isDue`, so that it does
 * not stay due. True where the row was set. A row of a newer format is left as it is.
 */
export async function escalateUnreadable(
  { store, clock, problems }: RowPorts,
  row: UnreadablePlan | NewerPlan,
  { isDue }: { isDue: boolean },
): Promise<boolean> {
  const reason = reasonFor(row);
  problems.add(row, reason);
  const hasEnded = (finalStatuses as readonly (string | undefined)[]).includes(row.status);
  if (row.kind === 'newer' || (hasEnded && !isDue)) return false;
  const outcome = await store.escalateUnreadable(row, reason, clock.now());
  if (outcome.kind === 'failed') problems.add(row, state('row-not-escalated', { message: outcome.message }));
  return outcome.kind === 'written';
}

function reasonFor(row: UnreadablePlan | NewerPlan): Statement {
  return row.kind === 'newer'
    ? state('row-newer', { format: row.format })
    : state('row-unreadable', { faults: row.faults, mayHaveSent: row.mayHaveSent }, [row.undo]);
}
