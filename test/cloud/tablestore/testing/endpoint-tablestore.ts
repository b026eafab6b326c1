// A Tablestore at any endpoint, for the conformance suites. All tables get a prefix that no other run has, and are removed
// at the end. The callers see the names without the prefix.
import { randomUUID } from 'node:crypto';
import type { TablestoreEndpoint } from '../../../conformance-targets.ts';
import { isName } from '../core/names.ts';
import { TablestoreError } from '../core/ots-errors.ts';
import type { CreateTableRequest } from '../core/requests.ts';
import type { KeyRange } from '../core/schema.ts';
import { INF_MAX, INF_MIN } from '../core/values.ts';
import { throughSdk } from './sdk-subject.ts';
import { sdk } from './sdk.ts';
import type { Subject, TestTablestore } from './subject.ts';

/** Why a test does not run against an endpoint. */
export const needsControl = 'needs control over the cloud: runs against the local cloud only';

/** The tables of one run at an endpoint. */
export interface EndpointTables {
  subject: Subject;
  /** Begins the names of all tables of this run. */
  prefix: string;
  /** The name that the service knows a table by. */
  fullName: (tableName: string) => string;
  /** Removes every table that was created and is still there. */
  close: () => Promise<void>;
}

/** Opens an endpoint. Creates nothing yet. */
export function tablesAt({ endpoint, instance, key }: TablestoreEndpoint): EndpointTables {
  const client = new sdk.Client({
    accessKeyId: key.accessKeyId,
    secretAccessKey: key.accessKeySecret,
    ...(key.securityToken !== undefined && { stsToken: key.securityToken }),
    endpoint,
    instancename: instance,
    maxRetries: 0,
  });
  const real = throughSdk(client);
  const prefix = `conformance_${randomUUID().slice(0, 8)}_`;
  const fullName = fullNames(prefix);
  const own = async (): Promise<string[]> =>
    (await real.listTable()).filter((name) => name.startsWith(prefix));
  return {
    subject: withPrefix(withBareErrors(real, prefix), prefix),
    prefix,
    fullName,
    close: async () => {
      for (const tableName of await own()) await real.deleteTable({ tableName });
    },
  };
}

/** A Tablestore at an endpoint. A test that asks for anything that needs control over the cloud is skipped. */
export function openEndpointTablestore(
  target: TablestoreEndpoint,
  skip: (note: string) => never,
): TestTablestore {
  const { subject, close } = tablesAt(target);
  const refuse = (): never => skip(needsControl);
  return {
    subject,
    close,
    get core() {
      return refuse();
    },
    get clock() {
      return refuse();
    },
    get start() {
      return refuse();
    },
    advance: refuse,
  };
}

/** Adds the prefix. An invalid name stays as it is: with a prefix it could be valid, and no table can get it. */
function fullNames(prefix: string): (name: string) => string {
  return (name) => (isName(name) ? prefix + name : name);
}

/** The same operations. Their errors name tables without the prefix. */
function withBareErrors(real: Subject, prefix: string): Subject {
  const guarded = Object.entries(real).map(([operation, method]) => [
    operation,
    async (...request: unknown[]): Promise<unknown> => {
      try {
        return await (method as (...given: unknown[]) => Promise<unknown>)(...request);
      } catch (error) {
        if (!(error instanceof TablestoreError)) throw error;
        throw new TablestoreError(error.status, error.code, error.message.replaceAll(prefix, ''));
      }
    },
  ]);
  return Object.fromEntries(guarded) as Subject;
}

/** The same operations on tables and indexes whose names begin with the prefix. */
function withPrefix(real: Subject, prefix: string): Subject {
  const fullName = fullNames(prefix);
  const named = <T extends { tableName: string }>(request: T): T => ({
    ...request,
    tableName: fullName(request.tableName),
  });
  const bare = (name: string): string => (name.startsWith(prefix) ? name.slice(prefix.length) : name);
  const bareTables = <T extends { tables: readonly { tableName: string }[] }>(answer: T): T => ({
    ...answer,
    tables: answer.tables.map((table) => ({ ...table, tableName: bare(table.tableName) })),
  });
  return {
    createTable: async (request) => {
      const indexes = (request.indexes ?? []).map((index) => ({ ...index, name: prefix + index.name }));
      const full = { ...named(request), indexes };
      await real.createTable(full);
      await untilReady(real, full);
    },
    listTable: async () => (await real.listTable()).filter((name) => name.startsWith(prefix)).map(bare),
    describeTable: async (request) => {
      const answer = await real.describeTable(named(request));
      return {
        ...answer,
        schema: { ...answer.schema, tableName: bare(answer.schema.tableName) },
        indexes: answer.indexes.map((index) => ({ ...index, name: bare(index.name) })),
      };
    },
    listSearchIndex: (request) => real.listSearchIndex(named(request)),
    createIndex: (request) =>
      real.createIndex({ ...named(request), index: { ...request.index, name: prefix + request.index.name } }),
    dropIndex: (request) => real.dropIndex({ ...named(request), indexName: prefix + request.indexName }),
    updateTable: (request) => real.updateTable(named(request)),
    deleteTable: (request) => real.deleteTable(named(request)),
    getRow: (request) => real.getRow(named(request)),
    putRow: (request) => real.putRow(named(request)),
    updateRow: (request) => real.updateRow(named(request)),
    deleteRow: (request) => real.deleteRow(named(request)),
    getRange: (request) => real.getRange(named(request)),
    batchGetRow: async ({ tables }) => bareTables(await real.batchGetRow({ tables: tables.map(named) })),
    batchWriteRow: async ({ tables }) => bareTables(await real.batchWriteRow({ tables: tables.map(named) })),
  };
}

/** "After CreateTable allow a minute", says Tablestore's documentation; indexes may take longer. */
const readyWithinMs = 180_000;

/** Reads a new table until Tablestore no longer says that it is not ready. */
async function untilReady(real: Subject, request: CreateTableRequest): Promise<void> {
  const bound = (value: typeof INF_MIN | typeof INF_MAX): KeyRange =>
    request.primaryKey.map(({ name }) => ({ name, value }));
  const began = Date.now();
  for (let pause = 50; ; pause = Math.min(2 * pause, 5_000)) {
    try {
      await real.getRange({
        tableName: request.tableName,
        direction: 'FORWARD',
        start: bound(INF_MIN),
        end: bound(INF_MAX),
        maxVersions: 1,
        limit: 1,
      });
      return;
    } catch (error) {
      const mayPass = error instanceof TablestoreError && notReady.includes(error.code);
      if (!mayPass || Date.now() - began > readyWithinMs) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

const notReady: readonly string[] = ['OTSTableNotReady', 'OTSPartitionUnavailable'];
