// Reads PlainBuffer rows and verifies every checksum. It follows the description of the format and does not use the
// SDK's reader. That reader throws on INF_MIN, INF_MAX and every delete or increment, and it would hide bugs of the
// SDK.
import { parameterInvalid } from '../core/ots-errors.ts';
import { INF_MAX, INF_MIN } from '../core/values.ts';
import { ByteReader } from './byte-reader.ts';
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

function readVariant(reader: ByteReader): PlainValue {
  const type = reader.byte();
  switch (type) {
    case VARIANT.INTEGER:
      return reader.int64();
    case VARIANT.DOUBLE:
      return reader.double();
    case VARIANT.BOOLEAN:
      return reader.byte() !== 0;
    case VARIANT.STRING:
      return reader.string(reader.int32());
    case VARIANT.BLOB:
      return reader.bytes(reader.int32());
    case VARIANT.INF_MIN:
      return INF_MIN;
    case VARIANT.INF_MAX:
      return INF_MAX;
    case VARIANT.AUTO_INCREMENT:
      return AUTO_INCREMENT;
    default:
      throw parameterInvalid('data format is invalid, unknown variant type occured.');
  }
}

function expectTag(reader: ByteReader, tag: number): void {
  const actual = reader.byte();
  if (actual !== tag) {
    throw parameterInvalid(`Cell data broken, mismatch tag, actual tag(${actual}), expect(${tag}).`);
  }
}

function skipTag(reader: ByteReader, tag: number): boolean {
  if (reader.peek() !== tag) return false;
  reader.byte();
  return true;
}

function expectChecksum(reader: ByteReader, computed: number): void {
  const given = reader.byte();
  if (given !== computed) {
    throw parameterInvalid(`Cell data broken, checksum is mismatch, ${given} :${computed} :`);
  }
}

// The checksum covers name, value, timestamp and type, in this order. The bytes have another order.
function readCell(reader: ByteReader): { cell: PlainCell; checksum: number } {
  expectTag(reader, TAG.CELL);
  expectTag(reader, TAG.CELL_NAME);
  const name = reader.string(reader.int32());
  const cell: PlainCell = { name };
  let checksum = crc8(0, Buffer.from(name));
  if (skipTag(reader, TAG.CELL_VALUE)) {
    const length = reader.int32();
    const from = reader.position;
    cell.value = readVariant(reader);
    if (reader.position - from !== length) throw parameterInvalid('data format is invalid.');
    checksum = crc8(checksum, reader.since(from));
  }
  if (skipTag(reader, TAG.CELL_TYPE)) cell.operation = reader.byte();
  if (skipTag(reader, TAG.CELL_TIMESTAMP)) {
    const from = reader.position;
    cell.timestamp = reader.int64();
    checksum = crc8(checksum, reader.since(from));
  }
  if (cell.operation !== undefined) checksum = crc8Byte(checksum, cell.operation);
  expectTag(reader, TAG.CELL_CHECKSUM);
  expectChecksum(reader, checksum);
  return { cell, checksum };
}

function readCells(reader: ByteReader, into: PlainCell[], checksum: number): number {
  let sum = checksum;
  while (reader.peek() === TAG.CELL) {
    const read = readCell(reader);
    into.push(read.cell);
    sum = crc8Byte(sum, read.checksum);
  }
  return sum;
}

function readBody(reader: ByteReader): PlainRow {
  const primaryKey: PlainCell[] = [];
  const cells: PlainCell[] = [];
  let checksum = 0;
  if (skipTag(reader, TAG.ROW_PK)) checksum = readCells(reader, primaryKey, checksum);
  if (skipTag(reader, TAG.ROW_DATA)) checksum = readCells(reader, cells, checksum);
  const isDeleted = skipTag(reader, TAG.DELETE_ROW_MARKER);
  checksum = crc8Byte(checksum, isDeleted ? 1 : 0);
  expectTag(reader, TAG.ROW_CHECKSUM);
  expectChecksum(reader, checksum);
  return { primaryKey, cells, isDeleted };
}

function readHeader(reader: ByteReader): void {
  const header = reader.int32();
  if (header === HEADER) return;
  throw parameterInvalid(`Cell data broken, mismatch header, actual: ${header} , expect: ${HEADER}.`);
}

/** Reads one row. Accepts trailing zeros. @throws OTSParameterInvalid if the row is broken */
export function readRow(bytes: Uint8Array): PlainRow {
  const reader = new ByteReader(bytes);
  readHeader(reader);
  const row = readBody(reader);
  reader.expectOnlyZeros();
  return row;
}

/** Reads the rows of a GetRange answer: one header, and then rows without headers. An empty buffer has no rows. */
export function readRows(bytes: Uint8Array): PlainRow[] {
  if (bytes.length === 0) return [];
  const reader = new ByteReader(bytes);
  readHeader(reader);
  const rows: PlainRow[] = [];
  while (reader.peek() !== undefined) rows.push(readBody(reader));
  return rows;
}

/** Reads the constant of a column condition: a value without tag and total length. */
export function readBareVariant(bytes: Uint8Array): PlainValue {
  const reader = new ByteReader(bytes);
  const value = readVariant(reader);
  reader.expectOnlyZeros();
  return value;
}
