// Tablestore through Alibaba's Node client, with its traps removed: the client gives the HTTP status in place of the OTS
// code, leaves promises pending, repeats reads twenty times, writes numbers as DOUBLE, and lets conditions on missing columns
// pass.
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import TableStore from 'tablestore';
import { messageOf } from '../../failures.ts';
import type { Credentials } from '../credentials.ts';
import { within } from '../deadline.ts';
import {
  infMax,
  infMin,
  TablestoreFault,
  type Cell,
  type Cells,
  type Key,
  type KeyBound,
  type Row,
  type RowResult,
  type RowWrite,
  type Tablestore,
} from './api.ts';
import { encodeCell, encodeCondition, encodeFilter } from './sdk-conditions.ts';

/** Tablestore answers within milliseconds. A call that takes this long has failed. */
const callDeadlineMs = 5_000;

/** Where the tables are. */
export interface TablestoreTarget {
  /** With scheme, `https://INSTANCE.cn-hangzhou.ots.aliyuncs.com`. */
  endpoint: string;
  instance: string;
}

/** The connections of one client. Without an agent every HTTPS call needs a TLS handshake of its own. */
export type Connections = HttpAgent;

/** Connections to this target, for one invocation. `destroy` closes them all. */
export function connectionsTo({ endpoint }: TablestoreTarget): Connections {
  return endpoint.startsWith('https:')
    ? new HttpsAgent({ keepAlive: true })
    : new HttpAgent({ keepAlive: true });
}

/** Alibaba's client for one instance. Its credentials cannot change: each invocation opens a new client. */
export function openClient(
  target: TablestoreTarget,
  credentials: Credentials,
  connections = connectionsTo(target),
): TableStore.Client {
  return new TableStore.Client({
    accessKeyId: credentials.accessKeyId,
    secretAccessKey: credentials.accessKeySecret,
    ...(credentials.securityToken === undefined ? {} : { stsToken: credentials.securityToken }),
    endpoint: target.endpoint,
    instancename: target.instance,
    maxRetries: 0,
    httpOptions: { timeout: callDeadlineMs, agent: connections },
  });
}

/** The typed calls of api.ts on Alibaba's client. */
export function tablestoreOf(client: TableStore.Client): Tablestore {
  return { ...readsOf(client), ...writesOf(client) };
}

function readsOf(client: TableStore.Client): Pick<Tablestore, 'getRange' | 'batchGet'> {
  return {
    async getRange({ table, from, to, columns, where, limit }) {
      const answer = await call('GetRange', () =>
        client.getRange({
          tableName: table,
          direction: TableStore.Direction.FORWARD,
          inclusiveStartPrimaryKey: encodeKey(from),
          exclusiveEndPrimaryKey: encodeKey(to),
          maxVersions: 1,
          ...(columns === undefined ? {} : { columnsToGet: [...columns] }),
          ...(where === undefined ? {} : { columnFilter: encodeFilter(where) }),
          ...(limit === undefined ? {} : { limit }),
        }),
      );
      const next = answer.nextStartPrimaryKey;
      return {
        rows: answer.rows.flatMap((row) => decodeRow(row) ?? []),
        ...(next ? { next: decodeKey(next) } : {}),
      };
    },

    async batchGet(table, keys) {
      const tables = [{ tableName: table, primaryKey: keys.map(encodeKey), maxVersions: 1 }];
      const answer = await call('BatchGetRow', () => client.batchGetRow({ tables }));
      const results = complete('BatchGetRow', answer.tables[0], keys.length);
      return results.flatMap((row) => {
        if (!row.isOk)
          throw new TablestoreFault(
            `BatchGetRow: ${row.errorCode} ${row.errorMessage}`,
            row.errorCode ?? undefined,
          );
        return decodeRow(row) ?? [];
      });
    },
  };
}

function writesOf(client: TableStore.Client): Pick<Tablestore, 'write' | 'batchWrite' | 'batchDelete'> {
  const batch = async (table: string, rows: readonly object[]): Promise<RowResult[]> => {
    const answer = await call('BatchWriteRow', () =>
      client.batchWriteRow({ tables: [{ tableName: table, rows }] }),
    );
    return complete('BatchWriteRow', answer.tables, rows.length).map((row): RowResult =>
      row.isOk
        ? { ok: true }
        : { ok: false, code: row.errorCode ?? 'unknown', message: row.errorMessage ?? '' },
    );
  };
  return {
    async write(table, write) {
      const params = {
        tableName: table,
        condition: encodeCondition(write.condition),
        primaryKey: encodeKey(write.key),
      };
      if (write.kind === 'put') {
        await call('PutRow', () => client.putRow({ ...params, attributeColumns: encodeCells(write.put) }));
      } else {
        await call('UpdateRow', () =>
          client.updateRow({ ...params, updateOfAttributeColumns: encodeUpdate(write) }),
        );
      }
    },

    batchWrite: (table, writes) => {
      const rows = writes.map((write) => ({
        type: write.kind === 'put' ? 'PUT' : 'UPDATE',
        condition: encodeCondition(write.condition),
        primaryKey: encodeKey(write.key),
        attributeColumns: write.kind === 'put' ? encodeCells(write.put) : encodeUpdate(write),
      }));
      return batch(table, rows);
    },

    batchDelete: (table, deletes) => {
      const rows = deletes.map(({ key, condition }) => ({
        type: 'DELETE',
        condition: encodeCondition(condition),
        primaryKey: encodeKey(key),
      }));
      return batch(table, rows);
    },
  };
}

/**
 * One call, with our deadline.
 * @throws TablestoreFault, with OTS's code if the answer had one
 */
export async function call<T>(operation: string, send: () => Promise<T>): Promise<T> {
  try {
    return await within(callDeadlineMs, `Tablestore ${operation}`, send());
  } catch (thrown) {
    const { code, words } = readError(messageOf(thrown));
    throw new TablestoreFault(
      `Tablestore ${operation}: ${words.replace(/[^\x20-\x7e]+/g, ' ').trim()}`,
      code,
      thrown,
    );
  }
}

/**
 * OTS's code and words. The client puts the protobuf bytes of the error into the message: a tag, the length and the code, and
 * the same for the words. A length of more than 127 has two bytes, of which the first is not text. Without a code, the whole
 * message is the words.
 */
function readError(message: string): { code: string | undefined; words: string } {
  const [head = '', code] = /^\n[^](OTS[A-Za-z]+)/.exec(message) ?? [];
  const rest = message.slice(head.length);
  if (code === undefined || !rest.startsWith('\u0012'))
    return { code: /OTS[A-Za-z]+/.exec(message)?.[0], words: message };
  return { code, words: `${code} ${rest.slice(rest.charCodeAt(1) < 0x80 ? 2 : 3)}` };
}

/** The client reads an empty answer as an answer without rows. That is no answer: one result per row was expected. */
function complete<T>(operation: string, results: readonly T[] | undefined, asked: number): readonly T[] {
  const given = results?.length ?? 0;
  if (results !== undefined && given === asked) return results;
  throw new TablestoreFault(`Tablestore ${operation} answered for ${given} of ${asked} rows`, undefined);
}

function encodeKey(key: Key | KeyBound): TableStore.NamedValue[] {
  return Object.entries(key).map(([name, value]) => ({ [name]: encodeBound(value) }));
}

function encodeBound(value: Cell | typeof infMin | typeof infMax): TableStore.Value {
  if (value === infMin) return TableStore.INF_MIN;
  if (value === infMax) return TableStore.INF_MAX;
  return encodeCell(value);
}

function encodeCells(cells: Cells): TableStore.NamedValue[] {
  return Object.entries(cells).map(([name, cell]) => ({ [name]: encodeCell(cell) }));
}

function encodeUpdate(write: RowWrite): object[] {
  const remove = write.remove ?? [];
  return [
    ...(Object.keys(write.put).length > 0 ? [{ PUT: encodeCells(write.put) }] : []),
    ...(remove.length > 0 ? [{ DELETE_ALL: remove }] : []),
  ];
}

function decodeRow(row: TableStore.RowData): Row | undefined {
  if (!row.primaryKey || row.primaryKey.length === 0) return undefined;
  const cells = (row.attributes ?? []).map(
    ({ columnName, columnValue }) => [columnName, decodeCell(columnValue)] as const,
  );
  return { key: decodeKey(row.primaryKey), cells: Object.fromEntries(cells) };
}

function decodeKey(columns: readonly TableStore.PrimaryKeyColumn[]): Record<string, Cell> {
  return Object.fromEntries(columns.map(({ name, value }) => [name, decodeCell(value)]));
}

function decodeCell(value: TableStore.Value): Cell {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Buffer.isBuffer(value)) return value;
  return BigInt((value as TableStore.Long).toString());
}
