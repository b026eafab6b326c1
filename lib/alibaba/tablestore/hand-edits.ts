// The rows as the operator's commands read and edit them. An edit writes a person's columns only, like one in the console, so
// that both functions obey or refuse it by the same rules. Unlike one in the console, it has a condition.
import { messageOf } from '../../failures.ts';
import type { PlanRead } from '../../plan/plan-read.ts';
import type { Clock } from '../../ports.ts';
import {
  infMax,
  infMin,
  sortWriteFault,
  TablestoreFault,
  type Cells,
  type Key,
  type KeyBound,
  type Row,
  type Tablestore,
} from './api.ts';
import { decodePlan } from './plan-row.ts';
import { readRange } from './range-read.ts';
import { retryingReads } from './read-retry.ts';
import { sentenceOn } from './refusals.ts';
import { handEdit, type HandEdit } from './row-writes.ts';

/** A row: the cells as they stand, and how the functions read them. */
export interface HandRow {
  regionId: string;
  instanceId: string;
  cells: Cells;
  read: PlanRead;
}

/** What came of an edit. `changed`: the row is not the one that the person saw; `now` is what it is. */
export type HandOutcome =
  { kind: 'written' } | { kind: 'changed'; now: HandRow | undefined } | { kind: 'failed'; message: string };

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

/** Pauses before an edit that was certainly not applied is tried again. */
const pausesMs = [50, 200, 800] as const;

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
      return (await readRange(reads, { table, from, to })).map(rowOf);
    },
    edit: async (seen, edit) => {
      const write = { ...handEdit(seen.cells, edit), key: keyOf(seen) };
      for (let attempt = 0; ; attempt += 1) {
        try {
          await tablestore.write(table, write);
          return { kind: 'written' };
        } catch (thrown) {
          const fault = thrown instanceof TablestoreFault ? thrown : undefined;
          const sort = sortWriteFault(fault?.code);
          const message = fault === undefined ? messageOf(thrown) : sentenceOn(fault, table);
          const pause = pausesMs[attempt];
          if (sort === 'refused' || sort === 'throttled') return { kind: 'failed', message };
          if (sort === 'not-applied') {
            if (pause === undefined) return { kind: 'failed', message };
            await clock.sleep(pause);
            continue;
          }
          // Lost, or without an answer: the row says what happened.
          const [now] = await some([seen]);
          if (now !== undefined && shows(now, edit)) return { kind: 'written' };
          return sort === 'lost' ? { kind: 'changed', now } : { kind: 'failed', message };
        }
      }
    },
  };
}

/** The row as the functions will read it after the edit. */
export function afterEdit({ cells, ...row }: HandRow, { put, remove = [] }: HandEdit): HandRow {
  const kept = Object.entries(cells).filter(([name]) => !(remove as readonly string[]).includes(name));
  return rowOf({ key: keyOf(row), cells: { ...Object.fromEntries(kept), ...put } });
}

/** True where the row has every column of the edit. Another person may have written the same. */
function shows({ cells }: HandRow, { put, remove = [] }: HandEdit): boolean {
  return (
    Object.entries(put).every(([name, value]) => cells[name] === value) &&
    remove.every((name) => cells[name] === undefined)
  );
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
