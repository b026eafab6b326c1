// What tables, indexes and rows are made of, as requests and answers carry them. Types only.
import type { ColumnValue, KeyBound, KeyValue } from './values.ts';

/** A primary-key column of a table. The first one is the partition key. */
export interface KeyColumnSchema {
  name: string;
  type: 'STRING' | 'INTEGER' | 'BINARY';
}

/** A predefined column; only these and key columns can be in an index. */
export interface DefinedColumnSchema {
  name: string;
  type: 'STRING' | 'INTEGER' | 'DOUBLE' | 'BOOLEAN' | 'BINARY';
}

/** What of a table cannot be changed later. */
export interface TableSchema {
  tableName: string;
  primaryKey: readonly KeyColumnSchema[];
  definedColumns: readonly DefinedColumnSchema[];
}

/** What of a table can be changed later. */
export interface TableOptions {
  /** Seconds, or -1 for ever. */
  timeToLive: number;
  maxVersions: number;
  /** Seconds that an explicit cell timestamp may lie from now. */
  maxTimeDeviation: number;
  /** Whether UpdateRow is allowed. */
  allowUpdate: boolean;
}

/** An index on a table. A LOCAL one is SYNC, a GLOBAL one ASYNC. */
export interface IndexSchema {
  name: string;
  /** Key and predefined columns; key columns of the table that are missing are appended. */
  primaryKey: readonly string[];
  /** Predefined columns that the index carries along. */
  definedColumns: readonly string[];
  type: 'LOCAL' | 'GLOBAL';
  updateMode: 'SYNC' | 'ASYNC';
}

/** Capacity units: 4 KB each. */
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

/** A primary key in which columns may be INF_MIN or INF_MAX. */
export type KeyRange = readonly KeyColumn<KeyBound>[];

/** An attribute column as it is read. */
export interface Column {
  name: string;
  value: ColumnValue;
  /** Epoch milliseconds: the cell's version. */
  timestamp: number;
}

/** A row as it is read; columns are sorted by name. */
export interface Row {
  primaryKey: PrimaryKey;
  columns: readonly Column[];
}

/** A column to be written; without a timestamp the moment of the write is its version. */
export interface ColumnInput {
  name: string;
  value: ColumnValue;
  timestamp?: number;
}

/** One change of UpdateRow. */
export type ColumnChange =
  | { type: 'PUT'; name: string; value: ColumnValue; timestamp?: number }
  /** Removes the version with just this timestamp. */
  | { type: 'DELETE'; name: string; timestamp: number }
  | { type: 'DELETE_ALL'; name: string }
  /** Adds an INTEGER; a missing column counts as 0. */
  | { type: 'INCREMENT'; name: string; value: ColumnValue; timestamp?: number };
