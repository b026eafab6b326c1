// Tables and their indexes. Every test runs in process and through the real client over a socket.
import { expect, it } from 'vitest';
import { attributes, IGNORE, inProcessAndOverWire, key, PLANS } from '../testing/plans.ts';

inProcessAndOverWire('tables', (here) => {
  it('describes a table with its columns, its options, and the keys of its indexes as they were given', async () => {
    const described = await here.tablestore.subject.describeTable({ tableName: 'plans' });
    expect(described.status).toBe('ACTIVE');
    expect(described.schema).toEqual({
      tableName: 'plans',
      primaryKey: [
        { name: 'region', type: 'STRING' },
        { name: 'instance', type: 'STRING' },
      ],
      definedColumns: [
        { name: 'due', type: 'INTEGER' },
        { name: 'status', type: 'STRING' },
      ],
    });
    expect(described.options).toEqual({
      timeToLive: -1,
      maxVersions: 1,
      allowUpdate: true,
      maxTimeDeviation: 86_400,
    });
    expect(described.indexes.map(({ name, primaryKey, type }) => [name, primaryKey, type])).toEqual([
      ['plans_due', ['region', 'due', 'instance'], 'LOCAL'],
      ['plans_status', ['status'], 'GLOBAL'],
    ]);
  });

  it('lists tables without their indexes, and no deleted table', async () => {
    await here.tablestore.subject.createTable({ ...PLANS, tableName: 'another', indexes: [] });
    expect(await here.tablestore.subject.listTable()).toEqual(['another', 'plans']);
    await here.tablestore.subject.deleteTable({ tableName: 'plans' });
    expect(await here.tablestore.subject.listTable()).toEqual(['another']);
  });

  it('changes the time to live, and refuses a value that indexes do not allow', async () => {
    await here.tablestore.subject.createTable({ ...PLANS, tableName: 'history', indexes: [] });
    const options = { timeToLive: 604_800 };
    const updated = await here.tablestore.subject.updateTable({ tableName: 'history', options });
    expect(updated.options.timeToLive).toBe(604_800);
    await expect(here.tablestore.subject.updateTable({ tableName: 'plans', options })).rejects.toMatchObject({
      status: 400,
      code: 'OTSParameterInvalid',
    });
    const both = { timeToLive: 604_800, allowUpdate: false };
    await here.tablestore.subject.updateTable({ tableName: 'plans', options: both });
    await expect(
      here.plans.update('i-1', [{ type: 'PUT', name: 'status', value: 'x' }]),
    ).rejects.toMatchObject({
      code: 'OTSParameterInvalid',
    });
  });
});

inProcessAndOverWire('indexes', (here) => {
  it('updates a local index with every write, ordered by its own key', async () => {
    await here.plans.put('i-1', { due: 300n, status: 'Planned' });
    await here.plans.put('i-2', { due: 100n });
    await here.plans.put('i-3', { due: -5n });
    expect(await here.plans.due()).toEqual(['i-3', 'i-2', 'i-1']);
    await here.plans.update('i-1', [{ type: 'PUT', name: 'due', value: 50n }]);
    expect(await here.plans.due()).toEqual(['i-3', 'i-1', 'i-2']);
    await here.tablestore.subject.deleteRow({
      tableName: 'plans',
      primaryKey: key('i-2'),
      condition: IGNORE,
    });
    expect(await here.plans.due()).toEqual(['i-3', 'i-1']);
  });

  it('has no entry for a row whose indexed column is missing or has another type', async () => {
    await here.plans.put('i-1', { status: 'Avoided' });
    await here.plans.put('i-2', { due: 100 });
    await here.plans.put('i-3', { due: 100n });
    await here.plans.put('i-4', { due: 'soon' });
    expect(await here.plans.due()).toEqual(['i-3']);
    await here.plans.update('i-3', [{ type: 'DELETE_ALL', name: 'due' }]);
    expect(await here.plans.due()).toEqual([]);
  });

  it('contains only its own columns', async () => {
    await here.plans.put('i-1', { due: 100n, status: 'Planned', reason: 'long story' });
    const { row } = await here.tablestore.subject.getRow({
      tableName: 'plans_due',
      primaryKey: [
        { name: 'region', value: 'hz' },
        { name: 'due', value: 100n },
        { name: 'instance', value: 'i-1' },
      ],
      maxVersions: 1,
    });
    expect(attributes(row)).toEqual({ status: 'Planned' });
  });

  it('lags if it is global, and catches up in order', async () => {
    await here.plans.put('i-1', { status: 'Planned' });
    here.tablestore.advance(400);
    await here.plans.put('i-1', { status: 'Avoided' });
    await here.plans.put('i-2', { status: 'Cleared' });
    expect(await here.plans.byStatus()).toEqual([]);
    here.tablestore.advance(600);
    expect(await here.plans.byStatus()).toEqual(['i-1']);
    here.tablestore.advance(400);
    expect(await here.plans.byStatus()).toEqual(['i-1', 'i-2']);
  });

  it('refuses direct writes', async () => {
    await expect(
      here.tablestore.subject.putRow({
        tableName: 'plans_due',
        primaryKey: key('i-1'),
        condition: IGNORE,
        columns: [],
      }),
    ).rejects.toMatchObject({
      status: 400,
      code: 'OTSParameterInvalid',
      message: "Can't write index table directly.",
    });
  });
});
