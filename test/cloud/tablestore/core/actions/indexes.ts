// CreateIndex and DropIndex on a table that exists. An index over rows that are there already is complete at once;
// the real one takes its time.
import { objectAlreadyExist, objectNotExist } from '../ots-errors.ts';
import { newIndex } from '../index-rules.ts';
import { findIndex, tableNamed, type Instance } from '../instance.ts';
import type { CreateIndexRequest, DropIndexRequest } from '../requests.ts';
import { checkForIndexes } from '../table-options.ts';

/** @throws OTSObjectNotExist, OTSObjectAlreadyExist, OTSParameterInvalid */
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

/** @throws OTSObjectNotExist */
export function dropIndex(instance: Instance, request: DropIndexRequest): void {
  const table = tableNamed(instance, request.tableName);
  if (!table.indexes.delete(request.indexName)) throw objectNotExist();
}
