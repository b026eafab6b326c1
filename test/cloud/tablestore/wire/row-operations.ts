// Connects the messages of the operations on single rows and ranges to the core.
import type { WriteResponse } from '../core/requests.ts';
import { parameterInvalid } from '../core/ots-errors.ts';
import { operation, type Operation } from './call.ts';
import { main, sent, type PbRowResult, type PbWrite } from './messages.ts';
import {
  decodeReadOptions,
  decodeReturnContent,
  decodeWriteCondition,
  refuseTransaction,
} from './read-options.ts';
import {
  decodeDelete,
  decodeKey,
  decodePut,
  decodeUpdate,
  encodeCapacity,
  encodeKey,
  encodeRow,
  encodeRows,
} from './row-codec.ts';

function direction(value: number): 'FORWARD' | 'BACKWARD' {
  if (value === 0) return 'FORWARD';
  if (value === 1) return 'BACKWARD';
  throw parameterInvalid(`Invalid direction: ${value}.`);
}

function writeParts(pb: PbWrite): {
  tableName: string;
  condition: ReturnType<typeof decodeWriteCondition>;
} & ReturnType<typeof decodeReturnContent> {
  refuseTransaction(pb.transactionId);
  return {
    tableName: pb.tableName,
    condition: decodeWriteCondition(pb.condition),
    ...decodeReturnContent(pb.returnContent),
  };
}

function encodeWritten({ consumed, row }: WriteResponse): PbRowResult {
  return { consumed: encodeCapacity(consumed), ...(row && { row: encodeRow(row) }) };
}

/** The operations by their names on the wire. */
export const rowOperations: Readonly<Record<string, Operation>> = {
  GetRow: operation({
    request: main.GetRowRequest,
    response: main.GetRowResponse,
    decode: (pb) => {
      refuseTransaction(pb.transactionId);
      return {
        tableName: pb.tableName,
        primaryKey: decodeKey(pb.primaryKey),
        ...decodeReadOptions(pb),
      };
    },
    run: (core, request) => core.getRow(request),
    // The field is required, so a missing row is an empty buffer.
    encode: ({ consumed, row }) => ({ consumed: encodeCapacity(consumed), row: encodeRow(row) }),
  }),
  PutRow: operation({
    request: main.PutRowRequest,
    response: main.PutRowResponse,
    decode: (pb) => ({ ...writeParts(pb), ...decodePut(pb.row) }),
    run: (core, request) => core.putRow(request),
    encode: encodeWritten,
  }),
  UpdateRow: operation({
    request: main.UpdateRowRequest,
    response: main.UpdateRowResponse,
    decode: (pb) => ({ ...writeParts(pb), ...decodeUpdate(pb.rowChange) }),
    run: (core, request) => core.updateRow(request),
    encode: encodeWritten,
  }),
  DeleteRow: operation({
    request: main.DeleteRowRequest,
    response: main.DeleteRowResponse,
    decode: (pb) => ({ ...writeParts(pb), ...decodeDelete(pb.primaryKey) }),
    run: (core, request) => core.deleteRow(request),
    encode: encodeWritten,
  }),
  GetRange: operation({
    request: main.GetRangeRequest,
    response: main.GetRangeResponse,
    decode: (pb) => {
      refuseTransaction(pb.transactionId);
      const limit = sent(pb, 'limit');
      return {
        tableName: pb.tableName,
        direction: direction(pb.direction),
        start: decodeKey(pb.inclusiveStartPrimaryKey),
        end: decodeKey(pb.exclusiveEndPrimaryKey),
        ...decodeReadOptions(pb),
        ...(limit !== undefined && { limit }),
      };
    },
    run: (core, request) => core.getRange(request),
    encode: ({ consumed, rows, next }) => ({
      consumed: encodeCapacity(consumed),
      rows: encodeRows(rows),
      ...(next && { nextStartPrimaryKey: encodeKey(next) }),
    }),
  }),
};
