// Every documented error, as the real client gets it: the errors that requests cause, and the errors that only a fault
// can cause.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BatchWrite, CreateTableRequest } from './core/requests.ts';
import type { KeyRange } from './core/schema.ts';
import { INF_MIN, type ColumnValue } from './core/values.ts';
import { conditionOf } from './testing/sdk-requests.ts';
import { parseSdkError } from './testing/sdk-error.ts';
import { openWireTablestore, type WireTablestore } from './testing/wire-tablestore.ts';
import { START, type Subject } from './testing/subject.ts';

const IGNORE = { rowExistence: 'IGNORE' } as const;

const TABLE: CreateTableRequest = {
  tableName: 't',
  primaryKey: [
    { name: 'pk1', type: 'STRING' },
    { name: 'pk2', type: 'INTEGER' },
  ],
  definedColumns: [
    { name: 'due', type: 'INTEGER' },
    { name: 'ratio', type: 'DOUBLE' },
  ],
  options: { timeToLive: -1, maxVersions: 1 },
};

const KEY: KeyRange = [
  { name: 'pk1', value: 'a' },
  { name: 'pk2', value: 1n },
];

const local = {
  name: 'i',
  primaryKey: ['pk1', 'due'],
  definedColumns: [],
  type: 'LOCAL',
  updateMode: 'SYNC',
} as const;

let tablestore: WireTablestore;
let subject: Subject;

beforeEach(async () => {
  tablestore = await openWireTablestore();
  subject = tablestore.subject;
  await subject.createTable(TABLE);
});

afterEach(() => tablestore.close());

const get = (primaryKey: KeyRange, tableName = 't'): Promise<unknown> =>
  subject.getRow({ tableName, primaryKey, maxVersions: 1 });

const put = (name: string, value: ColumnValue, timestamp?: number): Promise<unknown> =>
  subject.putRow({
    tableName: 't',
    primaryKey: KEY,
    condition: IGNORE,
    columns: [{ name, value, ...(timestamp !== undefined && { timestamp }) }],
  });

const create = (more: Partial<CreateTableRequest>): Promise<unknown> =>
  subject.createTable({ ...TABLE, tableName: 'other', ...more });

const puts = (count: number, bytes = 1): BatchWrite[] =>
  Array.from({ length: count }, (_, i) => ({
    type: 'PUT',
    primaryKey: [
      { name: 'pk1', value: 'a' },
      { name: 'pk2', value: BigInt(i) },
    ],
    condition: IGNORE,
    columns: [{ name: 'c', value: 'x'.repeat(bytes) }],
  }));

const write = (rows: BatchWrite[], tableName = 't'): Promise<unknown> =>
  subject.batchWriteRow({ tables: [{ tableName, rows }] });

const invalid = (message: string): [number, string, string] => [400, 'OTSParameterInvalid', message];
const invalidPk = (message: string): [number, string, string] => [400, 'OTSInvalidPK', message];

const cases: [string, () => Promise<unknown>, [number, string, string]][] = [
  [
    'a condition that fails',
    () =>
      subject.deleteRow({
        tableName: 't',
        primaryKey: KEY,
        condition: { rowExistence: 'EXPECT_EXIST' },
      }),
    [403, 'OTSConditionCheckFail', 'Condition check failed.'],
  ],
  [
    'a table that is missing',
    () => get(KEY, 'nowhere'),
    [404, 'OTSObjectNotExist', 'Requested table does not exist.'],
  ],
  [
    'a table that cannot be described',
    () => subject.describeTable({ tableName: 'nowhere' }),
    [404, 'OTSObjectNotExist', 'Requested table does not exist.'],
  ],
  [
    'a table that cannot be deleted',
    () => subject.deleteTable({ tableName: 'nowhere' }),
    [404, 'OTSObjectNotExist', 'Requested table does not exist.'],
  ],
  [
    'a table created twice',
    () => subject.createTable(TABLE),
    [409, 'OTSObjectAlreadyExist', 'Requested table already exists.'],
  ],
  [
    'a table and an index with the same name',
    () => create({ indexes: [{ ...local, name: 'other' }] }),
    [409, 'OTSObjectAlreadyExist', 'Requested table already exists.'],
  ],
  [
    'a table named like an existing index',
    async () => {
      await create({ indexes: [local] });
      await create({ tableName: 'i' });
    },
    [409, 'OTSObjectAlreadyExist', 'Requested table already exists.'],
  ],
  [
    'a key with too few columns',
    () => get(KEY.slice(0, 1)),
    invalidPk('Validate PK size fail. Input: 1, Meta: 2.'),
  ],
  [
    'a key with a wrong name',
    () => get([{ name: 'pkX', value: 'a' }, ...KEY.slice(1)]),
    invalidPk('Validate PK name fail. Input: pkX, Meta: pk1.'),
  ],
  [
    'a key with a wrong type',
    () => get([...KEY.slice(0, 1), { name: 'pk2', value: '1' }]),
    invalidPk('Validate PK type fail. Input: VT_STRING, Meta: VT_INTEGER.'),
  ],
  [
    'a key of one row with an infinite value',
    () => get([{ name: 'pk1', value: INF_MIN }, ...KEY.slice(1)]),
    invalidPk('Validate PK type fail. Input: VT_INF_MIN, Meta: VT_STRING.'),
  ],
  [
    'a key value of 1,025 bytes',
    () => get([{ name: 'pk1', value: 'x'.repeat(1025) }, ...KEY.slice(1)]),
    invalid("The length of primary key column: 'pk1' exceeds the MaxLength:1024 with CurrentLength:1025."),
  ],
  [
    'an attribute of 2 MB and a byte',
    () => put('c', 'x'.repeat(2_097_153)),
    invalid("The length of attribute column: 'c' exceeds the MaxLength:2097152 with CurrentLength:2097153."),
  ],
  ['a column name that begins with #', () => put('#id', 1n), invalid("Invalid column name: '#id'.")],
  [
    'a column named like a key column',
    () => put('pk1', 'x'),
    invalid("Duplicated attribute column name with primary key column: 'pk1'."),
  ],
  ['a double that is not a number', () => put('c', Number.NaN), invalid("NaN can't be set to double value.")],
  [
    'a timestamp more than a day ahead',
    () => put('c', 1n, START + 86_400_000),
    invalid("Invalid timestamp. Cell:'c'."),
  ],
  [
    'an update without changes',
    () => subject.updateRow({ tableName: 't', primaryKey: KEY, condition: IGNORE, changes: [] }),
    invalid('Attribute column is missing.'),
  ],
  ['201 rows written at once', () => write(puts(201)), invalid('Rows count exceeds the upper limit: 200.')],
  [
    'more than 4 MB written at once',
    () => write(puts(3, 1_500_000)),
    // Each row: 3 + 1 + 3 + 8 bytes of key, 1 + 1,500,000 bytes of column.
    invalid(
      'The total data size of BatchWriteRow request exceeds the limit, limit size: 4194304, data size:4500048.',
    ),
  ],
  [
    'a row written twice under a condition',
    () =>
      write([
        ...puts(1),
        ...puts(1).map((row) => ({ ...row, condition: { rowExistence: 'EXPECT_EXIST' as const } })),
      ]),
    invalid('Repeated rows do not support row exist expectation check in BatchModify.'),
  ],
  ['a table without rows in a batch', () => write([]), invalid("No operation is specified for table: 't'.")],
  [
    '101 rows read at once',
    () =>
      subject.batchGetRow({
        tables: [{ tableName: 't', primaryKeys: puts(101).map((row) => row.primaryKey), maxVersions: 1 }],
      }),
    invalid('Rows count exceeds the upper limit: 100.'),
  ],
  [
    'a batch of reads that names a table twice',
    () => {
      const table = { tableName: 't', primaryKeys: [KEY], maxVersions: 1 };
      return subject.batchGetRow({ tables: [table, table] });
    },
    invalid("Duplicated table name: 't'."),
  ],
  [
    'a batch of writes that names a table twice',
    () => {
      const table = { tableName: 't', rows: puts(1) };
      return subject.batchWriteRow({ tables: [table, table] });
    },
    invalid("Duplicated table name: 't'."),
  ],
  [
    'a batch of reads without a table',
    () => subject.batchGetRow({ tables: [] }),
    invalid('No row specified in the request of BatchGetRow.'),
  ],
  [
    'a range with a limit below one',
    () =>
      subject.getRange({
        tableName: 't',
        direction: 'FORWARD',
        start: KEY,
        end: [{ name: 'pk1', value: 'b' }, ...KEY.slice(1)],
        limit: -1,
        maxVersions: 1,
      }),
    invalid('The limit must be greater than 0.'),
  ],
  [
    'a NOT without a condition',
    () =>
      subject.deleteRow({
        tableName: 't',
        primaryKey: KEY,
        condition: {
          rowExistence: 'IGNORE',
          columnCondition: { type: 'COMPOSITE', operator: 'NOT', conditions: [] },
        },
      }),
    invalid('Invalid NOT operator: the number of sub-filters must be 1.'),
  ],
  ['a table name with a dash', () => create({ tableName: 'a-b' }), invalid("Invalid table name: 'a-b'.")],
  [
    'a table without a key',
    () => create({ primaryKey: [] }),
    invalid('The number of primary key columns must be in range: [1, 4].'),
  ],
  [
    'two columns with the same name',
    () => create({ definedColumns: [{ name: 'pk1', type: 'STRING' }] }),
    invalid("Duplicated primary key name: 'pk1'."),
  ],
  [
    'a time to live of 0',
    () => create({ options: { timeToLive: 0, maxVersions: 1 } }),
    invalid('TimeToLive cannot be 0 or less than -1.'),
  ],
  [
    'a time to live below a day',
    () => create({ options: { timeToLive: 86_399, maxVersions: 1 } }),
    invalid('TimeToLive must be -1 or no less than 86400: 86399.'),
  ],
  [
    'no version',
    () => create({ options: { timeToLive: -1, maxVersions: 0 } }),
    invalid('The maximum versions cannot be less than or equal to 0.'),
  ],
  [
    'an index on a table with two versions',
    () => create({ indexes: [local], options: { timeToLive: -1, maxVersions: 2 } }),
    invalid('A table with indexes needs MaxVersions 1.'),
  ],
  [
    'an index on a column that was not predefined',
    () => create({ indexes: [{ ...local, primaryKey: ['pk1', 'reason'] }] }),
    invalid("Column does not exist:'reason'."),
  ],
  [
    'an index on a double',
    () => create({ indexes: [{ ...local, primaryKey: ['pk1', 'ratio'] }] }),
    invalid('double can not be used as primary key.'),
  ],
  [
    'a local index with another first key',
    () => create({ indexes: [{ ...local, primaryKey: ['due'] }] }),
    invalid("The first primary key of local index 'i' must be that of the table: 'pk1'."),
  ],
  [
    'an asynchronous local index, which is the default of the client',
    () => create({ indexes: [{ ...local, updateMode: 'ASYNC' }] }),
    invalid("Index 'i' is LOCAL, so its update mode must be SYNC."),
  ],
  [
    'an index on a table whose rows expire',
    () => create({ indexes: [local], options: { timeToLive: 86_400, maxVersions: 1 } }),
    invalid('A table with indexes needs TimeToLive -1 or allowUpdate false.'),
  ],
];

describe('a wrong request', () => {
  it.each(cases)('is refused: %s', async (_name, call, [status, code, message]) => {
    const writes = tablestore.core.record.length;
    await expect(call()).rejects.toMatchObject({ status, code, message });
    expect(tablestore.core.record.length).toBe(writes);
  });

  it('gets 404 while the table is not ready', async () => {
    const loading = await openWireTablestore({ tableReadyAfterMs: 1000 });
    await loading.subject.createTable(TABLE);
    const read = loading.subject.getRow({ tableName: 't', primaryKey: KEY, maxVersions: 1 });
    await expect(read).rejects.toMatchObject({
      status: 404,
      code: 'OTSTableNotReady',
      message: 'The table is not ready.',
    });
    expect((await loading.subject.describeTable({ tableName: 't' })).status).toBe('LOADING');
    loading.advance(1000);
    await loading.subject.getRow({ tableName: 't', primaryKey: KEY, maxVersions: 1 });
    await loading.close();
  });

  it('is refused if the real client sends a non-ASCII column name, which it encodes wrongly', async () => {
    const call = tablestore.client.putRow({
      tableName: 't',
      primaryKey: [{ pk1: 'a' }, { pk2: 'b' }],
      condition: conditionOf(IGNORE),
      attributeColumns: [{ 原因: 'x' }],
    });
    await expect(call.catch((error: unknown) => Promise.reject(parseSdkError(error)))).rejects.toMatchObject({
      status: 400,
      code: 'OTSParameterInvalid',
    });
  });
});

describe('an error that only a fault can cause', () => {
  it.each([
    [409, 'OTSRowOperationConflict', 'Data is being modified by the other request.'],
    [503, 'OTSServerBusy', 'Server is busy.'],
    [503, 'OTSPartitionUnavailable', 'The partition is not available.'],
    [503, 'OTSTimeout', 'Operation timeout.'],
    [503, 'OTSServerUnavailable', 'Server is not available.'],
    [403, 'OTSNotEnoughCapacityUnit', 'Capacity unit is not enough.'],
    [403, 'OTSQuotaExhausted', 'Too frequent table operations.'],
    [403, 'OTSAuthFailed', 'Signature mismatch.'],
    [403, 'OTSCapacityUnitExhausted', 'Capacity unit is not enough.'],
    [403, 'OTSOperationThrottled', 'The operation is throttled.'],
    [429, 'OTSFlowControl', 'The requests have been throttled.'],
    [500, 'OTSStorageServerBusy', 'Service is busy.'],
    [500, 'OTSInternalServerError', 'Internal server error.'],
  ])('%i %s is answered once, and the work is not done', async (status, code, message) => {
    tablestore.faults.add({ operation: 'PutRow', fault: { kind: 'error', status, code } });
    await expect(put('c', 1n)).rejects.toMatchObject({ status, code, message });
    expect(tablestore.core.record).toEqual([]);
    await put('c', 1n);
    expect(tablestore.core.record.length).toBe(1);
  });

  it('has the message of its fault', async () => {
    const fault = { kind: 'error', status: 403, code: 'OTSQuotaExhausted', message: 'Too many.' } as const;
    tablestore.faults.add({ operation: '*', fault });
    await expect(get(KEY)).rejects.toMatchObject({ message: 'Too many.' });
  });
});
