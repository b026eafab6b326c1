// Types for the compiled protobuf messages in the Node SDK (lib/protocol/*.proto there). A decoded message has
// defaults for fields that were not sent. `sent` distinguishes the two.
import { createRequire } from 'node:module';

/** A 64-bit integer of protobufjs, or a number. */
export type Int64 = number | { toString(): string };

/** A compiled message: decoding returns `In`, and encoding takes `Out`. */
export interface Message<In, Out = In> {
  decode(bytes: Uint8Array): In;
  encode(message: Out): { finish(): Uint8Array };
}

export interface PbIndexMeta {
  name: string;
  primaryKey: string[];
  definedColumn: string[];
  indexUpdateMode: number;
  indexType: number;
  indexSyncPhase?: number;
}
export interface PbTableMeta {
  tableName: string;
  primaryKey: { name: string; type: number; option?: number }[];
  definedColumn: { name: string; type: number }[];
}
export interface PbTableOptions {
  timeToLive?: number;
  maxVersions?: number;
  deviationCellVersionInSec?: Int64;
  allowUpdate?: boolean;
}
export interface PbCapacity {
  capacityUnit: { read?: number; write?: number };
}
export interface PbCondition {
  rowExistence: number;
  columnCondition?: Uint8Array;
}
export interface PbReturnContent {
  returnType?: number;
  returnColumnNames: string[];
}
export interface PbTimeRange {
  startTime?: Int64;
  endTime?: Int64;
  specificTime?: Int64;
}
export interface PbReadOptions {
  columnsToGet: string[];
  timeRange?: PbTimeRange;
  maxVersions?: number;
  filter?: Uint8Array;
  startColumn?: string;
  endColumn?: string;
}
export interface PbWrite {
  tableName: string;
  condition: PbCondition;
  returnContent?: PbReturnContent;
  transactionId?: string;
}
export interface PbRowResult {
  consumed: PbCapacity;
  row?: Uint8Array;
}
export interface PbBatchRowResult {
  isOk: boolean;
  error?: { code: string; message: string };
  consumed?: PbCapacity;
  row?: Uint8Array;
}
interface PbBatchResponse {
  tables: { tableName: string; rows: PbBatchRowResult[] }[];
}
interface PbThroughputDetails extends PbCapacity {
  lastIncreaseTime: number;
}
type Nothing = Record<string, never>;
type Named = { tableName: string };

/** The part of package main.proto that this server uses. */
interface MainProto {
  Error: Message<{ code: string; message: string }>;
  CreateTableRequest: Message<{
    tableMeta: PbTableMeta;
    reservedThroughput: PbCapacity;
    tableOptions?: PbTableOptions;
    indexMetas: PbIndexMeta[];
  }>;
  CreateTableResponse: Message<Nothing>;
  CreateIndexRequest: Message<{ mainTableName: string; indexMeta: PbIndexMeta; includeBaseData?: boolean }>;
  CreateIndexResponse: Message<Nothing>;
  DropIndexRequest: Message<{ mainTableName: string; indexName: string }>;
  DropIndexResponse: Message<Nothing>;
  UpdateTableRequest: Message<{
    tableName: string;
    reservedThroughput?: PbCapacity;
    tableOptions?: PbTableOptions;
  }>;
  UpdateTableResponse: Message<{
    reservedThroughputDetails: PbThroughputDetails;
    tableOptions: PbTableOptions;
  }>;
  DescribeTableRequest: Message<Named>;
  DescribeTableResponse: Message<{
    tableMeta: PbTableMeta;
    reservedThroughputDetails: PbThroughputDetails;
    tableOptions: PbTableOptions;
    tableStatus: number;
    indexMetas: PbIndexMeta[];
  }>;
  ListTableRequest: Message<Nothing>;
  ListTableResponse: Message<{ tableNames: string[] }>;
  DeleteTableRequest: Message<Named>;
  DeleteTableResponse: Message<Nothing>;
  GetRowRequest: Message<
    PbReadOptions & { tableName: string; primaryKey: Uint8Array; transactionId?: string }
  >;
  GetRowResponse: Message<PbRowResult>;
  PutRowRequest: Message<PbWrite & { row: Uint8Array }>;
  PutRowResponse: Message<PbRowResult>;
  UpdateRowRequest: Message<PbWrite & { rowChange: Uint8Array }>;
  UpdateRowResponse: Message<PbRowResult>;
  DeleteRowRequest: Message<PbWrite & { primaryKey: Uint8Array }>;
  DeleteRowResponse: Message<PbRowResult>;
  BatchGetRowRequest: Message<{
    tables: (PbReadOptions & { tableName: string; primaryKey: Uint8Array[] })[];
  }>;
  BatchGetRowResponse: Message<PbBatchResponse>;
  BatchWriteRowRequest: Message<{
    tables: {
      tableName: string;
      rows: {
        type: number;
        rowChange: Uint8Array;
        condition: PbCondition;
        returnContent?: PbReturnContent;
      }[];
    }[];
    transactionId?: string;
  }>;
  BatchWriteRowResponse: Message<PbBatchResponse>;
  GetRangeRequest: Message<
    PbReadOptions & {
      tableName: string;
      direction: number;
      limit?: number;
      inclusiveStartPrimaryKey: Uint8Array;
      exclusiveEndPrimaryKey: Uint8Array;
      transactionId?: string;
    }
  >;
  GetRangeResponse: Message<{ consumed: PbCapacity; rows: Uint8Array; nextStartPrimaryKey?: Uint8Array }>;
}

export interface PbFilter {
  type: number;
  filter: Uint8Array;
}

/** The part of package filter.proto that this server uses. */
interface FilterProto {
  Filter: Message<PbFilter>;
  SingleColumnValueFilter: Message<{
    comparator: number;
    columnName: string;
    columnValue: Uint8Array;
    filterIfMissing: boolean;
    latestVersionOnly: boolean;
  }>;
  CompositeColumnValueFilter: Message<{ combinator: number; subFilters: PbFilter[] }>;
  ColumnPaginationFilter: Message<{ offset: number; limit: number }>;
}

/** The part of package search.proto that this server uses. */
interface SearchProto {
  ListSearchIndexRequest: Message<{ tableName: string }>;
  ListSearchIndexResponse: Message<{ indices: { tableName: string; indexName: string }[] }>;
}

interface Compiled {
  main: { proto: MainProto };
  filter: { proto: FilterProto };
  search: { proto: SearchProto };
}

const compiled = createRequire(import.meta.url)(
  'tablestore/lib/protocol/tablestore_compiled_proto.js',
) as Compiled;

/** Requests and answers. */
export const main: MainProto = compiled.main.proto;

/** Conditions and filters. */
export const filters: FilterProto = compiled.filter.proto;

/** Search indexes. */
export const search: SearchProto = compiled.search.proto;

/** A field that was on the wire. Undefined if it was not sent and decoding gave a default. */
export function sent<T extends object, K extends keyof T>(message: T, field: K): T[K] | undefined {
  return Object.hasOwn(message, field) ? message[field] : undefined;
}
