// CreateIndex and DropIndex on an existing table. Here an index over existing rows is complete at once. In the real
// service this takes time.
import { objectAlreadyExist, objectNotExist } from '../ots-errors.ts';
import { newIndex } from '../index-rules.ts';
import { findIndex, tableNamed, type Instance } from '../instance.ts';
import type { CreateIndexRequest, DropIndexRequest } from '../requests.ts';
import { checkForIndexes } from '../table-options.ts';

/** Creates an index. @throws OTSObjectNotExist, OTSObjectAlreadyExist, OTSParameterInvalid */
export function createIndex(instance: Instance, request: CreateIndexRequest): void {
  const table = tableNamed(instance, request.tableName);
  checkForIndexes(table.options);
  const index = newIndex(table.schema, request.index, instance.settings.globalIndexDelayMs);
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
