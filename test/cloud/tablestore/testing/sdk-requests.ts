// Converts requests from the core's form to the Node SDK's.
import type {
  BatchWrite,
  ColumnCondition,
  Condition,
  CreateTableRequest,
  Filter,
  ReadOptions,
  ReturnContent,
} from '../core/requests.ts';
import type { ColumnChange, ColumnInput, IndexSchema } from '../core/schema.ts';
import { sdk } from './sdk.ts';
import { keyToSdk, toSdk } from './sdk-values.ts';

function columnCondition(condition: ColumnCondition): object {
  if (condition.type === 'SINGLE') {
    const { column, value, comparator, passIfMissing, latestVersionOnly = true } = condition;
    return new sdk.SingleColumnCondition(
      column,
      toSdk(value),
      sdk.ComparatorType[comparator] ?? -1,
      passIfMissing,
      latestVersionOnly,
    );
  }
  const composite = new sdk.CompositeCondition(sdk.LogicalOperator[condition.operator]);
  for (const inner of condition.conditions) composite.addSubCondition(columnCondition(inner));
  return composite;
}

function filterOf(filter: Filter): object {
  if (filter.type === 'PAGE') return new sdk.ColumnPaginationFilter(filter.limit, filter.offset);
  return columnCondition(filter);
}

/** The condition of a write. */
export function conditionOf({ rowExistence, columnCondition: column }: Condition): object {
  return new sdk.Condition(
    sdk.RowExistenceExpectation[rowExistence],
    column === undefined ? null : columnCondition(column),
  );
}

/** What a write should return. */
export function returnOf(content: ReturnContent | undefined): object {
  if (content === undefined) return {};
  const returnType = { NONE: 0, PRIMARY_KEY: 1, AFTER_MODIFY: 2 }[content.returnType];
  return { returnContent: { returnType, returnColumns: content.returnColumns } };
}

/** The options of a read. */
export function readOf({ columnsToGet, filter, maxVersions, timeRange }: ReadOptions): object {
  const range =
    timeRange &&
    ('specific' in timeRange
      ? { specificTime: timeRange.specific }
      : { startTime: timeRange.start, endTime: timeRange.end });
  return {
    columnsToGet,
    columnFilter: filter && filterOf(filter),
    maxVersions,
    timeRange: range,
  };
}

/** The columns of PutRow. */
export function columnsOf(columns: readonly ColumnInput[]): object[] {
  return columns.map(({ name, value, timestamp }) => ({
    [name]: toSdk(value),
    ...(timestamp !== undefined && { timestamp }),
  }));
}

/** The changes of UpdateRow. */
export function changesOf(changes: readonly ColumnChange[]): object[] {
  return changes.map((change) => {
    if (change.type === 'DELETE_ALL') return { DELETE_ALL: [change.name] };
    if (change.type === 'DELETE') return { DELETE: [{ [change.name]: change.timestamp }] };
    return { [change.type]: columnsOf([change]) };
  });
}

/** One write of a batch. */
export function batchWriteOf(row: BatchWrite): object {
  const attributeColumns =
    row.type === 'PUT' ? columnsOf(row.columns) : row.type === 'UPDATE' ? changesOf(row.changes) : [];
  return {
    type: row.type,
    primaryKey: keyToSdk(row.primaryKey),
    attributeColumns,
    condition: conditionOf(row.condition),
    ...returnOf(row.returnContent),
  };
}

const DEFINED = { INTEGER: 1, DOUBLE: 2, BOOLEAN: 3, STRING: 4, BINARY: 7 };

/** An index in a request. */
export function indexMetaOf(index: IndexSchema): object {
  return {
    name: index.name,
    primaryKey: index.primaryKey,
    definedColumn: index.definedColumns,
    indexType: index.type === 'LOCAL' ? 1 : 0,
    indexUpdateMode: index.updateMode === 'SYNC' ? 1 : 0,
  };
}

/** The request of CreateTable. */
export function createTableOf(request: CreateTableRequest): object {
  return {
    tableMeta: {
      tableName: request.tableName,
      primaryKey: request.primaryKey,
      definedColumn: (request.definedColumns ?? []).map(({ name, type }) => ({
        name,
        type: DEFINED[type],
      })),
    },
    reservedThroughput: { capacityUnit: request.reservedThroughput ?? { read: 0, write: 0 } },
    tableOptions: request.options,
    indexMetas: (request.indexes ?? []).map(indexMetaOf),
  };
}
