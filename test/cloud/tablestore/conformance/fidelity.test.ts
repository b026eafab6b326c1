// What the tests of Alibaba's own SDKs show of the real service, where its documentation says less or something else. Every
// test runs in process and through the real client over a socket. README.md says which SDK shows what.
import { expect, it } from 'vitest';
import type { ColumnCondition, CreateTableRequest, GetRangeRequest } from '../core/requests.ts';
import type { IndexSchema, KeyRange } from '../core/schema.ts';
import { INF_MAX, INF_MIN, type ColumnValue } from '../core/values.ts';
import { attributes, IGNORE, inProcessAndOverWire, instances, key, single } from '../testing/plans.ts';
import type { Subject } from '../testing/subject.ts';

const invalid = (message: string): object => ({ status: 400, code: 'OTSParameterInvalid', message });

/** A call of each operation that names a table, other than CreateTable. */
function callsOn(subject: Subject, tableName: string): [operation: string, call: () => Promise<unknown>][] {
  const primaryKey = key('i-1');
  const columns = [{ name: 'a', value: 'x' }];
  const row = { type: 'PUT', primaryKey, condition: IGNORE, columns } as const;
  return [
    ['DescribeTable', () => subject.describeTable({ tableName })],
    ['UpdateTable', () => subject.updateTable({ tableName, options: { timeToLive: -1 } })],
    ['DeleteTable', () => subject.deleteTable({ tableName })],
    ['ListSearchIndex', () => subject.listSearchIndex({ tableName })],
    ['DropIndex', () => subject.dropIndex({ tableName, indexName: 'i' })],
    ['GetRow', () => subject.getRow({ tableName, primaryKey, maxVersions: 1 })],
    ['PutRow', () => subject.putRow({ tableName, primaryKey, condition: IGNORE, columns })],
    [
      'UpdateRow',
      () =>
        subject.updateRow({
          tableName,
          primaryKey,
          condition: IGNORE,
          changes: [{ type: 'PUT', name: 'a', value: 'x' }],
        }),
    ],
    ['DeleteRow', () => subject.deleteRow({ tableName, primaryKey, condition: IGNORE })],
    [
      'GetRange',
      () =>
        subject.getRange({ tableName, direction: 'FORWARD', start: key('a'), end: key('b'), maxVersions: 1 }),
    ],
    [
      'BatchGetRow',
      () => subject.batchGetRow({ tables: [{ tableName, primaryKeys: [primaryKey], maxVersions: 1 }] }),
    ],
    ['BatchWriteRow', () => subject.batchWriteRow({ tables: [{ tableName, rows: [row] }] })],
  ];
}

/** A condition of so many parts, all of which pass. A composite counts as a part. */
function ofParts(count: number): ColumnCondition {
  const conditions = Array.from({ length: count - 1 }, () => single('a', 'NOT_EQUAL', 'no', true));
  return { type: 'COMPOSITE', operator: 'AND', conditions };
}

const named = (count: number): string[] => Array.from({ length: count }, (_, i) => `c${i}`);

inProcessAndOverWire('names', (here) => {
  it.each(['.', ':', "'", '"', '$', '&', '*', '(', ')', '/', '\\', '-', ' ', '\n', '\r'])(
    'lets a column name begin with, hold, end with or be %j',
    async (mark) => {
      const given: Record<string, ColumnValue> = {
        [mark]: 1n,
        [`${mark}abc`]: 2n,
        [`a${mark}b`]: 3n,
        [`abc${mark}`]: 4n,
      };
      await here.plans.put('i-1', given);
      expect(await here.plans.get('i-1')).toEqual(given);
      expect(await here.plans.get('i-1', [`a${mark}b`])).toEqual({ [`a${mark}b`]: 3n });
    },
  );

  it('lets a column name have 255 bytes, and begin with a digit', async () => {
    const given = { ['a'.repeat(255)]: 1n, '0': 2n };
    await here.plans.put('i-1', given);
    expect(await here.plans.get('i-1')).toEqual(given);
  });

  it.each(['#', '#abc', '# ', 'a'.repeat(256)])(
    'refuses the column name %j in writes, reads, filters and conditions',
    async (name) => {
      const refusal = invalid(`Invalid column name: '${name}'.`);
      const primaryKey = key('i-1');
      const { subject } = here.tablestore;
      const condition = { rowExistence: 'IGNORE', columnCondition: single(name, 'EQUAL', 'x') } as const;
      const rows = [{ type: 'PUT', primaryKey, condition: IGNORE, columns: [{ name, value: 'x' }] }] as const;
      const table = { tableName: 'plans', primaryKeys: [primaryKey], columnsToGet: [name], maxVersions: 1 };
      await expect(here.plans.put('i-1', { [name]: 'x' })).rejects.toMatchObject(refusal);
      await expect(here.plans.update('i-1', [{ type: 'DELETE_ALL', name }])).rejects.toMatchObject(refusal);
      await expect(here.plans.put('i-1', {}, condition)).rejects.toMatchObject(refusal);
      await expect(here.plans.get('i-1', [name])).rejects.toMatchObject(refusal);
      await expect(here.plans.range({ columnsToGet: [name] })).rejects.toMatchObject(refusal);
      await expect(here.plans.range({ filter: single(name, 'EQUAL', 'x') })).rejects.toMatchObject(refusal);
      await expect(subject.batchGetRow({ tables: [table] })).rejects.toMatchObject(refusal);
      await expect(subject.batchWriteRow({ tables: [{ tableName: 'plans', rows }] })).rejects.toMatchObject(
        refusal,
      );
      expect(await here.plans.get('i-1')).toBeUndefined();
    },
  );

  it.each(['', '0', '#', '中文', 'T#', 'T中文', '3t', '-', 'a'.repeat(256)])(
    'refuses the table name %j with 400 in every operation',
    async (tableName) => {
      const { subject } = here.tablestore;
      const refusal = invalid(`Invalid table name: '${tableName}'.`);
      const table: CreateTableRequest = {
        tableName,
        primaryKey: [{ name: 'id', type: 'STRING' }],
        options: { timeToLive: -1, maxVersions: 1 },
      };
      await expect(subject.createTable(table)).rejects.toMatchObject(refusal);
      for (const [operation, call] of callsOn(subject, tableName)) {
        await expect(call(), operation).rejects.toMatchObject(refusal);
      }
    },
  );

  it('checks the names of columns before it looks for the table and at the key', async () => {
    const call = here.tablestore.subject.getRow({
      tableName: 'nowhere',
      primaryKey: [{ name: 'another', value: 1n }],
      columnsToGet: ['#'],
      maxVersions: 1,
    });
    await expect(call).rejects.toMatchObject(invalid("Invalid column name: '#'."));
  });
});

inProcessAndOverWire('batches without rows', (here) => {
  it('are refused by BatchWriteRow, with a blank before the name of the table', async () => {
    const call = here.tablestore.subject.batchWriteRow({ tables: [{ tableName: 'plans', rows: [] }] });
    await expect(call).rejects.toMatchObject(invalid("No operation is specified for table: 'plans'."));
  });

  it('are answered without rows by BatchGetRow', async () => {
    const table = { tableName: 'plans', primaryKeys: [], maxVersions: 1 };
    const { tables } = await here.tablestore.subject.batchGetRow({ tables: [table] });
    expect(tables).toEqual([{ tableName: 'plans', rows: [] }]);
  });

  it('are refused by BatchGetRow if there is no table at all', async () => {
    await expect(here.tablestore.subject.batchGetRow({ tables: [] })).rejects.toMatchObject(
      invalid('No row specified in the request of BatchGetRow.'),
    );
  });
});

inProcessAndOverWire('limits', (here) => {
  it('of a filter and of a condition are 32 parts, composites counted', async () => {
    const refusal = invalid('The count of filter exceeds the max: 32.');
    await here.plans.put('i-1', {});
    expect(instances((await here.plans.range({ filter: ofParts(32) })).rows)).toEqual(['i-1']);
    await expect(here.plans.range({ filter: ofParts(33) })).rejects.toMatchObject(refusal);
    const condition = (parts: number) => ({
      rowExistence: 'EXPECT_EXIST' as const,
      columnCondition: ofParts(parts),
    });
    await here.plans.put('i-1', {}, condition(32));
    await expect(here.plans.put('i-1', {}, condition(33))).rejects.toMatchObject(refusal);
  });

  it('of a write are 1,024 columns', async () => {
    const columns = (count: number): Record<string, ColumnValue> =>
      Object.fromEntries(named(count).map((name) => [name, 1n]));
    await here.plans.put('i-1', columns(1024));
    expect(Object.keys((await here.plans.get('i-1')) ?? {})).toHaveLength(1024);
    await expect(here.plans.put('i-1', columns(1025))).rejects.toMatchObject(
      invalid('The number of attribute columns exceeds the limit, limit count: 1024, column count: 1025.'),
    );
  });

  it('of a read are 1,024 columns', async () => {
    await here.plans.put('i-1', { c1023: 'x' });
    expect(await here.plans.get('i-1', named(1024))).toEqual({ c1023: 'x' });
    await expect(here.plans.get('i-1', named(1025))).rejects.toMatchObject(
      invalid(
        'The number of columns from the request exceeds the limit, limit count: 1024, column count: 1025.',
      ),
    );
  });

  it('of a table are five indexes, in CreateTable and in CreateIndex', async () => {
    const { subject } = here.tablestore;
    const refusal = invalid('Number of index per table exceeds the quota:5.');
    const index = (i: number): IndexSchema => ({
      name: `many_${i}`,
      primaryKey: [`d${i}`],
      definedColumns: [],
      type: 'GLOBAL',
      updateMode: 'ASYNC',
    });
    const table = (indexes: IndexSchema[]): CreateTableRequest => ({
      tableName: 'many',
      primaryKey: [{ name: 'id', type: 'STRING' }],
      definedColumns: [0, 1, 2, 3, 4, 5].map((i) => ({ name: `d${i}`, type: 'STRING' })),
      options: { timeToLive: -1, maxVersions: 1 },
      indexes,
    });
    await expect(subject.createTable(table([0, 1, 2, 3, 4, 5].map(index)))).rejects.toMatchObject(refusal);
    await subject.createTable(table([0, 1, 2, 3, 4].map(index)));
    const sixth = subject.createIndex({ tableName: 'many', index: index(5) });
    await expect(sixth).rejects.toMatchObject(refusal);
    await subject.dropIndex({ tableName: 'many', indexName: 'many_0' });
    await subject.createIndex({ tableName: 'many', index: index(5) });
  });

  it.each([
    ['no key column', [], [], 'The number of primary key columns must be in range: [1, 4] in index.'],
    [
      'five key columns',
      ['region', 'due', 'instance', 'status', 'region'],
      [],
      'The number of primary key columns must be in range: [1, 4] in index.',
    ],
    [
      '33 predefined columns',
      ['region'],
      named(33),
      'The number of attribute columns must be in range: [0, 32] in index.',
    ],
  ])('refuse an index with %s', async (_what, primaryKey, definedColumns, message) => {
    const index = { name: 'x', primaryKey, definedColumns, type: 'GLOBAL', updateMode: 'ASYNC' } as const;
    const call = here.tablestore.subject.createIndex({ tableName: 'plans', index });
    await expect(call).rejects.toMatchObject(invalid(message));
  });
});

inProcessAndOverWire('search indexes', (here) => {
  it('are an empty list for a table without them', async () => {
    expect(await here.tablestore.subject.listSearchIndex({ tableName: 'plans' })).toEqual([]);
  });

  it('cannot be listed for a table that does not exist', async () => {
    const call = here.tablestore.subject.listSearchIndex({ tableName: 'nowhere' });
    await expect(call).rejects.toMatchObject({ status: 404, code: 'OTSObjectNotExist' });
  });
});

inProcessAndOverWire('a column that one write names twice', (here) => {
  it('has the last value of an update', async () => {
    await here.plans.update('i-1', [
      { type: 'PUT', name: 'price', value: 20n },
      { type: 'PUT', name: 'price', value: 10n },
    ]);
    expect(await here.plans.get('i-1')).toEqual({ price: 10n });
  });

  it('has the last value of a put', async () => {
    await here.tablestore.subject.putRow({
      tableName: 'plans',
      primaryKey: key('i-1'),
      condition: IGNORE,
      columns: [
        { name: 'price', value: 20n },
        { name: 'price', value: 10n },
      ],
    });
    expect(await here.plans.get('i-1')).toEqual({ price: 10n });
  });

  it('is gone if the update deletes it last, and is there if the update puts it last', async () => {
    await here.plans.update('i-1', [
      { type: 'PUT', name: 'a', value: 1n },
      { type: 'DELETE_ALL', name: 'a' },
      { type: 'DELETE_ALL', name: 'b' },
      { type: 'PUT', name: 'b', value: 2n },
    ]);
    expect(await here.plans.get('i-1')).toEqual({ b: 2n });
  });
});

inProcessAndOverWire('the columns that an update returns', (here) => {
  const update = (
    returnType: 'AFTER_MODIFY' | 'PRIMARY_KEY',
    returnColumns: string[],
  ): ReturnType<Subject['updateRow']> =>
    here.tablestore.subject.updateRow({
      tableName: 'plans',
      primaryKey: key('i-1'),
      condition: IGNORE,
      changes: [
        { type: 'INCREMENT', name: 'price', value: 10n },
        { type: 'INCREMENT', name: 'price-2', value: 100n },
        { type: 'PUT', name: 'price-3', value: 1n },
      ],
      returnContent: { returnType, returnColumns },
    });

  it('are those that it names, of those that it increments', async () => {
    expect(attributes((await update('AFTER_MODIFY', ['price'])).row)).toEqual({ price: 10n });
    expect(attributes((await update('AFTER_MODIFY', ['price', 'price-2'])).row)).toEqual({
      price: 20n,
      'price-2': 200n,
    });
  });

  it.each([
    ['a column that it puts', 'AFTER_MODIFY', ['price', 'price-3']],
    ['a column that it does not change', 'AFTER_MODIFY', ['price', 'price-4']],
    ['any column with RT_PK', 'PRIMARY_KEY', ['price']],
  ] as const)('cannot be %s: the update is refused and the row stays', async (_what, type, names) => {
    await here.plans.put('i-1', { price: 5n });
    await expect(update(type, [...names])).rejects.toMatchObject({
      status: 400,
      code: 'OTSParameterInvalid',
    });
    expect(await here.plans.get('i-1')).toEqual({ price: 5n });
  });
});

inProcessAndOverWire('a filter', (here) => {
  it('sees key columns, whether they are asked for or not', async () => {
    for (const instance of ['i-1', 'i-2', 'i-3']) await here.plans.put(instance, { a: 'x' });
    const filter = single('instance', 'GREATER_THAN', 'i-1');
    expect(instances((await here.plans.range({ filter })).rows)).toEqual(['i-2', 'i-3']);
    expect(instances((await here.plans.range({ filter, columnsToGet: ['a'] })).rows)).toEqual(['i-2', 'i-3']);
    const none = single('region', 'EQUAL', 'sh', true);
    expect(instances((await here.plans.range({ filter: none })).rows)).toEqual([]);
  });
});

inProcessAndOverWire('versions', (here) => {
  const table: CreateTableRequest = {
    tableName: 'kept',
    primaryKey: [{ name: 'id', type: 'STRING' }],
    options: { timeToLive: -1, maxVersions: 3 },
  };
  const primaryKey: KeyRange = [{ name: 'id', value: 'a' }];
  const put = async (value: ColumnValue, timestamp: number): Promise<void> => {
    await here.tablestore.subject.updateRow({
      tableName: 'kept',
      primaryKey,
      condition: IGNORE,
      changes: [{ type: 'PUT', name: 'c', value, timestamp: here.tablestore.start + timestamp }],
    });
  };
  /** The values that a read gives, with their timestamps. */
  const read = async (choice: Pick<GetRangeRequest, 'maxVersions' | 'timeRange'>): Promise<unknown[]> => {
    const { row } = await here.tablestore.subject.getRow({ tableName: 'kept', primaryKey, ...choice });
    return (row?.columns ?? []).map(({ value, timestamp }) => [value, timestamp - here.tablestore.start]);
  };

  it('are kept and read up to the number of the table, newest first', async () => {
    await here.tablestore.subject.createTable(table);
    for (const i of [1, 2, 3, 4]) await put(`v${i}`, i);
    expect(await read({ maxVersions: 1 })).toEqual([['v4', 4]]);
    expect(await read({ maxVersions: 2_147_483_647 })).toEqual([
      ['v4', 4],
      ['v3', 3],
      ['v2', 2],
    ]);
  });

  it('with an own timestamp come in their order, and replace one with the same', async () => {
    await here.tablestore.subject.createTable(table);
    await put('new', 9);
    await put('old', 2);
    await put('middle', 5);
    await put('replaced', 5);
    await put('too old', 1);
    expect(await read({ maxVersions: 9 })).toEqual([
      ['new', 9],
      ['replaced', 5],
      ['old', 2],
    ]);
  });

  it('can be chosen by a range of time, by one time, and by number', async () => {
    await here.tablestore.subject.createTable(table);
    for (const i of [1, 2, 3]) await put(`v${i}`, i);
    const { start } = here.tablestore;
    expect(await read({ timeRange: { start: start + 1, end: start + 3 }, maxVersions: 9 })).toEqual([
      ['v2', 2],
      ['v1', 1],
    ]);
    expect(await read({ timeRange: { specific: start + 1 } })).toEqual([['v1', 1]]);
    expect(await read({ timeRange: { start, end: start + 9 }, maxVersions: 2 })).toEqual([
      ['v3', 3],
      ['v2', 2],
    ]);
  });

  it('are deleted one by one, or all', async () => {
    await here.tablestore.subject.createTable(table);
    for (const i of [1, 2, 3]) await put(`v${i}`, i);
    const change = async (type: 'DELETE' | 'DELETE_ALL'): Promise<void> => {
      const timestamp = here.tablestore.start + 3;
      const changes =
        type === 'DELETE' ? ([{ type, name: 'c', timestamp }] as const) : ([{ type, name: 'c' }] as const);
      await here.tablestore.subject.updateRow({ tableName: 'kept', primaryKey, condition: IGNORE, changes });
    };
    await change('DELETE');
    expect(await read({ maxVersions: 9 })).toEqual([
      ['v2', 2],
      ['v1', 1],
    ]);
    await change('DELETE_ALL');
    expect(await read({ maxVersions: 9 })).toEqual([]);
  });

  it('are fewer as soon as the table keeps fewer', async () => {
    await here.tablestore.subject.createTable(table);
    for (const i of [1, 2, 3]) await put(`v${i}`, i);
    await here.tablestore.subject.updateTable({ tableName: 'kept', options: { maxVersions: 1 } });
    expect(await read({ maxVersions: 9 })).toEqual([['v3', 3]]);
  });

  it('other than the newest count in a filter only if it says so', async () => {
    await here.tablestore.subject.createTable(table);
    for (const i of [1, 2]) await put(`v${i}`, i);
    const rows = async (latestVersionOnly: boolean): Promise<number> => {
      const { rows: found } = await here.tablestore.subject.getRange({
        tableName: 'kept',
        direction: 'FORWARD',
        start: [{ name: 'id', value: INF_MIN }],
        end: [{ name: 'id', value: INF_MAX }],
        maxVersions: 9,
        filter: {
          type: 'SINGLE',
          column: 'c',
          comparator: 'EQUAL',
          value: 'v1',
          passIfMissing: false,
          latestVersionOnly,
        },
      });
      return found.length;
    };
    expect(await rows(true)).toBe(0);
    expect(await rows(false)).toBe(1);
  });
});
