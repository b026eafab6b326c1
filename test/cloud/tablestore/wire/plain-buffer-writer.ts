// Writes PlainBuffer rows with their checksums.
import { INF_MAX, INF_MIN } from '../core/values.ts';
import { crc8, crc8Byte } from './crc8.ts';
import {
  AUTO_INCREMENT,
  HEADER,
  TAG,
  VARIANT,
  type PlainCell,
  type PlainRow,
  type PlainValue,
} from './plain-buffer-format.ts';

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}

function int64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(value);
  return bytes;
}

function double(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
}

function variant(value: PlainValue): Buffer {
  const typed = (type: number, ...data: Uint8Array[]): Buffer => Buffer.concat([Buffer.of(type), ...data]);
  if (value === INF_MIN) return typed(VARIANT.INF_MIN);
  if (value === INF_MAX) return typed(VARIANT.INF_MAX);
  if (value === AUTO_INCREMENT) return typed(VARIANT.AUTO_INCREMENT);
  if (typeof value === 'bigint') return typed(VARIANT.INTEGER, int64(value));
  if (typeof value === 'number') return typed(VARIANT.DOUBLE, double(value));
  if (typeof value === 'boolean') return typed(VARIANT.BOOLEAN, Buffer.of(value ? 1 : 0));
  if (typeof value === 'string') {
    const bytes = Buffer.from(value);
    return typed(VARIANT.STRING, int32(bytes.length), bytes);
  }
  return typed(VARIANT.BLOB, int32(value.length), value);
}

// The order of the bytes is value, type, timestamp. The order of the checksum is value, timestamp, type.
function writeCell(cell: PlainCell, out: Uint8Array[]): number {
  const name = Buffer.from(cell.name);
  out.push(Buffer.of(TAG.CELL, TAG.CELL_NAME), int32(name.length), name);
  let checksum = crc8(0, name);
  if (cell.value !== undefined) {
    const value = variant(cell.value);
    out.push(Buffer.of(TAG.CELL_VALUE), int32(value.length), value);
    checksum = crc8(checksum, value);
  }
  if (cell.operation !== undefined) out.push(Buffer.of(TAG.CELL_TYPE, cell.operation));
  if (cell.timestamp !== undefined) {
    const timestamp = int64(cell.timestamp);
    out.push(Buffer.of(TAG.CELL_TIMESTAMP), timestamp);
    checksum = crc8(checksum, timestamp);
  }
  if (cell.operation !== undefined) checksum = crc8Byte(checksum, cell.operation);
  out.push(Buffer.of(TAG.CELL_CHECKSUM, checksum));
  return checksum;
}

function writeBody(row: PlainRow, out: Uint8Array[]): void {
  let checksum = 0;
  out.push(Buffer.of(TAG.ROW_PK));
  for (const cell of row.primaryKey) checksum = crc8Byte(checksum, writeCell(cell, out));
  if (row.cells.length > 0) out.push(Buffer.of(TAG.ROW_DATA));
  for (const cell of row.cells) checksum = crc8Byte(checksum, writeCell(cell, out));
  if (row.isDeleted) out.push(Buffer.of(TAG.DELETE_ROW_MARKER));
  checksum = crc8Byte(checksum, row.isDeleted ? 1 : 0);
  out.push(Buffer.of(TAG.ROW_CHECKSUM, checksum));
}

/** One row with its header. */
export function writeRow(row: PlainRow): Buffer {
  return writeRows([row]);
}

/** The rows of a GetRange answer: one header for all rows, and an empty buffer without rows. */
export function writeRows(rows: readonly PlainRow[]): Buffer {
  if (rows.length === 0) return Buffer.alloc(0);
  const out: Uint8Array[] = [int32(HEADER)];
  for (const row of rows) writeBody(row, out);
  return Buffer.concat(out);
}

/** The constant of a column condition: a value without tag and total length. */
export function writeBareVariant(value: PlainValue): Buffer {
  return variant(value);
}
