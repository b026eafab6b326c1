// Rows that cannot be read as plans: somebody edited them, or a newer version wrote them. Nothing is rebooted for them. They
// say so themselves, and every look at them is reported.
import { isSameStatement, state, type Statement } from '../plan/statement.ts';
import { isFinalText } from '../plan/status.ts';
import type { Clock, NewerPlan, PlanStore, UnreadablePlan } from '../ports.ts';
import type { Problems } from './report.ts';

interface RowPorts {
  store: PlanStore;
  clock: Clock;
  problems: Problems;
}

/** How an unreadable row was met: only the execute function meets rows because they are due. */
interface Meeting {
  isDue: boolean;
  /** The open events of its instance, where they were read. */
  openEventIds?: readonly string[];
  /** True where none of these events has a NotBefore. */
  isUndated?: boolean;
}

/**
 * Reports the row, and sets an unreadable one to Escalated. A row that has ended is set only where `isDue`, so that it does
 * not stay due, and where events are open that are not planned because of it. True where the row was set. A row of a newer
 * format is left as it is.
 */
export async function escalateUnreadable(
  { store, clock, problems }: RowPorts,
  row: UnreadablePlan | NewerPlan,
  meeting: Meeting,
): Promise<boolean> {
  const reason = reasonFor(row, meeting);
  problems.add(row, reason);
  if (row.kind === 'newer' || isEnough(row, reason, meeting)) return false;
  const stamp = { at: clock.now(), by: meeting.isDue ? 'execute' : 'plan' };
  const outcome = await store.escalateUnreadable(row, reason, stamp);
  if (outcome.kind === 'failed') problems.add(row, state('row-not-escalated', { message: outcome.message }));
  return outcome.kind === 'written';
}

/** True where the row has ended and nothing is to be added to what it says. */
function isEnough(row: UnreadablePlan, reason: Statement, { isDue, openEventIds = [] }: Meeting): boolean {
  if (isDue || !isFinalText(row.status)) return false;
  return openEventIds.length === 0 || (row.status === 'Escalated' && isSameStatement(row.reason, reason));
}

function reasonFor(
  row: UnreadablePlan | NewerPlan,
  { openEventIds = [], isUndated = false }: Meeting,
): Statement {
  if (row.kind === 'newer') return state('row-newer', { format: row.format });
  const { faults, mayHaveSent, undo } = row;
  // Sorted, so that the order of a listing is no news.
  const values = {
    eventIds: [...openEventIds].sort(),
    ...(mayHaveSent ? { mayBeAnswered: true } : {}),
    ...(isUndated ? { isUndated: true } : {}),
  };
  const waiting = openEventIds.length === 0 ? undefined : state('events-not-planned', values);
  return state('row-unreadable', { faults, mayHaveSent }, [undo, waiting]);
}
