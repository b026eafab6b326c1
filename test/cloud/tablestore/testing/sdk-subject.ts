// The subject that reaches Tablestore through the real client, a socket and the server.
import type { BatchRowResult } from '../core/requests.ts';
import { parseSdkError } from './sdk-error.ts';
import {
  batchWriteOf,
  changesOf,
  columnsOf,
  conditionOf,
  createTableOf,
  indexMetaOf,
  readOf,
  returnOf,
} from './sdk-requests.ts';
import { keyFromSdk, keyToSdk, rowFromSdk } from './sdk-values.ts';
import type { SdkBatchRow, SdkClient, SdkRow } from './sdk.ts';
import { START, type Subject } from './subject.ts';

async function translated<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw parseSdkError(error);
  }
}

function batchRow(row: SdkBatchRow): BatchRowResult {
  const consumed = { read: row.capacityUnit.read, write: row.capacityUnit.write };
  if (!row.isOk) {
    return { ok: false, code: row.errorCode ?? '', message: row.errorMessage ?? '', consumed };
  }
  if (row.primaryKey === null || row.primaryKey === undefined) return { ok: true, consumed };
  const present: SdkRow = { primaryKey: row.primaryKey, attributes: row.attributes ?? [] };
  const read = rowFromSdk(present);
  return { ok: true, consumed, ...(read && { row: read }) };
}

function units({ capacityUnit: { read, write } }: { capacityUnit: { read: number; write: number } }): {
  read: number;
  write: number;
} {
  return { read, write };
}

function grouped(
  names: readonly string[],
  sizes: readonly number[],
  rows: readonly BatchRowResult[],
): {
  tables: { tableName: string; rows: BatchRowResult[] }[];
} {
  let from = 0;
  const tables = names.map((tableName, i) => {
    const to = from + (sizes[i] ?? 0);
    const part = rows.slice(from, to);
    from = to;
    return { tableName, rows: part };
  });
  return { tables };
}

function tableMethods(
  client: SdkClient,
): Omit<Subject, keyof ReturnType<typeof rowMethods> | keyof ReturnType<typeof batchMethods>> {
  return {
    createTable: async (request) => {
      await translated(client.createTable(createTableOf(request)));
    },
    listTable: async () => (await translated(client.listTable({}))).tableNames,
    describeTable: async (request) => {
      const answer = await translated(client.describeTable(request));
      const { primaryKey, definedColumn, tableName } = answer.tableMeta;
      const keyTypes = { 1: 'INTEGER', 2: 'STRING', 3: 'BINARY' } as const;
      const columnTypes = { 1: 'INTEGER', 2: 'DOUBLE', 3: 'BOOLEAN', 4: 'STRING', 7: 'BINARY' } as const;
      const { timeToLive, maxVersions, allowUpdate } = answer.tableOptions;
      return {
        schema: {
          tableName,
          primaryKey: primaryKey.map(({ name, type }) => ({ name, type: keyTypes[type as 1 | 2 | 3] })),
          definedColumns: definedColumn.map(({ name, type }) => ({
            name,
            type: columnTypes[type as 1 | 2 | 3 | 4 | 7],
          })),
        },
        options: { timeToLive, maxVersions, allowUpdate, maxTimeDeviation: 86_400 },
        reservedThroughput: units(answer.reservedThroughputDetails),
        lastIncreaseTime: START,
        status: answer.tableStatus === 1 ? 'ACTIVE' : 'LOADING',
        indexes: answer.indexMetas.map((index) => ({
          name: index.name,
          primaryKey: index.primaryKey,
          definedColumns: index.definedColumn,
          type: index.indexType === 1 ? 'LOCAL' : 'GLOBAL',
          updateMode: index.indexUpdateMode === 1 ? 'SYNC' : 'ASYNC',
          isBuilding: index.indexSyncPhase === 'FULL',
        })),
      };
    },
    listSearchIndex: async (request) => {
      const { indices } = await translated(client.listSearchIndex(request));
      return indices.map(({ tableName, indexName }) => ({ tableName, indexName }));
    },
    createIndex: async ({ tableName, index, includeBaseData = false }) => {
      const params = { mainTableName: tableName, indexMeta: indexMetaOf(index), includeBaseData };
      await translated(client.createIndex(params));
    },
    dropIndex: async ({ tableName, indexName }) => {
      await translated(client.dropIndex({ mainTableName: tableName, indexName }));
    },
    updateTable: async ({ tableName, options }) => {
      const answer = await translated(client.updateTable({ tableName, tableOptions: options }));
      const { timeToLive, maxVersions, allowUpdate } = answer.tableOptions;
      return {
        options: { timeToLive, maxVersions, allowUpdate, maxTimeDeviation: 86_400 },
        reservedThroughput: units(answer.reservedThroughputDetails),
        lastIncreaseTime: START,
      };
    },
    deleteTable: async (request) => {
      await translated(client.deleteTable(request));
    },
  };
}

function rowMethods(
  client: SdkClient,
): Pick<Subject, 'getRow' | 'putRow' | 'updateRow' | 'deleteRow' | 'getRange'> {
  const answered = ({
    consumed,
    row,
  }: {
    consumed: Parameters<typeof units>[0];
    row: SdkRow;
  }): {
    consumed: ReturnType<typeof units>;
    row?: NonNullable<ReturnType<typeof rowFromSdk>>;
  } => {
    const read = rowFromSdk(row);
    return { consumed: units(consumed), ...(read && { row: read }) };
  };
  return {
    getRow: async ({ tableName, primaryKey, ...options }) =>
      answered(
        await translated(client.getRow({ tableName, primaryKey: keyToSdk(primaryKey), ...readOf(options) })),
      ),
    putRow: async ({ tableName, primaryKey, condition, columns, returnContent }) =>
      answered(
        await translated(
          client.putRow({
            tableName,
            primaryKey: keyToSdk(primaryKey),
            condition: conditionOf(condition),
            attributeColumns: columnsOf(columns),
            ...returnOf(returnContent),
          }),
        ),
      ),
    updateRow: async ({ tableName, primaryKey, condition, changes, returnContent }) =>
      answered(
        await translated(
          client.updateRow({
            tableName,
            primaryKey: keyToSdk(primaryKey),
            condition: conditionOf(condition),
            updateOfAttributeColumns: changesOf(changes),
            ...returnOf(returnContent),
          }),
        ),
      ),
    deleteRow: async ({ tableName, primaryKey, condition, returnContent }) =>
      answered(
        await translated(
          client.deleteRow({
            tableName,
            primaryKey: keyToSdk(primaryKey),
            condition: conditionOf(condition),
            ...returnOf(returnContent),
          }),
        ),
      ),
    getRange: async ({ tableName, direction, start, end, limit, ...options }) => {
      const answer = await translated(
        client.getRange({
          tableName,
          direction,
          inclusiveStartPrimaryKey: keyToSdk(start),
          exclusiveEndPrimaryKey: keyToSdk(end),
          limit,
          ...readOf(options),
        }),
      );
      const next = answer.nextStartPrimaryKey;
      return {
        consumed: units(answer.consumed),
        rows: answer.rows.flatMap((row) => rowFromSdk(row) ?? []),
        ...(next && { next: keyFromSdk(next) }),
      };
    },
  };
}

function batchMethods(client: SdkClient): Pick<Subject, 'batchGetRow' | 'batchWriteRow'> {
  return {
    batchGetRow: async ({ tables }) => {
      const answer = await translated(
        client.batchGetRow({
          tables: tables.map(({ tableName, primaryKeys, ...options }) => ({
            tableName,
            primaryKey: primaryKeys.map(keyToSdk),
            ...readOf(options),
          })),
        }),
      );
      return grouped(
        tables.map(({ tableName }) => tableName),
        tables.map(({ primaryKeys }) => primaryKeys.length),
        answer.tables.flat().map(batchRow),
      );
    },
    batchWriteRow: async ({ tables }) => {
      const answer = await translated(
        client.batchWriteRow({
          tables: tables.map(({ tableName, rows }) => ({ tableName, rows: rows.map(batchWriteOf) })),
        }),
      );
      return grouped(
        tables.map(({ tableName }) => tableName),
        tables.map(({ rows }) => rows.length),
        answer.tables.map(batchRow),
      );
    },
  };
}

/** The real client as a subject. */
export function throughSdk(client: SdkClient): Subject {
  return { ...tableMethods(client), ...rowMethods(client), ...batchMethods(client) };
}
