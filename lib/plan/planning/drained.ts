// A pre-command that has begun and whose restart comes only later: the service may be down all that time.
import { isAfter, type Instant } from '../calendar/instant.ts';
import { isDrained, preCommandToUndo, undoCommandOf, undoStatement } from '../draining.ts';
import type { Plan } from '../plan.ts';
import { atIn, state, type Statement } from '../statement.ts';
import { stepOf } from '../steps.ts';

/**
 * Says what becomes of it: the undo-command follows, or a person must act. Undefined where no pre-command has begun, where it
 * is undone, and where the time of the restart has come.
 */
export function drainedUntil(
  row: Plan,
  next: Pick<Plan, 'status' | 'executeAt'>,
  { now, timeZone }: { now: Instant; timeZone: string },
): Statement | undefined {
  const { executeAt, status } = next;
  const isPast = row.latestStart !== undefined && isAfter(now, row.latestStart);
  const isLater = executeAt !== undefined && isAfter(executeAt, now);
  if (executeAt === undefined || !(isLater || isPast || status === 'AwaitingApproval')) return undefined;
  if (undoCommandOf(row) !== undefined) return undoStatement(row);
  if (!isDrained(row) || !isLater) return preCommandToUndo(row);
  const { commandId = '' } = stepOf(row, 'pre-command') ?? {};
  return state('drained-until', { commandId, ...atIn(executeAt, timeZone) });
}

/** True for what nobody but a person undoes. */
export function isForPerson({ code }: Statement): boolean {
  return code !== 'undo-owed';
}
