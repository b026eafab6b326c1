// The requests and answers of every operation. Types only; what each means is in actions/.
import type {
  CapacityUnit,
  ColumnChange,
  ColumnInput,
  DefinedColumnSchema,
  IndexSchema,
  KeyColumnSchema,
  KeyRange,
  Row,
  TableOptions,
  TableSchema,
} from './schema.ts';
import type { ColumnValue } from './values.ts';

/** Compares a column with a constant. */
export type Comparator =
  'EQUAL' | 'NOT_EQUAL' | 'GREATER_THAN' | 'GREATER_EQUAL' | 'LESS_THAN' | 'LESS_EQUAL';

/** A condition on the columns of a row. */
export type ColumnCondition =
  | {
      type: 'SINGLE';
      column: string;
      comparator: Comparator;
      value: ColumnValue;
      passIfMissing: boolean;
      /** Accepted; with one version a row it changes nothing. */
      latestVersionOnly?: boolean;
    }
  | { type: 'COMPOSITE'; operator: 'NOT' | 'AND' | 'OR'; conditions: readonly ColumnCondition[] };

/** What a read lets through: rows by a condition, or of each row a page of its columns. */
export type Filter = ColumnCondition | { type: 'PAGE'; offset: number; limit: number };

/** What must hold for a write; existence is looked at first. */
export interface Condition {
  rowExistence: 'IGNORE' | 'EXPECT_EXIST' | 'EXPECT_NOT_EXIST';
  columnCondition?: ColumnCondition;
}

/** What a write answers. */
export interface ReturnContent {
  returnType: 'NONE' | 'PRIMARY_KEY' | 'AFTER_MODIFY';
  /** Columns of AFTER_MODIFY. */
  returnColumns?: readonly string[];
}

export interface CreateTableRequest {
  tableName: string;
  primaryKey: readonly KeyColumnSchema[];
  definedColumns?: readonly DefinedColumnSchema[];
  options: Partial<TableOptions>;
  reservedThroughput?: CapacityUnit;
  indexes?: readonly IndexSchema[];
}

export interface TableNameRequest {
  tableName: string;
}

export interface UpdateTableRequest {
  tableName: string;
  options?: Partial<TableOptions>;
  reservedThroughput?: Partial<CapacityUnit>;
}

export interface UpdateTableResponse {
  options: TableOptions;
  reservedThroughput: CapacityUnit;
  /** Epoch milliseconds. */
  lastIncreaseTime: number;
}

export interface DescribeTableResponse extends UpdateTableResponse {
  schema: TableSchema;
  /** LOADING until data can be read and written. */
  status: 'ACTIVE' | 'LOADING';
  /** With the key columns of the table that each index was completed by. */
  indexes: readonly IndexSchema[];
}

export interface CreateIndexRequest {
  tableName: string;
  index: IndexSchema;
  /** Whether rows that exist already enter the index; false unless said otherwise. */
  includeBaseData?: boolean;
}

export interface DropIndexRequest {
  tableName: string;
  indexName: string;
}

/** Which versions a read wants: `maxVersions`, or a range [start, end) of timestamps, or one timestamp. */
export interface VersionChoice {
  maxVersions?: number;
  timeRange?: { start: number; end: number } | { specific: number };
}

export interface ReadOptions extends VersionChoice {
  /** Attribute columns to return, and all that the filter sees; every one unless given. */
  columnsToGet?: readonly string[];
  filter?: Filter;
}

export interface GetRowRequest extends ReadOptions {
  tableName: string;
  primaryKey: KeyRange;
}

export interface GetRowResponse {
  consumed: CapacityUnit;
  row?: Row;
}

export interface WriteRequest {
  tableName: string;
  primaryKey: KeyRange;
  condition: Condition;
  returnContent?: ReturnContent;
}

export interface PutRowRequest extends WriteRequest {
  columns: readonly ColumnInput[];
}

export interface UpdateRowRequest extends WriteRequest {
  changes: readonly ColumnChange[];
}

export type DeleteRowRequest = WriteRequest;

export interface WriteResponse {
  consumed: CapacityUnit;
  /** Where returnContent asked for it. */
  row?: Row;
}

export interface GetRangeRequest extends ReadOptions {
  tableName: string;
  direction: 'FORWARD' | 'BACKWARD';
  start: KeyRange;
  end: KeyRange;
  /** Rows to return at most. */
  limit?: number;
}

export interface GetRangeResponse {
  consumed: CapacityUnit;
  rows: readonly Row[];
  /** Where to go on; absent when the range is done. */
  next?: Row['primaryKey'];
}

export interface BatchGetRowRequest {
  tables: readonly (ReadOptions & { tableName: string; primaryKeys: readonly KeyRange[] })[];
}

/** One row's outcome in a batch; the batch itself answers 200. */
export type BatchRowResult =
  | { ok: true; consumed: CapacityUnit; row?: Row }
  | { ok: false; code: string; message: string; consumed: CapacityUnit };

export interface BatchResponse {
  tables: readonly { tableName: string; rows: readonly BatchRowResult[] }[];
}

/** One write of a batch. */
export type BatchWrite =
  | ({ type: 'PUT' } & Omit<PutRowRequest, 'tableName'>)
  | ({ type: 'UPDATE' } & Omit<UpdateRowRequest, 'tableName'>)
  | ({ type: 'DELETE' } & Omit<DeleteRowRequest, 'tableName'>);

export interface BatchWriteRowRequest {
  tables: readonly { tableName: string; rows: readonly BatchWrite[] }[];
}
