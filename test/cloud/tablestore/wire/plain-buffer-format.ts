// The constants and the shape of PlainBuffer, the format of rows inside the protobuf messages
// (https://www.alibabacloud.com/help/en/tablestore/developer-reference/plainbuffer). The grammar of names and values
// on that page differs from what the SDKs send: a name is length and bytes, a value is total length, type and data.
import type { ColumnValue, INF_MAX, INF_MIN } from '../core/values.ts';

/** The first four bytes of every buffer. */
export const HEADER = 0x75;

/** The tags in front of the parts of a row. */
export const TAG = {
  ROW_PK: 0x01,
  ROW_DATA: 0x02,
  CELL: 0x03,
  CELL_NAME: 0x04,
  CELL_VALUE: 0x05,
  CELL_TYPE: 0x06,
  CELL_TIMESTAMP: 0x07,
  DELETE_ROW_MARKER: 0x08,
  ROW_CHECKSUM: 0x09,
  CELL_CHECKSUM: 0x0a,
} as const;

/** The types of values. */
export const VARIANT = {
  INTEGER: 0x00,
  DOUBLE: 0x01,
  BOOLEAN: 0x02,
  STRING: 0x03,
  NULL: 0x06,
  BLOB: 0x07,
  INF_MIN: 0x09,
  INF_MAX: 0x0a,
  AUTO_INCREMENT: 0x0b,
} as const;

/** What a cell of an update does, unless it puts its value. */
export const CELL_OPERATION = {
  DELETE_ALL_VERSIONS: 0x01,
  DELETE_ONE_VERSION: 0x03,
  INCREMENT: 0x04,
} as const;

/** Stands for a key value that the service chooses. */
export const AUTO_INCREMENT = Symbol('AUTO_INCREMENT');

/** Anything that a value on the wire can be. */
export type PlainValue = ColumnValue | typeof INF_MIN | typeof INF_MAX | typeof AUTO_INCREMENT;

/** A column on the wire. */
export interface PlainCell {
  name: string;
  value?: PlainValue;
  /** One of CELL_OPERATION. */
  operation?: number;
  timestamp?: bigint;
}

/** A row on the wire. */
export interface PlainRow {
  primaryKey: readonly PlainCell[];
  cells: readonly PlainCell[];
  /** Whether the row has the delete marker. */
  isDeleted: boolean;
}
