// The requests and answers of every operation. Only types: actions/ shows what they mean.
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
      /** Default: true. Otherwise any version of the column may satisfy the condition. */
      latestVersionOnly?: boolean;
    }
  | { type: 'COMPOSITE'; operator: 'NOT' | 'AND' | 'OR'; conditions: readonly ColumnCondition[] };

/** The filter of a read: a condition on rows, or a page of the columns of each row. */
export type Filter = ColumnCondition | { type: 'PAGE'; offset: number; limit: number };

/** The condition of a write. Existence is checked first. */
export interface Condition {
  rowExistence: 'IGNORE' | 'EXPECT_EXIST' | 'EXPECT_NOT_EXIST';
  columnCondition?: ColumnCondition;
}

/** What a write returns. */
export interface ReturnContent {
  returnType: 'NONE' | 'PRIMARY_KEY' | 'AFTER_MODIFY';
  /** The columns for AFTER_MODIFY: columns that the write increments. */
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
  /** LOADING until the table can be read and written. */
  status: 'ACTIVE' | 'LOADING';
  /** As they were given. */
  indexes: readonly (IndexSchema & { isBuilding: boolean })[];
}

/** The search indexes of a table. The local cloud has none. */
export type ListSearchIndexResponse = readonly { tableName: string; indexName: string }[];

export interface CreateIndexRequest {
  tableName: string;
  index: IndexSchema;
  /** Whether the index includes existing rows. Default: false. */
  includeBaseData?: boolean;
}

export interface DropIndexRequest {
  tableName: string;
  indexName: string;
}

/** The versions for a read: `maxVersions`, a range [start, end) of timestamps, or one timestamp. */
export interface VersionChoice {
  maxVersions?: number;
  timeRange?: { start: number; end: number } | { specific: number };
}

export interface ReadOptions extends VersionChoice {
  /** The columns to return. The filter sees only these. Default: all columns. */
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
  /** The row, if returnContent asked for it. */
  row?: Row;
}

export interface GetRangeRequest extends ReadOptions {
  tableName: string;
  direction: 'FORWARD' | 'BACKWARD';
  start: KeyRange;
  end: KeyRange;
  /** The largest number of rows to return. */
  limit?: number;
}

export interface GetRangeResponse {
  consumed: CapacityUnit;
  rows: readonly Row[];
  /** The key at which to continue. Absent at the end of the range. */
  next?: Row['primaryKey'];
}

export interface BatchGetRowRequest {
  tables: readonly (ReadOptions & { tableName: string; primaryKeys: readonly KeyRange[] })[];
}

/** The result of one row in a batch. The batch itself answers 200. */
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
