// Types for the parts of the Node SDK that the tests use, because the SDK has no types. The SDK itself is unmodified.
import { createRequire } from 'node:module';

/** A 64-bit integer of the SDK (int64-buffer). */
export interface SdkLong {
  toBuffer(): Buffer;
}

/** A row of an answer. */
export interface SdkRow {
  primaryKey?: { name: string; value: unknown }[];
  attributes?: { columnName: string; columnValue: unknown; timestamp: SdkLong }[];
}

/** The capacity units of an answer. */
export interface SdkConsumed {
  capacityUnit: { read: number; write: number };
}

/** A row in the answer of a batch. */
export interface SdkBatchRow {
  isOk: boolean;
  errorCode: string | null;
  errorMessage: string | null;
  tableName: string;
  capacityUnit: { read: number; write: number };
  primaryKey: SdkRow['primaryKey'] | null;
  attributes: SdkRow['attributes'] | null;
}

/** The fields of all answers. Each operation sets its own. */
export interface SdkAnswer {
  RequestId: string;
  consumed: SdkConsumed;
  row: SdkRow;
  rows: SdkRow[];
  nextStartPrimaryKey: SdkRow['primaryKey'] | null;
  tableNames: string[];
  tableStatus: number;
  tableMeta: {
    tableName: string;
    primaryKey: { name: string; type: number }[];
    definedColumn: { name: string; type: number }[];
  };
  tableOptions: { timeToLive: number; maxVersions: number; allowUpdate: boolean };
  reservedThroughputDetails: SdkConsumed;
  indexMetas: {
    name: string;
    primaryKey: string[];
    definedColumn: string[];
    indexType: number;
    indexUpdateMode: number;
    indexSyncPhase: string;
  }[];
  indices: { tableName: string; indexName: string }[];
}

type Method<Answer = SdkAnswer> = (params: object) => Promise<Answer>;

/** The client's operations. */
export interface SdkClient {
  createTable: Method;
  describeTable: Method;
  listTable: Method;
  listSearchIndex: Method;
  updateTable: Method;
  deleteTable: Method;
  getRow: Method;
  putRow: Method;
  updateRow: Method;
  deleteRow: Method;
  getRange: Method;
  createIndex: Method;
  dropIndex: Method;
  batchGetRow: Method<{ tables: SdkBatchRow[][] }>;
  batchWriteRow: Method<{ tables: SdkBatchRow[] }>;
}

/** The SDK's exports. */
export interface Sdk {
  Client: new (config: object) => SdkClient;
  Long: { fromNumber(value: number): SdkLong; fromString(value: string): SdkLong };
  INF_MIN: object;
  INF_MAX: object;
  Condition: new (existence: number, column: object | null) => object;
  SingleColumnCondition: new (
    column: string,
    value: unknown,
    comparator: number,
    passIfMissing?: boolean,
    latestVersionOnly?: boolean,
  ) => object;
  CompositeCondition: new (operator: number) => { addSubCondition(condition: object): void };
  ColumnPaginationFilter: new (limit: number, offset: number) => object;
  RowExistenceExpectation: { IGNORE: number; EXPECT_EXIST: number; EXPECT_NOT_EXIST: number };
  ComparatorType: Record<string, number>;
  LogicalOperator: { NOT: number; AND: number; OR: number };
  PlainBufferBuilder: {
    serializePrimaryKey(key: object[]): Buffer;
    serializeForPutRow(key: object[], columns: object[]): Buffer;
    serializeForUpdateRow(key: object[], changes: object[]): Buffer;
    serializeForDeleteRow(key: object[]): Buffer;
    serializeColumnValue(value: unknown): Buffer;
  };
  PlainBufferInputStream: new (bytes: Uint8Array) => object;
  PlainBufferCodedInputStream: new (stream: object) => { readRow(): Required<SdkRow> };
}

/** The SDK. */
export const sdk = createRequire(import.meta.url)('tablestore') as Sdk;
