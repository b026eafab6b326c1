// The emergency stop as the operator's commands read and write it.
import type { Stop } from '../../plan/stop.ts';
import type { Clock } from '../../ports.ts';
import type { Cells, RowWrite, Tablestore } from './api.ts';
import { editOnce, type EditOutcome } from './conditional-edit.ts';
import { retryingReads } from './read-retry.ts';
import { decodeStop, readStopRows, stopKeyOf, type StopColumn } from './stop-rows.ts';

/** The row of one region, or of all, as it stands. */
export interface HandStop {
  /** Absent for all regions. */
  regionId?: string;
  /** Undefined where there is no row. */
  cells: Cells | undefined;
  /** The stop that it sets; undefined where it sets none. */
  stop: Stop | undefined;
  /** What the other rows stop. */
  others: readonly Stop[];
}

/** The stops, for a person. */
export interface HandStops {
  /** What is stopped. */
  all: () => Promise<readonly Stop[]>;
  /** The row of one region; without a region, the one for all. */
  of: (regionId: string | undefined) => Promise<HandStop>;
  /** Writes these columns, if the row is still as it was seen. */
  edit: (
    seen: HandStop,
    put: Readonly<Partial<Record<StopColumn, string>>>,
  ) => Promise<EditOutcome<HandStop>>;
}

/** Opens the table for one command. */
export function openHandStops(parts: { tablestore: Tablestore; table: string; clock: Clock }): HandStops {
  const reads = retryingReads(parts.tablestore, parts.clock);
  const rows = (): ReturnType<typeof readStopRows> => readStopRows(reads, parts.table);
  const of: HandStops['of'] = async (regionId) => {
    const key = stopKeyOf(regionId);
    const all = await rows();
    const row = all.find((one) => one.key['instance_id'] === key['instance_id']);
    const where = regionId === undefined ? {} : { regionId };
    const others = all.flatMap((one) => (one === row ? [] : (decodeStop(one) ?? [])));
    return { ...where, cells: row?.cells, stop: row && decodeStop(row), others };
  };
  return {
    of,
    all: async () => (await rows()).flatMap((row) => decodeStop(row) ?? []),
    edit: (seen, put) =>
      editOnce(parts, writeOf(seen, put), {
        look: () => of(seen.regionId),
        shows: ({ cells }) => Object.entries(put).every(([name, value]) => cells?.[name] === value),
      }),
  };
}

/** A new row only where there is none. Otherwise two persons would not see each other's words. */
function writeOf({ regionId, cells }: HandStop, put: Cells): RowWrite {
  const key = stopKeyOf(regionId);
  if (cells === undefined) return { kind: 'put', key, put, condition: { row: 'must-not-exist' } };
  const { hold } = cells;
  const isMissing = hold === undefined || hold === '';
  return {
    kind: 'update',
    key,
    put,
    condition: { row: 'must-exist', ...(isMissing ? { absent: ['hold'] } : { equals: { hold } }) },
  };
}
