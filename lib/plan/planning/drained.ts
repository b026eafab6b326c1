// A plan whose pre-command has begun and whose restart comes only later: its service may be down all that time.
import { isAfter, type Instant } from '../calendar/instant.ts';
import type { Plan } from '../plan.ts';
import { atIn, state, withAlso, type Statement } from '../statement.ts';
import { isDrained, stepOf } from '../steps.ts';

/** Says so; undefined where no pre-command has begun, or where the time of the restart has come. */
export function drainedUntil(
  row: Plan,
  executeAt: Instant | undefined,
  { now, timeZone }: { now: Instant; timeZone: string },
): Statement | undefined {
  if (executeAt === undefined || !isAfter(executeAt, now) || !isDrained(row)) return undefined;
  const commandId = stepOf(row, 'pre-command')?.commandId ?? '';
  return state('drained-until', { commandId, ...atIn(executeAt, timeZone) });
}

/** The reason, and after it what is said of the pre-command now. A pinned plan keeps its reason, with what it said before. */
export function withDrained(reason: Statement, drained: Statement | undefined): Statement {
  const { also = [], ...head } = reason;
  return withAlso(head, [...also.filter(({ code }) => code !== 'drained-until'), drained]);
}
