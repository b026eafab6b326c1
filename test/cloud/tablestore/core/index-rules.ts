// The rules for an index. The real messages of most of these errors are not documented.
import { isName } from './columns.ts';
import { parameterInvalid } from './ots-errors.ts';
import { IndexTable } from './index-table.ts';
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

/** Creates an index and adds the missing key columns of the table to its key. @throws OTSParameterInvalid */
export function newIndex(table: TableSchema, index: IndexSchema, globalDelayMs: number): IndexTable {
  if (!isName(index.name)) throw parameterInvalid(`Invalid table name: '${index.name}'.`);
  if (index.primaryKey.length === 0) {
    throw parameterInvalid('The number of primary key columns must be in range: [1, 4].');
  }
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
  return new IndexTable(
    { ...index, primaryKey: names },
    names.map((name) => keyColumn(table, name)),
    table.primaryKey,
    index.type === 'LOCAL' ? 0 : globalDelayMs,
  );
}
