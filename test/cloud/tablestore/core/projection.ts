// What a read returns of a row. It selects the requested columns and versions, and then applies the filter, which sees
// only these. A row without any requested column is not returned.
import { checkShape, satisfies } from './condition.ts';
import { parameterInvalid } from './ots-errors.ts';
import { COLUMNS_TO_GET } from './limits.ts';
import { named } from './key.ts';
import type { Filter, ReadOptions, VersionChoice } from './requests.ts';
import type { Cell, StoredRow } from './row-store.ts';
import type { KeyColumnSchema, Row } from './schema.ts';
import { compareStrings } from './values.ts';

function checkVersions({ maxVersions, timeRange }: VersionChoice): void {
  if (maxVersions === undefined && timeRange === undefined) {
    throw parameterInvalid('No version condition is specified while querying row.');
  }
  if (maxVersions !== undefined && maxVersions <= 0) {
    throw parameterInvalid(`Invalid max versions: ${maxVersions}. Reason: Max versions must be positive.`);
  }
}

function checkFilter(filter: Filter): void {
  if (filter.type !== 'PAGE') {
    checkShape(filter);
    return;
  }
  if (filter.offset < 0) {
    throw parameterInvalid('Offset in ColumnPaginationFilter must be greater than or equal to 0.');
  }
  if (filter.limit <= 0) throw parameterInvalid('Limit in ColumnPaginationFilter must be greater than 0.');
}

/** Checks the options of a read. @throws OTSParameterInvalid */
export function checkRead(options: ReadOptions): void {
  checkVersions(options);
  if (options.filter !== undefined) checkFilter(options.filter);
  const count = options.columnsToGet?.length ?? 0;
  if (count > COLUMNS_TO_GET) {
    throw parameterInvalid(
      `The number of columns from the request exceeds the limit, limit count: ${COLUMNS_TO_GET} , column count:${count}.`,
    );
  }
}

function isWantedVersion(cell: Cell, { timeRange }: VersionChoice): boolean {
  if (timeRange === undefined) return true;
  if ('specific' in timeRange) return cell.timestamp === timeRange.specific;
  return cell.timestamp >= timeRange.start && cell.timestamp < timeRange.end;
}

/** A row with the names of its key columns, and with sorted columns. */
export function view(
  schema: readonly KeyColumnSchema[],
  row: StoredRow,
  cells: ReadonlyMap<string, Cell> = row.cells,
): Row {
  const columns = [...cells].map(([name, cell]) => ({ name, ...cell }));
  columns.sort((a, b) => compareStrings(a.name, b.name));
  return { primaryKey: named(schema, row.key), columns };
}

/** The part of the row that the read returns, or undefined if it returns nothing. */
export function project(
  schema: readonly KeyColumnSchema[],
  row: StoredRow,
  options: ReadOptions,
): Row | undefined {
  const { columnsToGet = [], filter } = options;
  const wanted = columnsToGet.length === 0 ? undefined : new Set(columnsToGet);
  const cells = new Map(
    [...row.cells].filter(
      ([name, cell]) => (wanted === undefined || wanted.has(name)) && isWantedVersion(cell, options),
    ),
  );
  const hasWantedKey = wanted === undefined || schema.some(({ name }) => wanted.has(name));
  if (cells.size === 0 && !hasWantedKey) return undefined;
  if (filter === undefined) return view(schema, row, cells);
  if (filter.type !== 'PAGE') return satisfies(cells, filter) ? view(schema, row, cells) : undefined;
  const whole = view(schema, row, cells);
  return { ...whole, columns: whole.columns.slice(filter.offset, filter.offset + filter.limit) };
}
