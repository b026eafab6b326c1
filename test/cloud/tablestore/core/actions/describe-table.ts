// DescribeTable and ListTable. They work even while a table is not ready. The description of a table contains its
// indexes.
import { tableNamed, type Instance } from '../instance.ts';
import type { DescribeTableResponse, TableNameRequest } from '../requests.ts';

/** Describes a table. @throws OTSObjectNotExist */
export function describeTable(instance: Instance, request: TableNameRequest): DescribeTableResponse {
  const table = tableNamed(instance, request.tableName);
  return {
    schema: table.schema,
    options: table.options,
    reservedThroughput: table.reservedThroughput,
    lastIncreaseTime: table.createdAt,
    status: instance.now() < table.readyAt ? 'LOADING' : 'ACTIVE',
    indexes: [...table.indexes.values()].map(({ schema }) => schema),
  };
}

/** The names of all tables, sorted. */
export function listTable(instance: Instance): string[] {
  return [...instance.tables.keys()].sort();
}
