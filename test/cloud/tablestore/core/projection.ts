// What a read returns of a row. It selects the requested columns and versions, and then applies the filter, which sees
// only these. A row without any requested column is not returned.
import { satisfies, seenOf } from './condition.ts';
import { named } from './key.ts';
import type { ReadOptions, VersionChoice } from './requests.ts';
import type { Cell, StoredRow, Version } from './row-store.ts';
import type { Column, KeyColumnSchema, Row } from './schema.ts';
import { compareStrings } from './values.ts';
import { cellOf, versionsOf } from './versions.ts';

function isWanted({ timestamp }: Version, { timeRange }: VersionChoice): boolean {
  if (timeRange === undefined) return true;
  if ('specific' in timeRange) return timestamp === timeRange.specific;
  return timestamp >= timeRange.start && timestamp < timeRange.end;
}

/** The versions of a cell that the read asks for. `kept` is how many the table keeps now. */
function wantedOf(cell: Cell, choice: VersionChoice, kept: number): Cell | undefined {
  if (cell.older === undefined) return isWanted(cell, choice) ? cell : undefined;
  const stored = versionsOf(cell).slice(0, kept);
  const wanted = stored.filter((version) => isWanted(version, choice));
  return cellOf(wanted.slice(0, choice.maxVersions ?? wanted.length));
}

/** A row with the names of its key columns, and with sorted columns. Of each column, the newest version comes first. */
export function view(
  schema: readonly KeyColumnSchema[],
  row: StoredRow,
  cells: ReadonlyMap<string, Cell> = row.cells,
): Row {
  const sorted = [...cells].sort(([a], [b]) => compareStrings(a, b));
  const columns = sorted.flatMap(([name, cell]) =>
    versionsOf(cell).map(({ value, timestamp }): Column => ({ name, value, timestamp })),
  );
  return { primaryKey: named(schema, row.key), columns };
}

/** Whose row is read: its key columns, and how many versions its table keeps. */
export interface RowSource {
  readonly keySchema: readonly KeyColumnSchema[];
  readonly maxVersions: number;
}

/** The part of the row that the read returns, or undefined if it returns nothing. */
export function project(
  { keySchema, maxVersions }: RowSource,
  row: StoredRow,
  options: ReadOptions,
): Row | undefined {
  const { columnsToGet = [], filter } = options;
  const wanted = columnsToGet.length === 0 ? undefined : new Set(columnsToGet);
  const cells = new Map<string, Cell>();
  for (const [name, cell] of row.cells) {
    const read = wanted === undefined || wanted.has(name) ? wantedOf(cell, options, maxVersions) : undefined;
    if (read !== undefined) cells.set(name, read);
  }
  const hasWantedKey = wanted === undefined || keySchema.some(({ name }) => wanted.has(name));
  if (cells.size === 0 && !hasWantedKey) return undefined;
  if (filter === undefined) return view(keySchema, row, cells);
  if (filter.type === 'PAGE') {
    const sorted = [...cells].sort(([a], [b]) => compareStrings(a, b));
    return view(keySchema, row, new Map(sorted.slice(filter.offset, filter.offset + filter.limit)));
  }
  return satisfies(seenOf(keySchema, row, cells), filter) ? view(keySchema, row, cells) : undefined;
}
