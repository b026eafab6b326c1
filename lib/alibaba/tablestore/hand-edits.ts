// The rows as the operator's commands read and edit them. An edit writes a person's columns only, like one in the console, so
// that both functions obey or refuse it by the same rules. Unlike one in the console, it has a condition.
import type { PlanRead } from '../../plan/plan-read.ts';
import type { Clock } from '../../ports.ts';
import { infMax, infMin, type Cells, type Key, type KeyBound, type Row, type Tablestore } from './api.ts';
import { editOnce, type EditOutcome } from './conditional-edit.ts';
import { decodePlan } from './plan-row.ts';
import { readRange } from './range-read.ts';
import { retryingReads } from './read-retry.ts';
import { handEdit, type HandEdit } from './row-writes.ts';
import { everything } from './stop-rows.ts';

/** A row: the cells as they stand, and how the functions read them. */
export interface HandRow {
  regionId: string;
  instanceId: string;
  cells: Cells;
  read: PlanRead;
}

/** What came of an edit. */
export type HandOutcome = EditOutcome<HandRow>;

/** The plans table, for a person. */
export interface HandRows {
  /** The rows of one region, or of all. */
  all: (regionId?: string) => Promise<readonly HandRow[]>;
  /** These rows. Those that do not exist are left out. */
  some: (keys: readonly RowName[]) => Promise<readonly HandRow[]>;
  /** Writes the edit, if the row is still as it was seen. */
  edit: (seen: HandRow, edit: HandEdit) => Promise<HandOutcome>;
}

/** Which row. */
export type RowName = Pick<HandRow, 'regionId' | 'instanceId'>;

/** BatchGetRow takes no more. */
const rowsPerGet = 100;

/** Opens the table for one command. */
export function openHandRows(parts: { tablestore: Tablestore; table: string; clock: Clock }): HandRows {
  const { tablestore, table, clock } = parts;
  const reads = retryingReads(tablestore, clock);
  const some: HandRows['some'] = async (keys) => {
    const rows: HandRow[] = [];
    for (let at = 0; at < keys.length; at += rowsPerGet) {
      rows.push(...(await reads.batchGet(table, keys.slice(at, at + rowsPerGet).map(keyOf))).map(rowOf));
    }
    return rows;
  };
  return {
    some,
    all: async (regionId) => {
      const from: KeyBound = { region_id: regionId ?? infMin, instance_id: infMin };
      const to: KeyBound = { region_id: regionId ?? infMax, instance_id: infMax };
      const rows = await readRange(reads, { table, from, to });
      // A stop is no plan.
      return rows.filter(({ key }) => key['region_id'] !== everything).map(rowOf);
    },
    edit: (seen, edit) =>
      editOnce(
        parts,
        { ...handEdit(seen.cells, edit), key: keyOf(seen) },
        { look: async () => (await some([seen]))[0], shows: (now, isLost) => shows(now, edit, isLost) },
      ),
  };
}

/** The row as the functions will read it after the edit. */
export function afterEdit({ cells, ...row }: HandRow, { put, remove = [] }: HandEdit): HandRow {
  const kept = Object.entries(cells).filter(([name]) => !(remove as readonly string[]).includes(name));
  return rowOf({ key: keyOf(row), cells: { ...Object.fromEntries(kept), ...put } });
}

/**
 * True where the row has every column of the edit. Another person may have written the same. Where the edit may have been
 * written, the name of the person may be gone: a function that obeyed takes it into the timeline.
 */
function shows({ cells }: HandRow, { put, remove = [] }: HandEdit, isLost: boolean): boolean {
  const has = ([name, value]: [string, string]): boolean =>
    cells[name] === value || (name === 'edited_by' && !isLost);
  return Object.entries(put).every(has) && remove.every((name) => cells[name] === undefined);
}

function keyOf({ regionId, instanceId }: RowName): Key {
  return { region_id: regionId, instance_id: instanceId };
}

function rowOf(row: Row): HandRow {
  const { region_id: regionId, instance_id: instanceId } = row.key;
  return {
    regionId: String(regionId),
    instanceId: String(instanceId),
    cells: row.cells,
    read: decodePlan(row),
  };
}
