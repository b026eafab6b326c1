// The adapter's Tablestore at the endpoint that the environment names, with tables of its own that are removed at the end.
import { afterAll, beforeAll, TestRunner } from 'vitest';
import { TablestoreFault, type Tablestore } from '../../lib/alibaba/tablestore/api.ts';
import { openClient, tablestoreOf } from '../../lib/alibaba/tablestore/sdk-api.ts';
import type { TablestoreEndpoint } from '../conformance-targets.ts';
import type { CreateTableRequest } from '../cloud/tablestore/core/requests.ts';
import type { KeyRange } from '../cloud/tablestore/core/schema.ts';
import type { TablestoreCore } from '../cloud/tablestore/core/tablestore-core.ts';
import type { Faults } from '../cloud/faults.ts';
import { INF_MAX, INF_MIN } from '../cloud/tablestore/core/values.ts';
import {
  needsControl,
  tablesAt,
  type EndpointTables,
} from '../cloud/tablestore/testing/endpoint-tablestore.ts';

/** A Tablestore as a test reaches it. */
export interface ReachedTablestore {
  core: TablestoreCore;
  tablestore: Tablestore;
  faults: Faults;
}

/** A Tablestore with the empty table `t` (p, k) and its local index `t_due` (p, due, k). */
export type OpenTablestore = () => Promise<ReachedTablestore>;

/** Creating tables takes a minute or more. */
const hookTimeoutMs = 300_000;

/**
 * Declares that the suite around it has this table at the endpoint. Each call of the result empties the table. A test that
 * asks for the core or for faults is skipped.
 */
export function tablestoreAt(target: TablestoreEndpoint, table: CreateTableRequest): OpenTablestore {
  const tables = tablesAt(target);
  beforeAll(() => tables.subject.createTable(table), hookTimeoutMs);
  afterAll(() => tables.close(), hookTimeoutMs);
  const tablestore = withFullNames(tablestoreOf(openClient(target, target.key)), tables);
  return async () => {
    await emptied(tables, table);
    return {
      tablestore,
      get core() {
        return skipTest();
      },
      get faults() {
        return skipTest();
      },
    };
  };
}

function skipTest(): never {
  const test = TestRunner.getCurrentTest();
  if (test === undefined) throw new Error(needsControl);
  return test.context.skip(needsControl);
}

/** The same calls on the tables of this run. Faults name the tables as the caller does. */
function withFullNames(tablestore: Tablestore, { fullName, prefix }: EndpointTables): Tablestore {
  const named = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await answer;
    } catch (thrown) {
      if (!(thrown instanceof TablestoreFault)) throw thrown;
      throw new TablestoreFault(thrown.message.replaceAll(prefix, ''), thrown.code, thrown.cause);
    }
  };
  return {
    getRange: (request) => named(tablestore.getRange({ ...request, table: fullName(request.table) })),
    batchGet: (table, keys) => named(tablestore.batchGet(fullName(table), keys)),
    write: (table, write) => named(tablestore.write(fullName(table), write)),
    batchWrite: (table, writes) => named(tablestore.batchWrite(fullName(table), writes)),
    batchDelete: (table, deletes) => named(tablestore.batchDelete(fullName(table), deletes)),
  };
}

/** Deletes all rows. */
async function emptied(
  { subject }: EndpointTables,
  { tableName, primaryKey }: CreateTableRequest,
): Promise<void> {
  const end: KeyRange = primaryKey.map(({ name }) => ({ name, value: INF_MAX }));
  const first: KeyRange = primaryKey.map(({ name }) => ({ name, value: INF_MIN }));
  const direction = 'FORWARD';
  const condition = { rowExistence: 'IGNORE' } as const;
  for (let start: KeyRange | undefined = first; start !== undefined;) {
    const page: Awaited<ReturnType<typeof subject.getRange>> = await subject.getRange({
      tableName,
      direction,
      start,
      end,
      maxVersions: 1,
      limit: 200,
    });
    const rows = page.rows.map((row) => ({ type: 'DELETE' as const, primaryKey: row.primaryKey, condition }));
    if (rows.length > 0) await subject.batchWriteRow({ tables: [{ tableName, rows }] });
    start = page.next;
  }
}
