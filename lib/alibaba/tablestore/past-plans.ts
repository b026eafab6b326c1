// The plans of one instance in the history, for a person who asks what happened to it after its row left the plans table.
import type { Clock } from '../../ports.ts';
import { infMax, infMin, type Row, type Tablestore } from './api.ts';
import type { HandRow } from './hand-edits.ts';
import { decodePlan } from './plan-row.ts';
import { readRange } from './range-read.ts';
import { retryingReads } from './read-retry.ts';

/** Reads the plans of an instance in the table `history`, the last one first. */
export function openPastPlans(parts: {
  tablestore: Tablestore;
  history: string;
  clock: Clock;
}): (instanceId: string) => Promise<readonly HandRow[]> {
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
