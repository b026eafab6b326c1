// What a row of the history closes. Nobody should edit the history, and a newer version may have written the row: it is read
// as far as possible, and in doubt its events are closed.
import { parseInstant } from '../../plan/calendar/instant.ts';
import { awaitsPerson, causes } from '../../plan/cause.ts';
import type { PastPlan } from '../../plan/planning/past.ts';
import type { Cell, Cells, Row } from './api.ts';
import { waitingStatuses } from '../../plan/status.ts';
import { beginningOf } from './unread-cells.ts';

/** The columns that are read, beside the key. */
export const pastColumns = [
  'status',
  'cause',
  'intent_at',
  'intent_outcome',
  'verify_until',
  'event_ids',
  'sent_event_ids',
  'former_event_ids',
  'version',
] as const;

/** Reads a row of the history. */
export function decodePast({ key, cells }: Row): PastPlan {
  const planId = String(key['plan_id']);
  const { status, version, intent_at: intentAt } = cells;
  const sentAt = typeof intentAt === 'string' ? parseInstant(intentAt) : undefined;
  const own = isClosed(cells)
    ? // The first part of the id is the first event. Nobody can edit a key.
      [...idsIn(cells['event_ids']), ...idsIn(cells['sent_event_ids']), ...planId.split('.').slice(0, 1)]
    : [];
  return {
    planId,
    status: typeof status === 'string' ? status : 'unknown',
    ...(sentAt === undefined ? {} : { sentAt }),
    version: versionOf(version),
    closedEventIds: [...new Set([...own, ...idsIn(cells['former_event_ids'])])],
  };
}

/**
 * Only where the planner itself ended the plan, or it goes on, and nothing was sent, its events may be planned again. A plan that
 * goes on is there because its intent was taken back.
 */
function isClosed(cells: Cells): boolean {
  if (beginningOf(cells).mayHaveSent) return true;
  if (waitingStatuses.some((status) => status === cells['status'])) return false;
  const cause = causes.find((one) => one === cells['cause']);
  return cause === undefined || awaitsPerson(cause);
}

/** Every id in the cell, however the list is written. */
function idsIn(cell: Cell | undefined): string[] {
  return typeof cell === 'string' ? [...cell.matchAll(/[A-Za-z0-9][\w.-]*/g)].map(([id]) => id) : [];
}

function versionOf(cell: Cell | undefined): number {
  return typeof cell === 'bigint' && cell > 0n && cell < BigInt(Number.MAX_SAFE_INTEGER) ? Number(cell) : 0;
}
