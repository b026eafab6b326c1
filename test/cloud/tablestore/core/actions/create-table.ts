// CreateTable, with its indexes. The table can be described at once. A setting decides when it can be used.
import { checkTableName, isName } from '../names.ts';
import { objectAlreadyExist, parameterInvalid } from '../ots-errors.ts';
import { checkIndexCount, newIndex } from '../index-rules.ts';
import { findIndex, type Instance } from '../instance.ts';
import { DEFINED_COLUMNS, KEY_COLUMNS } from '../limits.ts';
import type { CreateTableRequest } from '../requests.ts';
import { RowStore } from '../row-store.ts';
import type { TableSchema } from '../schema.ts';
import { checkForIndexes, newOptions } from '../table-options.ts';

function checkNames(tableName: string, columns: readonly string[]): void {
  checkTableName(tableName);
  const seen = new Set<string>();
  for (const name of columns) {
    if (!isName(name)) throw parameterInvalid(`Invalid column name: '${name}'.`);
    if (seen.has(name)) throw parameterInvalid(`Duplicated primary key name: '${name}'.`);
    seen.add(name);
  }
}

function schemaOf({ tableName, primaryKey, definedColumns = [] }: CreateTableRequest): TableSchema {
  if (primaryKey.length === 0 || primaryKey.length > KEY_COLUMNS) {
    throw parameterInvalid(`The number of primary key columns must be in range: [1, ${KEY_COLUMNS}].`);
  }
  if (definedColumns.length > DEFINED_COLUMNS) {
    throw parameterInvalid(`The number of defined columns must be in range: [0, ${DEFINED_COLUMNS}].`);
  }
  checkNames(
    tableName,
    [...primaryKey, ...definedColumns].map(({ name }) => name),
  );
  return { tableName, primaryKey, definedColumns };
}

/** Creates a table. @throws OTSObjectAlreadyExist, OTSParameterInvalid */
export function createTable(instance: Instance, request: CreateTableRequest): void {
  const { tableName, indexes = [], reservedThroughput = { read: 0, write: 0 } } = request;
  const schema = schemaOf(request);
  const options = newOptions(request.options);
  if (indexes.length > 0) checkForIndexes(options);
  checkIndexCount(indexes.length);
  const made = indexes.map((index) => newIndex(schema, index, instance));

  const names = [tableName, ...indexes.map(({ name }) => name)];
  const isTaken = (name: string): boolean =>
    instance.tables.has(name) || findIndex(instance, name) !== undefined;
  if (names.some(isTaken) || new Set(names).size !== names.length) throw objectAlreadyExist();

  const now = instance.now();
  instance.tables.set(tableName, {
    schema,
    options,
    reservedThroughput,
    createdAt: now,
    readyAt: now + instance.settings.tableReadyAfterMs,
    rows: new RowStore(),
    indexes: new Map(made.map((index) => [index.schema.name, index])),
  });
}
