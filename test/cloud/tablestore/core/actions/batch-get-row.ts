// BatchGetRow: many GetRows in one call. If a row fails, its place in the answer has the error. The call still
// succeeds.
import { parameterInvalid, TablestoreError } from '../ots-errors.ts';
import type { Instance } from '../instance.ts';
import { BATCH_GET_ROWS } from '../limits.ts';
import type { BatchGetRowRequest, BatchResponse, BatchRowResult, GetRowRequest } from '../requests.ts';
import { checkRead } from '../request-rules.ts';
import { getRow } from './get-row.ts';

function check({ tables }: BatchGetRowRequest): void {
  if (tables.length === 0) throw parameterInvalid('No row specified in the request of BatchGetRow.');
  for (const { tableName, ...options } of tables) checkRead(tableName, options);
  const count = tables.reduce((sum, { primaryKeys }) => sum + primaryKeys.length, 0);
  if (count > BATCH_GET_ROWS) {
    throw parameterInvalid(`Rows count exceeds the upper limit: ${BATCH_GET_ROWS}.`);
  }
  const names = new Set<string>();
  for (const { tableName } of tables) {
    if (names.has(tableName)) throw parameterInvalid(`Duplicated table name: '${tableName}'.`);
    names.add(tableName);
  }
}

function attempt(instance: Instance, request: GetRowRequest): BatchRowResult {
  try {
    return { ok: true, ...getRow(instance, request) };
  } catch (error) {
    if (!(error instanceof TablestoreError)) throw error;
    return { ok: false, code: error.code, message: error.message, consumed: { read: 0, write: 0 } };
  }
}

/** Reads the rows. @throws OTSParameterInvalid if the batch as a whole is wrong */
export function batchGetRow(instance: Instance, request: BatchGetRowRequest): BatchResponse {
  check(request);
  return {
    tables: request.tables.map(({ primaryKeys, ...options }) => ({
      tableName: options.tableName,
      rows: primaryKeys.map((primaryKey) => attempt(instance, { ...options, primaryKey })),
    })),
  };
}
