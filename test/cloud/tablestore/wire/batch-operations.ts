// Connects the messages of the batch operations to the core.
import { parameterInvalid } from '../core/ots-errors.ts';
import type { BatchResponse, BatchRowResult, BatchWrite } from '../core/requests.ts';
import { operation, type Operation } from './call.ts';
import { main, type PbBatchRowResult, type PbCondition, type PbReturnContent } from './messages.ts';
import {
  decodeReadOptions,
  decodeReturnContent,
  decodeWriteCondition,
  refuseTransaction,
} from './read-options.ts';
import { decodeDelete, decodeKey, decodePut, decodeUpdate, encodeCapacity, encodeRow } from './row-codec.ts';

interface PbBatchWrite {
  type: number;
  rowChange: Uint8Array;
  condition: PbCondition;
  returnContent?: PbReturnContent;
}

function batchWrite(pb: PbBatchWrite): BatchWrite {
  const shared = {
    condition: decodeWriteCondition(pb.condition),
    ...decodeReturnContent(pb.returnContent),
  };
  switch (pb.type) {
    case 1:
      return { type: 'PUT', ...shared, ...decodePut(pb.rowChange) };
    case 2:
      return { type: 'UPDATE', ...shared, ...decodeUpdate(pb.rowChange) };
    case 3:
      return { type: 'DELETE', ...shared, ...decodeDelete(pb.rowChange) };
    default:
      throw parameterInvalid('The type of row in batch write operation is invalid.');
  }
}

function encodeResult(result: BatchRowResult): PbBatchRowResult {
  const consumed = encodeCapacity(result.consumed);
  if (result.ok) return { isOk: true, consumed, ...(result.row && { row: encodeRow(result.row) }) };
  return { isOk: false, consumed, error: { code: result.code, message: result.message } };
}

function encodeBatch({ tables }: BatchResponse): {
  tables: { tableName: string; rows: PbBatchRowResult[] }[];
} {
  return {
    tables: tables.map(({ tableName, rows }) => ({ tableName, rows: rows.map(encodeResult) })),
  };
}

/** The operations by their names on the wire. */
export const batchOperations: Readonly<Record<string, Operation>> = {
  BatchGetRow: operation({
    request: main.BatchGetRowRequest,
    response: main.BatchGetRowResponse,
    decode: (pb) => ({
      tables: pb.tables.map((table) => ({
        tableName: table.tableName,
        primaryKeys: table.primaryKey.map(decodeKey),
        ...decodeReadOptions(table),
      })),
    }),
    run: (core, request) => core.batchGetRow(request),
    encode: encodeBatch,
  }),
  BatchWriteRow: operation({
    request: main.BatchWriteRowRequest,
    response: main.BatchWriteRowResponse,
    decode: (pb) => {
      refuseTransaction(pb.transactionId);
      return {
        tables: pb.tables.map(({ tableName, rows }) => ({ tableName, rows: rows.map(batchWrite) })),
      };
    },
    run: (core, request) => core.batchWriteRow(request),
    encode: encodeBatch,
  }),
};
