// What Tablestore checks of a request before it looks for the table and at the key: names, counts, filters, versions. In a
// batch, such a fault refuses the whole call.
import { checkShape } from './condition.ts';
import { COLUMNS_TO_GET, WRITE_COLUMNS } from './limits.ts';
import { checkColumnName, checkTableName } from './names.ts';
import { parameterInvalid } from './ots-errors.ts';
import type { Filter, ReadOptions, ReturnContent, VersionChoice, WriteRequest } from './requests.ts';

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

/** Checks a read. @throws OTSParameterInvalid */
export function checkRead(tableName: string, options: ReadOptions): void {
  checkTableName(tableName);
  options.columnsToGet?.forEach(checkColumnName);
  checkVersions(options);
  if (options.filter !== undefined) checkFilter(options.filter);
  const count = options.columnsToGet?.length ?? 0;
  if (count > COLUMNS_TO_GET) {
    throw parameterInvalid(
      `The number of columns from the request exceeds the limit, limit count: ${COLUMNS_TO_GET}, column count: ${count}.`,
    );
  }
}

function checkReturn(
  { returnType, returnColumns = [] }: ReturnContent,
  incremented: ReadonlySet<string>,
): void {
  if (returnType === 'PRIMARY_KEY' && returnColumns.length > 0) {
    throw parameterInvalid('Return columns cannot be given when the return type is RT_PK.');
  }
  const other = returnColumns.find((name) => !incremented.has(name));
  if (returnType === 'AFTER_MODIFY' && other !== undefined) {
    throw parameterInvalid(`Only incremented columns can be returned, column: '${other}'.`);
  }
}

/** Checks a write. @throws OTSParameterInvalid */
export function checkWrite(
  { tableName, condition, returnContent }: Omit<WriteRequest, 'primaryKey'>,
  columns: readonly { name: string; type?: string }[],
): void {
  checkTableName(tableName);
  for (const { name } of columns) checkColumnName(name);
  if (columns.length > WRITE_COLUMNS) {
    throw parameterInvalid(
      `The number of attribute columns exceeds the limit, limit count: ${WRITE_COLUMNS}, column count: ${columns.length}.`,
    );
  }
  if (condition.columnCondition !== undefined) checkShape(condition.columnCondition);
  if (returnContent === undefined) return;
  const incremented = columns.filter(({ type }) => type === 'INCREMENT');
  checkReturn(returnContent, new Set(incremented.map(({ name }) => name)));
}
