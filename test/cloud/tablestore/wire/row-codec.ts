// Converts rows and keys between PlainBuffer and the engine.
import { parameterInvalid } from '../core/ots-errors.ts';
import type { CapacityUnit, ColumnChange, ColumnInput, KeyRange, PrimaryKey, Row } from '../core/schema.ts';
import type { ColumnValue } from '../core/values.ts';
import type { PbCapacity } from './messages.ts';
import { AUTO_INCREMENT, CELL_OPERATION, type PlainCell, type PlainRow } from './plain-buffer-format.ts';
import { readRow } from './plain-buffer-reader.ts';
import { writeRow, writeRows } from './plain-buffer-writer.ts';

function keyColumn({ name, value, timestamp, operation }: PlainCell): KeyRange[number] {
  if (operation !== undefined) {
    throw parameterInvalid(`OpType cannot be given for primary key name :'${name}'.`);
  }
  if (timestamp !== undefined) {
    throw parameterInvalid(`Timestamp cannot be given for primary key name:'${name}'.`);
  }
  if (value === undefined) throw parameterInvalid(`No value is given for primary key name:'${name}'.`);
  if (value === AUTO_INCREMENT) {
    throw parameterInvalid('The local cloud has no auto-increment primary keys.');
  }
  if (typeof value === 'number') throw parameterInvalid('double can not be used as primary key.');
  if (typeof value === 'boolean') throw parameterInvalid('boolean can not be used as primary key.');
  return { name, value };
}

function keyOf(row: PlainRow): KeyRange {
  if (row.primaryKey.length === 0) throw parameterInvalid('Cell data broken, PK is empty.');
  return row.primaryKey.map(keyColumn);
}

function columnValue({ name, value }: PlainCell): ColumnValue {
  if (value === undefined || typeof value === 'symbol') {
    throw parameterInvalid(`Cell data broken, attr has no value, name:'${name}'.`);
  }
  return value;
}

// A timestamp has 64 bits on the wire and 53 exact bits here. Larger timestamps are never valid, so this is enough.
function stamped({ timestamp }: PlainCell): { timestamp?: number } {
  return timestamp === undefined ? {} : { timestamp: Number(timestamp) };
}

/** A key without columns, for reads and ranges. @throws OTSParameterInvalid */
export function decodeKey(bytes: Uint8Array): KeyRange {
  const row = readRow(bytes);
  if (row.cells.length > 0) throw parameterInvalid('Attribute column cannot be given while reading data.');
  if (row.isDeleted) throw parameterInvalid('Delete marker cannot be given.');
  return keyOf(row);
}

/** The row of PutRow. @throws OTSParameterInvalid */
export function decodePut(bytes: Uint8Array): { primaryKey: KeyRange; columns: ColumnInput[] } {
  const row = readRow(bytes);
  if (row.isDeleted) {
    throw parameterInvalid('Invalid request of put/update row: unexpected RowDeleteMarker in request.');
  }
  const columns = row.cells.map((cell) => {
    if (cell.operation !== undefined) {
      throw parameterInvalid(`OpType cannot be given for column name:'${cell.name}' in PutRow.`);
    }
    return { name: cell.name, value: columnValue(cell), ...stamped(cell) };
  });
  return { primaryKey: keyOf(row), columns };
}

function change(cell: PlainCell): ColumnChange {
  const { name, operation, timestamp } = cell;
  switch (operation) {
    case undefined:
      return { type: 'PUT', name, value: columnValue(cell), ...stamped(cell) };
    case CELL_OPERATION.INCREMENT:
      return { type: 'INCREMENT', name, value: columnValue(cell), ...stamped(cell) };
    case CELL_OPERATION.DELETE_ALL_VERSIONS:
      if (timestamp === undefined) return { type: 'DELETE_ALL', name };
      throw parameterInvalid('Timestamp cannot be given when type is DELETE_ALL_VERSION.');
    case CELL_OPERATION.DELETE_ONE_VERSION:
      if (timestamp !== undefined) return { type: 'DELETE', name, timestamp: Number(timestamp) };
      throw parameterInvalid('Timestamp must be given when type is DELETE_ONE_VERSION.');
    default:
      throw parameterInvalid(`Invalid op type of cell: ${operation}.`);
  }
}

/** The row of UpdateRow. @throws OTSParameterInvalid */
export function decodeUpdate(bytes: Uint8Array): { primaryKey: KeyRange; changes: ColumnChange[] } {
  const row = readRow(bytes);
  if (row.isDeleted) {
    throw parameterInvalid('Invalid request of put/update row: unexpected RowDeleteMarker in request.');
  }
  return { primaryKey: keyOf(row), changes: row.cells.map(change) };
}

/** The row of DeleteRow. @throws OTSParameterInvalid */
export function decodeDelete(bytes: Uint8Array): { primaryKey: KeyRange } {
  const row = readRow(bytes);
  if (!row.isDeleted) {
    throw parameterInvalid('Invalid request of delete row: missing RowDeleteMarker in request.');
  }
  if (row.cells.length > 0) {
    throw parameterInvalid('Invalid delete row request: unexpected cells in request.');
  }
  return { primaryKey: keyOf(row) };
}

function plain({ primaryKey, columns }: Row): PlainRow {
  const cells = columns.map(({ name, value, timestamp }) => ({
    name,
    value,
    timestamp: BigInt(timestamp),
  }));
  return { primaryKey, cells, isDeleted: false };
}

/** A row of an answer. An empty buffer if there is no row. */
export function encodeRow(row: Row | undefined): Buffer {
  return row === undefined ? Buffer.alloc(0) : writeRow(plain(row));
}

/** The rows of GetRange. */
export function encodeRows(rows: readonly Row[]): Buffer {
  return writeRows(rows.map(plain));
}

/** The key at which GetRange continues. */
export function encodeKey(primaryKey: PrimaryKey): Buffer {
  return writeRow({ primaryKey, cells: [], isDeleted: false });
}

/** Capacity units of an answer. */
export function encodeCapacity({ read, write }: CapacityUnit): PbCapacity {
  return { capacityUnit: { read, write } };
}
