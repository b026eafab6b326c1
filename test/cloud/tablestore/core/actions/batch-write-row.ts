// BatchWriteRow: many writes in one call. Each write is atomic. If a row fails, its place in the answer has the error.
// The call still succeeds. A batch may write one row twice only if all its writes of this row have no condition.
import { FAILED_CONDITION } from '../capacity.ts';
import { reads } from '../condition.ts';
import { parameterInvalid, TablestoreError } from '../ots-errors.ts';
import type { Instance } from '../instance.ts';
import { BATCH_WRITE_BYTES, BATCH_WRITE_ROWS } from '../limits.ts';
import type {
  BatchResponse,
  BatchRowResult,
  BatchWrite,
  BatchWriteRowRequest,
  WriteResponse,
} from '../requests.ts';
import type { KeyRange } from '../schema.ts';
import { sizeOf, type ColumnValue } from '../values.ts';
import { checkWrite } from '../request-rules.ts';
import { deleteRow } from './delete-row.ts';
import { putRow } from './put-row.ts';
import { updateRow } from './update-row.ts';

function write(instance: Instance, tableName: string, row: BatchWrite): WriteResponse {
  switch (row.type) {
    case 'PUT':
      return putRow(instance, { ...row, tableName });
    case 'UPDATE':
      return updateRow(instance, { ...row, tableName });
    case 'DELETE':
      return deleteRow(instance, { ...row, tableName });
  }
}

function attempt(instance: Instance, tableName: string, row: BatchWrite): BatchRowResult {
  try {
    return { ok: true, ...write(instance, tableName, row) };
  } catch (error) {
    if (!(error instanceof TablestoreError)) throw error;
    const { code, message } = error;
    const isCondition = code === 'OTSConditionCheckFail';
    const consumed = isCondition ? FAILED_CONDITION : { read: 0, write: 0 };
    return { ok: false, code, message, consumed };
  }
}

function cellsOf(row: BatchWrite): readonly { name: string; value?: ColumnValue; type?: string }[] {
  if (row.type === 'PUT') return row.columns;
  return row.type === 'UPDATE' ? row.changes : [];
}

function bytesOf(row: BatchWrite): number {
  const keys = row.primaryKey.reduce((sum, { name, value }) => {
    return sum + Buffer.byteLength(name) + (typeof value === 'symbol' ? 0 : sizeOf(value));
  }, 0);
  return cellsOf(row).reduce((sum, { name, value }) => {
    return sum + Buffer.byteLength(name) + (value === undefined ? 0 : sizeOf(value));
  }, keys);
}

function identity(key: KeyRange): string {
  return JSON.stringify(
    key.map(({ name, value }) => [
      name,
      typeof value,
      value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value),
    ]),
  );
}

function checkRepeated(rows: readonly BatchWrite[]): void {
  const conditional = new Map<string, boolean>();
  for (const { primaryKey, condition } of rows) {
    const id = identity(primaryKey);
    const present = conditional.get(id);
    if (present !== undefined && (present || reads(condition))) {
      const what = condition.columnCondition === undefined ? 'row exist expectation' : 'row condition';
      throw parameterInvalid(`Repeated rows do not support ${what} check in BatchModify.`);
    }
    conditional.set(id, reads(condition));
  }
}

function check({ tables }: BatchWriteRowRequest): void {
  const rows = tables.flatMap((table) => table.rows);
  if (tables.length === 0) throw parameterInvalid('No row is specified in BatchWriteRow.');
  if (rows.length > BATCH_WRITE_ROWS) {
    throw parameterInvalid(`Rows count exceeds the upper limit: ${BATCH_WRITE_ROWS}.`);
  }
  const names = new Set<string>();
  for (const table of tables) {
    const { tableName } = table;
    if (names.has(tableName)) throw parameterInvalid(`Duplicated table name: '${tableName}'.`);
    names.add(tableName);
    if (table.rows.length === 0) {
      throw parameterInvalid(`No operation is specified for table: '${tableName}'.`);
    }
    for (const row of table.rows) checkWrite({ ...row, tableName }, cellsOf(row));
    checkRepeated(table.rows);
  }
  const bytes = rows.reduce((sum, row) => sum + bytesOf(row), 0);
  if (bytes > BATCH_WRITE_BYTES) {
    throw parameterInvalid(
      `The total data size of BatchWriteRow request exceeds the limit, limit size: ${BATCH_WRITE_BYTES}, data size:${bytes}.`,
    );
  }
}

/** Writes the rows. @throws OTSParameterInvalid if the batch as a whole is wrong */
export function batchWriteRow(instance: Instance, request: BatchWriteRowRequest): BatchResponse {
  check(request);
  return {
    tables: request.tables.map(({ tableName, rows }) => ({
      tableName,
      rows: rows.map((row) => attempt(instance, tableName, row)),
    })),
  };
}
