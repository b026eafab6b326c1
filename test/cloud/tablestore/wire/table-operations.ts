// Connects the messages of the operations on tables and indexes to the core.
import { parameterInvalid } from '../core/ots-errors.ts';
import type { DescribeTableResponse, UpdateTableResponse } from '../core/requests.ts';
import type {
  CapacityUnit,
  DefinedColumnSchema,
  IndexSchema,
  KeyColumnSchema,
  TableOptions,
} from '../core/schema.ts';
import { operation, type Operation } from './call.ts';
import {
  main,
  search,
  sent,
  type PbCapacity,
  type PbIndexMeta,
  type PbTableMeta,
  type PbTableOptions,
} from './messages.ts';
import { encodeCapacity } from './row-codec.ts';

const KEY_TYPES = { INTEGER: 1, STRING: 2, BINARY: 3 } as const;
const COLUMN_TYPES = { INTEGER: 1, DOUBLE: 2, BOOLEAN: 3, STRING: 4, BINARY: 7 } as const;
const STATUS = { ACTIVE: 1, LOADING: 3 } as const;
/** The phases of an index: while it is built from existing rows, and later. */
const SYNC_PHASE = { FULL: 1, INCR: 2 } as const;

function nameOf<N extends string>(types: Readonly<Record<N, number>>, type: number, what: string): N {
  const found = (Object.keys(types) as N[]).find((name) => types[name] === type);
  if (found === undefined) throw parameterInvalid(`${type} is an invalid type for the ${what}.`);
  return found;
}

function keyColumn(pb: PbTableMeta['primaryKey'][number]): KeyColumnSchema {
  const { name, type } = pb;
  if (sent(pb, 'option') !== undefined)
    throw parameterInvalid('The local cloud has no auto-increment primary keys.');
  return { name, type: nameOf(KEY_TYPES, type, 'primary key') };
}

function definedColumn({ name, type }: PbTableMeta['definedColumn'][number]): DefinedColumnSchema {
  return { name, type: nameOf(COLUMN_TYPES, type, 'attribute column') };
}

function tableOptions(pb: PbTableOptions | null | undefined): Partial<TableOptions> {
  if (pb === undefined || pb === null) return {};
  const timeToLive = sent(pb, 'timeToLive');
  const maxVersions = sent(pb, 'maxVersions');
  const deviation = sent(pb, 'deviationCellVersionInSec');
  const allowUpdate = sent(pb, 'allowUpdate');
  return {
    ...(timeToLive !== undefined && { timeToLive }),
    ...(maxVersions !== undefined && { maxVersions }),
    ...(deviation !== undefined && { maxTimeDeviation: Number(String(deviation)) }),
    ...(allowUpdate !== undefined && { allowUpdate }),
  };
}

function throughput(pb: PbCapacity | null | undefined): Partial<CapacityUnit> {
  if (pb === undefined || pb === null) return {};
  const read = sent(pb.capacityUnit, 'read');
  const write = sent(pb.capacityUnit, 'write');
  return { ...(read !== undefined && { read }), ...(write !== undefined && { write }) };
}

function index(pb: PbIndexMeta): IndexSchema {
  return {
    name: pb.name,
    primaryKey: pb.primaryKey,
    definedColumns: pb.definedColumn,
    type: pb.indexType === 1 ? 'LOCAL' : 'GLOBAL',
    updateMode: pb.indexUpdateMode === 1 ? 'SYNC' : 'ASYNC',
  };
}

function encodeIndex(index: DescribeTableResponse['indexes'][number]): PbIndexMeta {
  const { name, primaryKey, definedColumns, type, updateMode, isBuilding } = index;
  return {
    name,
    primaryKey: [...primaryKey],
    definedColumn: [...definedColumns],
    indexType: type === 'LOCAL' ? 1 : 0,
    indexUpdateMode: updateMode === 'SYNC' ? 1 : 0,
    indexSyncPhase: isBuilding ? SYNC_PHASE.FULL : SYNC_PHASE.INCR,
  };
}

function encodeUpdated({ options, reservedThroughput, lastIncreaseTime }: UpdateTableResponse): {
  reservedThroughputDetails: PbCapacity & { lastIncreaseTime: number };
  tableOptions: PbTableOptions;
} {
  const { timeToLive, maxVersions, maxTimeDeviation, allowUpdate } = options;
  return {
    reservedThroughputDetails: {
      ...encodeCapacity(reservedThroughput),
      lastIncreaseTime: Math.floor(lastIncreaseTime / 1000),
    },
    tableOptions: { timeToLive, maxVersions, deviationCellVersionInSec: maxTimeDeviation, allowUpdate },
  };
}

function encodeTableMeta({ schema }: DescribeTableResponse): PbTableMeta {
  return {
    tableName: schema.tableName,
    primaryKey: schema.primaryKey.map(({ name, type }) => ({ name, type: KEY_TYPES[type] })),
    definedColumn: schema.definedColumns.map(({ name, type }) => ({ name, type: COLUMN_TYPES[type] })),
  };
}

const nothing = (): Record<string, never> => ({});

/** The operations by their names on the wire. */
export const tableOperations: Readonly<Record<string, Operation>> = {
  CreateTable: operation({
    request: main.CreateTableRequest,
    response: main.CreateTableResponse,
    decode: (pb) => ({
      tableName: pb.tableMeta.tableName,
      primaryKey: pb.tableMeta.primaryKey.map(keyColumn),
      definedColumns: pb.tableMeta.definedColumn.map(definedColumn),
      options: tableOptions(pb.tableOptions),
      reservedThroughput: { read: 0, write: 0, ...throughput(pb.reservedThroughput) },
      indexes: pb.indexMetas.map(index),
    }),
    run: (core, request) => core.createTable(request),
    encode: nothing,
  }),
  DescribeTable: operation({
    request: main.DescribeTableRequest,
    response: main.DescribeTableResponse,
    decode: ({ tableName }) => ({ tableName }),
    run: (core, request) => core.describeTable(request),
    encode: (described) => ({
      ...encodeUpdated(described),
      tableMeta: encodeTableMeta(described),
      tableStatus: STATUS[described.status],
      indexMetas: described.indexes.map(encodeIndex),
    }),
  }),
  ListTable: operation({
    request: main.ListTableRequest,
    response: main.ListTableResponse,
    decode: nothing,
    run: (core) => core.listTable(),
    encode: (tableNames) => ({ tableNames }),
  }),
  ListSearchIndex: operation({
    request: search.ListSearchIndexRequest,
    response: search.ListSearchIndexResponse,
    decode: ({ tableName }) => ({ tableName }),
    run: (core, request) => core.listSearchIndex(request),
    encode: (indices) => ({ indices: [...indices] }),
  }),
  UpdateTable: operation({
    request: main.UpdateTableRequest,
    response: main.UpdateTableResponse,
    decode: (pb) => ({
      tableName: pb.tableName,
      options: tableOptions(pb.tableOptions),
      reservedThroughput: throughput(pb.reservedThroughput),
    }),
    run: (core, request) => core.updateTable(request),
    encode: encodeUpdated,
  }),
  DeleteTable: operation({
    request: main.DeleteTableRequest,
    response: main.DeleteTableResponse,
    decode: ({ tableName }) => ({ tableName }),
    run: (core, request) => core.deleteTable(request),
    encode: nothing,
  }),
  CreateIndex: operation({
    request: main.CreateIndexRequest,
    response: main.CreateIndexResponse,
    decode: (pb) => ({
      tableName: pb.mainTableName,
      index: index(pb.indexMeta),
      includeBaseData: pb.includeBaseData ?? false,
    }),
    run: (core, request) => core.createIndex(request),
    encode: nothing,
  }),
  DropIndex: operation({
    request: main.DropIndexRequest,
    response: main.DropIndexResponse,
    decode: ({ mainTableName, indexName }) => ({ tableName: mainTableName, indexName }),
    run: (core, request) => core.dropIndex(request),
    encode: nothing,
  }),
};
