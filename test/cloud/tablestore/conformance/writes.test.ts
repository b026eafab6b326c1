// Writes, their values, and their cost. Every test runs in process and through the real client over a socket.
import { expect, it } from 'vitest';
import type { Condition } from '../core/requests.ts';
import type { ColumnChange } from '../core/schema.ts';
import { attributes, columns, IGNORE, inProcessAndOverWire, key, refused, single } from '../testing/plans.ts';
import type { Subject } from '../testing/subject.ts';

inProcessAndOverWire('values', (here) => {
  it('keeps strings, 64-bit integers, doubles, booleans and bytes exactly', async () => {
    const given = {
      bytes: Uint8Array.of(0, 255, 7),
      double: 0.1,
      flag: false,
      integer: 9_007_199_254_740_993n,
      lowest: -9_223_372_036_854_775_808n,
      text: '维护 💥',
      whole: 3,
    };
    await here.plans.put('i-1', given);
    expect(await here.plans.get('i-1')).toEqual(given);
  });

  it('gives every column the time of the write, or the given time', async () => {
    here.tablestore.advance(5000);
    await here.tablestore.subject.putRow({
      tableName: 'plans',
      primaryKey: key('i-1'),
      condition: IGNORE,
      columns: [
        { name: 'a', value: 'now' },
        { name: 'b', value: 'then', timestamp: here.tablestore.start - 1000 },
      ],
    });
    const { row } = await here.tablestore.subject.getRow({
      tableName: 'plans',
      primaryKey: key('i-1'),
      maxVersions: 1,
    });
    expect(row?.columns).toEqual([
      { name: 'a', value: 'now', timestamp: here.tablestore.start + 5000 },
      { name: 'b', value: 'then', timestamp: here.tablestore.start - 1000 },
    ]);
  });
});

inProcessAndOverWire('writes', (here) => {
  it('replaces the whole row with PutRow and merges columns with UpdateRow', async () => {
    await here.plans.put('i-1', { status: 'Planned', reason: 'window' });
    await here.plans.update('i-1', [{ type: 'PUT', name: 'due', value: 7n }]);
    expect(await here.plans.get('i-1')).toEqual({ due: 7n, reason: 'window', status: 'Planned' });
    await here.plans.put('i-1', { status: 'Skipped' });
    expect(await here.plans.get('i-1')).toEqual({ status: 'Skipped' });
  });

  it('deletes one version only with its own timestamp, and all versions without a timestamp', async () => {
    await here.plans.put('i-1', { a: 'x', b: 'y', c: 'z' });
    await here.plans.update('i-1', [{ type: 'DELETE', name: 'a', timestamp: here.tablestore.start - 1 }]);
    expect(await here.plans.get('i-1')).toEqual({ a: 'x', b: 'y', c: 'z' });
    await here.plans.update('i-1', [
      { type: 'DELETE', name: 'a', timestamp: here.tablestore.start },
      { type: 'DELETE_ALL', name: 'b' },
    ]);
    expect(await here.plans.get('i-1')).toEqual({ c: 'z' });
  });

  it('ignores an update that is older than the stored version', async () => {
    await here.plans.put('i-1', { a: 'new' });
    await here.plans.update('i-1', [
      { type: 'PUT', name: 'a', value: 'old', timestamp: here.tablestore.start - 1 },
    ]);
    expect(await here.plans.get('i-1')).toEqual({ a: 'new' });
  });

  it('creates no row for an update that only deletes, and keeps a row that loses all its columns', async () => {
    await here.plans.update('i-1', [{ type: 'DELETE_ALL', name: 'a' }]);
    expect(await here.plans.get('i-1')).toBeUndefined();
    await here.plans.put('i-2', { a: 'x' });
    await here.plans.update('i-2', [{ type: 'DELETE_ALL', name: 'a' }]);
    expect(await here.plans.get('i-2')).toEqual({});
  });

  it('increments under a condition, counts a missing column as 0, and returns the requested columns', async () => {
    const bump = (condition: Condition): ReturnType<Subject['updateRow']> =>
      here.tablestore.subject.updateRow({
        tableName: 'plans',
        primaryKey: key('i-1'),
        condition,
        changes: [
          { type: 'INCREMENT', name: 'version', value: 2n },
          { type: 'PUT', name: 'status', value: 'Preparing' },
        ],
        returnContent: { returnType: 'AFTER_MODIFY', returnColumns: ['version'] },
      });
    expect(attributes((await bump(IGNORE)).row)).toEqual({ version: 2n });
    const whenTwo: Condition = {
      rowExistence: 'EXPECT_EXIST',
      columnCondition: single('version', 'EQUAL', 2n),
    };
    expect(attributes((await bump(whenTwo)).row)).toEqual({ version: 4n });
    await expect(bump(whenTwo)).rejects.toMatchObject(refused);
    expect(await here.plans.get('i-1')).toEqual({ status: 'Preparing', version: 4n });
  });

  it('refuses to increment a value that is not an integer, and changes nothing', async () => {
    await here.plans.put('i-1', { a: 1.5, b: 'x' });
    const changes: ColumnChange[] = [
      { type: 'PUT', name: 'b', value: 'y' },
      { type: 'INCREMENT', name: 'a', value: 1n },
    ];
    await expect(here.plans.update('i-1', changes)).rejects.toMatchObject({ code: 'OTSParameterInvalid' });
    expect(await here.plans.get('i-1')).toEqual({ a: 1.5, b: 'x' });
  });

  it('returns only the primary key if the write asks for it', async () => {
    const { row } = await here.tablestore.subject.putRow({
      tableName: 'plans',
      primaryKey: key('i-1'),
      condition: IGNORE,
      columns: columns({ a: 'x' }),
      returnContent: { returnType: 'PRIMARY_KEY' },
    });
    expect(row).toEqual({ primaryKey: key('i-1'), columns: [] });
  });

  it('deletes rows, and accepts the deletion of a missing row', async () => {
    await here.plans.put('i-1', { a: 'x' });
    const request = { tableName: 'plans', primaryKey: key('i-1'), condition: IGNORE };
    await here.tablestore.subject.deleteRow(request);
    expect(await here.plans.get('i-1')).toBeUndefined();
    await here.tablestore.subject.deleteRow(request);
    await expect(
      here.tablestore.subject.deleteRow({ ...request, condition: { rowExistence: 'EXPECT_EXIST' } }),
    ).rejects.toMatchObject(refused);
  });
});

inProcessAndOverWire('batches', (here) => {
  it('writes row by row: a row that fails does not stop the others', async () => {
    await here.plans.put('i-2', { a: 'old' });
    const mustBeNew: Condition = { rowExistence: 'EXPECT_NOT_EXIST' };
    const answer = await here.tablestore.subject.batchWriteRow({
      tables: [
        {
          tableName: 'plans',
          rows: [
            { type: 'PUT', primaryKey: key('i-1'), condition: mustBeNew, columns: columns({ a: 'x' }) },
            { type: 'PUT', primaryKey: key('i-2'), condition: mustBeNew, columns: columns({ a: 'x' }) },
            {
              type: 'UPDATE',
              primaryKey: key('i-3'),
              condition: IGNORE,
              changes: [{ type: 'INCREMENT', name: 'n', value: 1n }],
              returnContent: { returnType: 'AFTER_MODIFY', returnColumns: ['n'] },
            },
            { type: 'DELETE', primaryKey: key('i-4'), condition: IGNORE },
          ],
        },
        { tableName: 'nowhere', rows: [{ type: 'DELETE', primaryKey: key('i-1'), condition: IGNORE }] },
      ],
    });
    const [first, second] = answer.tables;
    expect(first?.rows.map((row) => (row.ok ? 'ok' : row.code))).toEqual([
      'ok',
      'OTSConditionCheckFail',
      'ok',
      'ok',
    ]);
    expect(first?.rows[1]?.consumed).toEqual({ read: 1, write: 1 });
    expect(first?.rows[2]).toMatchObject({
      row: { columns: [{ name: 'n', value: 1n, timestamp: here.tablestore.start }] },
    });
    expect(second?.rows[0]).toMatchObject({ ok: false, code: 'OTSObjectNotExist' });
    expect(await here.plans.get('i-1')).toEqual({ a: 'x' });
    expect(await here.plans.get('i-2')).toEqual({ a: 'old' });
  });

  it('reads row by row: existing, missing and malformed keys', async () => {
    await here.plans.put('i-1', { a: 'x', b: 'y' });
    const { tables } = await here.tablestore.subject.batchGetRow({
      tables: [
        {
          tableName: 'plans',
          primaryKeys: [key('i-1'), key('i-2'), [{ name: 'region', value: 'hz' }]],
          columnsToGet: ['a'],
          maxVersions: 1,
        },
      ],
    });
    const [found, missing, wrong] = tables[0]?.rows ?? [];
    expect(found?.ok === true && attributes(found.row)).toEqual({ a: 'x' });
    expect(missing).toEqual({ ok: true, consumed: { read: 1, write: 0 } });
    expect(wrong).toMatchObject({
      ok: false,
      code: 'OTSInvalidPK',
      message: 'Validate PK size fail. Input: 1, Meta: 2.',
    });
  });
});

inProcessAndOverWire('capacity units', (here) => {
  it('are one per started 4 KB, plus a read if the write must read the row', async () => {
    const put = async (length: number, condition: Condition): Promise<unknown> => {
      const request = { tableName: 'plans', primaryKey: key('i-1'), condition };
      const given = columns({ a: 'x'.repeat(length) });
      return (await here.tablestore.subject.putRow({ ...request, columns: given })).consumed;
    };
    // The key's names and values take 6 + 2 + 8 + 3 bytes and the column's name takes 1. So 4076 bytes more make 4096.
    expect(await put(4076, IGNORE)).toEqual({ read: 0, write: 1 });
    expect(await put(4077, IGNORE)).toEqual({ read: 0, write: 2 });
    expect(await put(1, { rowExistence: 'EXPECT_EXIST' })).toEqual({ read: 2, write: 1 });
    const { consumed } = await here.plans.range().then(() =>
      here.tablestore.subject.getRow({
        tableName: 'plans',
        primaryKey: key('i-1'),
        maxVersions: 1,
      }),
    );
    expect(consumed).toEqual({ read: 1, write: 0 });
  });

  it('are one read and one write for a failed condition', async () => {
    const before = { ...here.tablestore.core.used };
    await expect(here.plans.put('i-1', {}, { rowExistence: 'EXPECT_EXIST' })).rejects.toMatchObject(refused);
    expect(here.tablestore.core.used).toEqual({ read: before.read + 1, write: before.write + 1 });
  });
});
