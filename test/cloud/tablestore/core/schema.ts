// Tables, indexes and rows, as requests and answers contain them. Only types.
import type { ColumnValue, KeyBound, KeyValue } from './values.ts';

/** A primary-key column of a table. The first one is the partition key. */
export interface KeyColumnSchema {
  name: string;
  type: 'STRING' | 'INTEGER' | 'BINARY';
}

/** A predefined column. An index can contain only predefined columns and key columns. */
export interface DefinedColumnSchema {
  name: string;
  type: 'STRING' | 'INTEGER' | 'DOUBLE' | 'BOOLEAN' | 'BINARY';
}

/** The part of a table that cannot change later. */
export interface TableSchema {
  tableName: string;
  primaryKey: readonly KeyColumnSchema[];
  definedColumns: readonly DefinedColumnSchema[];
}

/** The part of a table that can change later. */
export interface TableOptions {
  /** Seconds, or -1 for ever. */
  timeToLive: number;
  maxVersions: number;
  /** How far an explicit timestamp of a cell may differ from now, in seconds. */
  maxTimeDeviation: number;
  /** Whether UpdateRow is allowed. */
  allowUpdate: boolean;
}

/** An index on a table. A LOCAL index is SYNC, and a GLOBAL index is ASYNC. */
export interface IndexSchema {
  name: string;
  /** Key columns and predefined columns, as they were given. Missing key columns of the table complete the key. */
  primaryKey: readonly string[];
  /** Predefined columns that the index contains in addition. */
  definedColumns: readonly string[];
  type: 'LOCAL' | 'GLOBAL';
  updateMode: 'SYNC' | 'ASYNC';
}

/** Capacity units of 4 KB. */
export interface CapacityUnit {
  read: number;
  write: number;
}

/** A primary-key column and its value. */
export interface KeyColumn<V extends KeyBound = KeyValue> {
  name: string;
  value: V;
}

/** The whole primary key of a row, in the order of the schema. */
export type PrimaryKey = readonly KeyColumn[];

/** A primary key whose columns may be INF_MIN or INF_MAX. */
export type KeyRange = readonly KeyColumn<KeyBound>[];

/** An attribute column in an answer. */
export interface Column {
  name: string;
  value: ColumnValue;
  /** The version of the cell, in epoch milliseconds. */
  timestamp: number;
}

/** A row in an answer. Its columns are sorted by name. */
export interface Row {
  primaryKey: PrimaryKey;
  columns: readonly Column[];
}

/** A column to write. Its default timestamp is the time of the write. */
export interface ColumnInput {
  name: string;
  value: ColumnValue;
  timestamp?: number;
}

/** One change of UpdateRow. */
export type ColumnChange =
  | { type: 'PUT'; name: string; value: ColumnValue; timestamp?: number }
  /** Deletes the version with exactly this timestamp. */
  | { type: 'DELETE'; name: string; timestamp: number }
  | { type: 'DELETE_ALL'; name: string }
  /** Adds an INTEGER. A missing column counts as 0. */
  | { type: 'INCREMENT'; name: string; value: ColumnValue; timestamp?: number };
