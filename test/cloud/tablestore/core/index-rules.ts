// The rules for an index. The real messages of most of these errors are not documented.
import { IndexTable } from './index-table.ts';
import type { Instance } from './instance.ts';
import { INDEX_COLUMNS, INDEXES, KEY_COLUMNS } from './limits.ts';
import { checkTableName } from './names.ts';
import { parameterInvalid } from './ots-errors.ts';
import type { IndexSchema, KeyColumnSchema, TableSchema } from './schema.ts';

function keyColumn(table: TableSchema, name: string): KeyColumnSchema {
  const key = table.primaryKey.find((column) => column.name === name);
  if (key !== undefined) return key;
  const defined = table.definedColumns.find((column) => column.name === name);
  if (defined === undefined) throw parameterInvalid(`Column does not exist:'${name}'.`);
  const { type } = defined;
  if (type === 'DOUBLE' || type === 'BOOLEAN') {
    throw parameterInvalid(`${type.toLowerCase()} can not be used as primary key.`);
  }
  return { name, type };
}

function checkKind(table: TableSchema, index: IndexSchema): void {
  const expected = index.type === 'LOCAL' ? 'SYNC' : 'ASYNC';
  if (index.updateMode !== expected) {
    throw parameterInvalid(`Index '${index.name}' is ${index.type}, so its update mode must be ${expected}.`);
  }
  if (index.type === 'LOCAL' && index.primaryKey[0] !== table.primaryKey[0]?.name) {
    throw parameterInvalid(
      `The first primary key of local index '${index.name}' must be that of the table: '${table.primaryKey[0]?.name ?? ''}'.`,
    );
  }
}

function checkCounts({ primaryKey, definedColumns }: IndexSchema): void {
  if (primaryKey.length === 0 || primaryKey.length > KEY_COLUMNS) {
    throw parameterInvalid(
      `The number of primary key columns must be in range: [1, ${KEY_COLUMNS}] in index.`,
    );
  }
  if (definedColumns.length > INDEX_COLUMNS) {
    throw parameterInvalid(
      `The number of attribute columns must be in range: [0, ${INDEX_COLUMNS}] in index.`,
    );
  }
}

/** Checks how many indexes a table has. @throws OTSParameterInvalid */
export function checkIndexCount(count: number): void {
  if (count > INDEXES) throw parameterInvalid(`Number of index per table exceeds the quota:${INDEXES}.`);
}

/** Creates an index. The missing key columns of the table complete its key. @throws OTSParameterInvalid */
export function newIndex(table: TableSchema, index: IndexSchema, instance: Instance): IndexTable {
  checkTableName(index.name);
  checkCounts(index);
  checkKind(table, index);
  const names = [...new Set([...index.primaryKey, ...table.primaryKey.map(({ name }) => name)])];
  if (new Set(index.primaryKey).size !== index.primaryKey.length) {
    throw parameterInvalid(`Duplicated primary key name in index '${index.name}'.`);
  }
  for (const name of index.definedColumns) {
    if (!table.definedColumns.some((column) => column.name === name)) {
      throw parameterInvalid(`Column does not exist:'${name}'.`);
    }
  }
  const { globalIndexDelayMs, indexReadyAfterMs } = instance.settings;
  return new IndexTable({
    schema: index,
    keySchema: names.map((name) => keyColumn(table, name)),
    tableKey: table.primaryKey,
    lagMs: index.type === 'LOCAL' ? 0 : globalIndexDelayMs,
    readyAt: instance.now() + indexReadyAfterMs,
  });
}
