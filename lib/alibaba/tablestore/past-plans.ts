// Plans in the history, for a person who asks what happened after their rows left the plans table: those of one instance, and
// those that ended since a time.
import type { Clock } from '../../ports.ts';
import { isoOf, type EpochMs } from '../../plan/review/records.ts';
import { infMax, infMin, type Row, type RowFilter, type Tablestore } from './api.ts';
import type { HandRow } from './hand-edits.ts';
import { decodePlan } from './plan-row.ts';
import { readRange } from './range-read.ts';
import { retryingReads } from './read-retry.ts';
import { isSince } from './row-filters.ts';

/** Where the history is. */
interface HistoryParts {
  tablestore: Tablestore;
  history: string;
  clock: Clock;
}

/** Reads the plans of an instance in the table `history`, the last one first. */
export function openPastPlans(parts: HistoryParts): (instanceId: string) => Promise<readonly HandRow[]> {
  const reads = retryingReads(parts.tablestore, parts.clock);
  return async (instanceId) => {
    const rows = await readRange(reads, {
      table: parts.history,
      from: { instance_id: instanceId, plan_id: infMin },
      to: { instance_id: instanceId, plan_id: infMax },
    });
    return rows
      .filter(({ cells }) => typeof cells['status'] === 'string')
      .map(asPlanRow)
      .sort((a, b) => writtenAt(b).localeCompare(writtenAt(a)));
  };
}

/** Reads the plans that ended since a time, as whole rows, in the order of their instances. */
export function openEndedPlans(parts: HistoryParts): (since: EpochMs) => Promise<readonly HandRow[]> {
  const reads = retryingReads(parts.tablestore, parts.clock);
  return async (since) =>
    (await readRange(reads, { table: parts.history, ...everyPlan, where: endedSince(since) })).map(asPlanRow);
}

/** All plans of the history. Keys in parentheses, and `*`, come before `+`: they are no instances. */
export const everyPlan = {
  from: { instance_id: '+', plan_id: infMin },
  to: { instance_id: infMax, plan_id: infMax },
} as const;

/** The condition that a plan ended since this time. */
export function endedSince(since: EpochMs): RowFilter {
  return isSince('finished_at', isoOf(since));
}

/** The key of the history has the plan in place of the region. Otherwise the row is the one of the plans table. */
function asPlanRow({ key, cells }: Row): HandRow {
  const { region_id: regionId = '', ...others } = cells;
  const own = { ...others, plan_id: key['plan_id'] ?? '' };
  const instanceId = String(key['instance_id']);
  return {
    regionId: String(regionId),
    instanceId,
    cells: own,
    read: decodePlan({ key: { region_id: regionId, instance_id: instanceId }, cells: own }),
  };
}

function writtenAt({ cells }: HandRow): string {
  const { updated_at: updatedAt } = cells;
  return typeof updatedAt === 'string' ? updatedAt : '';
}
