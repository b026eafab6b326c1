// Looks through all rows of a region, but reads only what a filter needs: most rows are final.
import type { Instant } from '../../plan/calendar/instant.ts';
import { infMax, infMin, type Row, type RowFilter, type Tablestore } from './api.ts';
import { readRange } from './range-read.ts';
import { hasEnded, hasEndedBefore, hasWish, isFinalCell, isUnfinished, wishesIn } from './row-filters.ts';
import { exactIso } from './time-cells.ts';

/** The rows of one region in the table `plans`. */
export interface RegionRows {
  reads: Pick<Tablestore, 'getRange'>;
  plans: string;
  regionId: string;
}

/** The instances of the rows that the filter keeps. It sees these columns. */
export async function instancesWhere(
  rows: RegionRows,
  where: RowFilter,
  columns: readonly string[],
): Promise<string[]> {
  return (await rowsWhere(rows, where, columns)).map(instanceOf);
}

/** The instances whose rows are not final or hold a wish, and those whose plans ended before this time, with one scan. */
export async function rowsToSee(
  rows: RegionRows,
  endedBefore: Instant,
): Promise<{ unfinished: readonly string[]; ended: readonly string[] }> {
  const before = exactIso(endedBefore);
  const where = { anyOf: [isUnfinished, hasWish, hasEnded(before)] };
  const found = await rowsWhere(rows, where, ['status', 'retry', 'acknowledged', 'finished_at']);
  return {
    unfinished: found.filter(({ cells }) => !isFinalCell(cells['status']) || wishesIn(cells)).map(instanceOf),
    ended: found.filter(({ cells }) => hasEndedBefore(cells, before)).map(instanceOf),
  };
}

/** The instance of a row. */
export function instanceOf(row: Row): string {
  return String(row.key['instance_id']);
}

function rowsWhere(
  { reads, plans, regionId }: RegionRows,
  where: RowFilter,
  columns: readonly string[],
): Promise<Row[]> {
  return readRange(reads, {
    table: plans,
    from: { region_id: regionId, instance_id: infMin },
    to: { region_id: regionId, instance_id: infMax },
    columns: ['instance_id', ...columns],
    where,
  });
}
