// CreateIndex and DropIndex on an existing table. In the real service an index over existing rows takes time. Here it is
// complete when `indexReadyAfterMs` is over.
import { objectAlreadyExist, objectNotExist } from '../ots-errors.ts';
import { checkIndexCount, newIndex } from '../index-rules.ts';
import { findIndex, tableNamed, type Instance } from '../instance.ts';
import type { CreateIndexRequest, DropIndexRequest } from '../requests.ts';
import { checkForIndexes } from '../table-options.ts';

/** Creates an index. @throws OTSObjectNotExist, OTSObjectAlreadyExist, OTSParameterInvalid */
export function createIndex(instance: Instance, request: CreateIndexRequest): void {
  const table = tableNamed(instance, request.tableName);
  checkForIndexes(table.options);
  checkIndexCount(table.indexes.size + 1);
  const index = newIndex(table.schema, request.index, instance);
  const { name } = request.index;
  if (instance.tables.has(name) || findIndex(instance, name) !== undefined) throw objectAlreadyExist();
  table.indexes.set(name, index);
  if (request.includeBaseData !== true) return;
  for (const row of table.rows.all()) index.follow(undefined, row, table.createdAt);
}

/** Deletes an index. @throws OTSObjectNotExist */
export function dropIndex(instance: Instance, request: DropIndexRequest): void {
  const table = tableNamed(instance, request.tableName);
  if (!table.indexes.delete(request.indexName)) throw objectNotExist();
}
