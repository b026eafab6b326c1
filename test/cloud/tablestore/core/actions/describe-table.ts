// DescribeTable, ListTable and ListSearchIndex. They work even while a table is not ready. The description of a table
// contains its indexes.
import { tableNamed, type Instance } from '../instance.ts';
import type { DescribeTableResponse, ListSearchIndexResponse, TableNameRequest } from '../requests.ts';

/** Describes a table. @throws OTSObjectNotExist */
export function describeTable(instance: Instance, request: TableNameRequest): DescribeTableResponse {
  const table = tableNamed(instance, request.tableName);
  return {
    schema: table.schema,
    options: table.options,
    reservedThroughput: table.reservedThroughput,
    lastIncreaseTime: table.createdAt,
    status: instance.now() < table.readyAt ? 'LOADING' : 'ACTIVE',
    indexes: [...table.indexes.values()].map(({ schema, readyAt }) => ({
      ...schema,
      isBuilding: instance.now() < readyAt,
    })),
  };
}

/** The names of all tables, sorted. */
export function listTable(instance: Instance): string[] {
  return [...instance.tables.keys()].sort();
}

/** The search indexes of a table: none, because CreateSearchIndex is not implemented. @throws OTSObjectNotExist */
export function listSearchIndex(instance: Instance, request: TableNameRequest): ListSearchIndexResponse {
  tableNamed(instance, request.tableName);
  return [];
}
