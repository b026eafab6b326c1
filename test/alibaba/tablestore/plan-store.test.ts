// The plan store on Alibaba's client and the local Tablestore: what is read with how many calls, and on which conditions
// a row is written. Whatever a person changes in the console meanwhile, without touching the version, wins.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Plan } from '../../../lib/plan/plan.ts';
import type { WriteOutcome } from '../../../lib/ports.ts';
import type { BatchGetRowRequest, BatchWriteRowRequest } from '../../cloud/tablestore/core/requests.ts';
import type { UpdateRowRequest } from '../../cloud/tablestore/core/requests.ts';
import type { ColumnValue } from '../../cloud/tablestore/core/values.ts';
import {
  at,
  avoided,
  plain,
  planned,
  preparing,
  storeOnLoopback,
  type StoreOnLoopback,
} from './tablestore-on-loopback.ts';

const written: WriteOutcome = { kind: 'written' };
const lost: WriteOutcome = { kind: 'lost' };

function world(): Promise<StoreOnLoopback> {
  return storeOnLoopback((close) => onTestFinished(close));
}

/** A world with these rows in it. */
async function worldWith(...plans: Plan[]): Promise<StoreOnLoopback> {
  const here = await world();
  const outcomes = await here.store.writeAll(plans.map((plan) => ({ plan, from: undefined })));
  expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['written']));
  return here;
}

const fleet = (count: number, changes: Partial<Plan> = {}): Plan[] =>
  Array.from({ length: count }, (_, index) => planned({ instanceId: `i-${index + 1}`, ...changes }));

/** The operations that were called, with how often. */
const counted = (here: StoreOnLoopback): Record<string, number> =>
  Object.fromEntries(
    ['GetRow', 'GetRange', 'BatchGetRow', 'BatchWriteRow', 'PutRow', 'UpdateRow'].flatMap((name) => {
      const { length } = here.requests(name);
      return length === 0 ? [] : [[name, length]];
    }),
  );

describe('the first row of an instance', () => {
  it('is written, and reads back as the plan', async () => {
    const here = await world();
    const plan = planned();
    expect(await here.store.write({ plan, from: undefined })).toEqual(written);
    expect(plain(await here.readPlan('i-1'))).toEqual(plain(plan));
    expect(here.row('i-1')).toMatchObject({ due_at: 1_796_148_000_000n, version: 1n });
  });

  it('is lost where there is a row already, which stays as it is', async () => {
    const here = await worldWith(planned());
    const before = here.row('i-1');
    const plan = planned({ reason: 'Another planner was faster.' });
    expect(await here.store.write({ plan, from: undefined })).toEqual(lost);
    expect(here.row('i-1')).toEqual(before);
  });
});

describe('the next version of a row', () => {
  const next = (plan: Plan): Plan => ({ ...plan, version: plan.version + 1, reason: 'Looked at again.' });

  it('is written where nobody touched the row meanwhile', async () => {
    const here = await worldWith(preparing());
    const from = await here.readPlan('i-1');
    expect(await here.store.write({ plan: next(from), from })).toEqual(written);
    expect(here.row('i-1')).toMatchObject({ version: 3n, reason: 'Looked at again.' });
  });

  it.each<[string, ColumnValue | undefined]>([
    ['version', 9n],
    ['version', 2],
    ['version', undefined],
    ['status', 'Skipped'],
    ['status', undefined],
    ['owner', 'execution-2'],
    ['owner', undefined],
    ['plan_id', 'e-2'],
    ['plan_id', undefined],
    ['event_ids', '["e-1","e-2"]'],
    ['event_ids', undefined],
    ['execute_at', '2026-12-02T18:00:00Z'],
    ['execute_at', undefined],
    ['latest_start', '2026-12-01T18:00:00Z'],
    ['latest_start', undefined],
    ['not_before', '2026-12-02T02:00:00Z'],
    ['not_before', undefined],
    ['pinned', 'true'],
    ['pinned', undefined],
  ])('is lost where %s became %s meanwhile, and the row stays as it was made', async (column, value) => {
    const here = await worldWith(preparing());
    const from = await here.readPlan('i-1');
    here.edit('i-1', { [column]: value });
    const before = here.row('i-1');
    expect(await here.store.write({ plan: next(from), from })).toEqual(lost);
    expect(here.row('i-1')).toEqual(before);
  });

  it('is lost where the row is gone, which stays gone', async () => {
    const here = await world();
    expect(await here.store.write({ plan: next(planned()), from: planned() })).toEqual(lost);
    expect(here.row('i-1')).toBeUndefined();
  });

  it('is written where the row differs from ours only in how a person wrote it', async () => {
    const here = await worldWith(planned());
    here.edit('i-1', { not_before: '2026-12-03T10:00:00+08:00', pinned: 'TRUE' });
    const from = await here.readPlan('i-1');
    expect(await here.store.write({ plan: next(from), from })).toEqual(written);
    expect(here.row('i-1')).toMatchObject({ version: 2n });
  });

  it('can follow from one that was just written, without a read between them', async () => {
    const here = await world();
    const first = planned();
    const second = next(first);
    const third = next(second);
    expect(await here.store.write({ plan: first, from: undefined })).toEqual(written);
    expect(await here.store.write({ plan: second, from: first })).toEqual(written);
    expect(await here.store.write({ plan: third, from: second })).toEqual(written);
    expect(here.row('i-1')).toMatchObject({ version: 3n });
  });

  it('writes due_at and only the columns that change, and lets people keep theirs', async () => {
    const here = await worldWith(planned());
    here.edit('i-1', { note: 'Ask Li first.', priority: 3n });
    const from = await here.readPlan('i-1');
    await here.store.write({ plan: next(from), from });
    const [request] = here.requests('UpdateRow') as UpdateRowRequest[];
    expect(request?.changes.map(({ type, name }) => `${type} ${name}`).sort()).toEqual([
      'PUT due_at',
      'PUT reason',
      'PUT version',
      'PUT write_token',
    ]);
    expect(here.row('i-1')).toMatchObject({ note: 'Ask Li first.', priority: 3n });
  });

  it('brings due_at back where a person removed it between the reading and the writing', async () => {
    const here = await worldWith(planned());
    const from = await here.readPlan('i-1');
    here.edit('i-1', { due_at: undefined });
    expect(await here.store.write({ plan: next(from), from })).toEqual(written);
    expect(here.row('i-1')).toMatchObject({ due_at: BigInt(Date.UTC(2026, 11, 1, 18)) });
  });

  it('leaves a column alone that a person changed and that decides nothing', async () => {
    const here = await worldWith(planned());
    const from = await here.readPlan('i-1');
    here.edit('i-1', { instance_name: 'the old web server' });
    expect(await here.store.write({ plan: next(from), from })).toEqual(written);
    expect(here.row('i-1')).toMatchObject({ instance_name: 'the old web server', version: 2n });
  });

  it('removes the columns that the plan no longer has', async () => {
    const here = await worldWith(preparing());
    const from = await here.readPlan('i-1');
    const plan = avoided({ version: 3 });
    expect(await here.store.write({ plan, from })).toEqual(written);
    const columns = Object.keys(here.row('i-1') ?? {});
    for (const gone of ['owner', 'lease_until', 'due_at', 'due_at_utc']) expect(columns).not.toContain(gone);
    expect(plain(await here.readPlan('i-1'))).toEqual(plain(plan));
  });
});

describe('what is due', () => {
  const now = at('2026-12-01T18:00:00Z');
  const dueAt = (instanceId: string, executeAt: string): Plan =>
    planned({ instanceId, executeAt: at(executeAt) });

  it('is read with one range read where nothing is, and with no other call', async () => {
    const here = await world();
    // Rows that wait, are finished, or belong to another region.
    await here.store.write({ plan: dueAt('i-1', '2026-12-01T18:00:00.001Z'), from: undefined });
    await here.store.write({ plan: avoided({ instanceId: 'i-2' }), from: undefined });
    await here.store.write({
      plan: { ...dueAt('i-3', '2026-12-01T17:00:00Z'), regionId: 'cn-shanghai' },
      from: undefined,
    });
    expect(await here.store.readDue('cn-hangzhou', now)).toEqual([]);
    expect(counted(here)).toEqual({ PutRow: 3, GetRange: 1 });
  });

  it('is every row of the region whose due_at has come, and no other', async () => {
    const here = await worldWith(
      dueAt('i-1', '2026-12-01T17:59:59Z'),
      dueAt('i-2', '2026-12-01T18:00:00Z'),
      dueAt('i-3', '2026-12-01T18:00:00.001Z'),
      avoided({ instanceId: 'i-4' }),
    );
    here.edit('i-4', { due_at: 1n });
    const due = await here.store.readDue('cn-hangzhou', now);
    const ids = due.map((read) => (read.kind === 'plan' ? read.plan.instanceId : read.instanceId));
    expect(ids.sort()).toEqual(['i-1', 'i-2', 'i-4']);
    expect(counted(here)).toMatchObject({ GetRange: 1, BatchGetRow: 1 });
  });

  it('is read on over short pages, and its rows one hundred a call', async () => {
    const here = await worldWith(...fleet(230));
    here.core.settings.pageRows = () => 100;
    const due = await here.store.readDue('cn-hangzhou', now);
    expect(due).toHaveLength(230);
    expect(counted(here)).toMatchObject({ GetRange: 3, BatchGetRow: 3 });
  });

  it('holds rows that cannot be read, among those that can', async () => {
    const here = await worldWith(...fleet(3));
    here.edit('i-2', { pinned: 'perhaps' });
    const due = await here.store.readDue('cn-hangzhou', now);
    expect(due.map(({ kind }) => kind).sort()).toEqual(['plan', 'plan', 'unreadable']);
  });
});

describe('what is unfinished', () => {
  it('is found by its status, whatever became of its due_at', async () => {
    const here = await worldWith(
      planned({ instanceId: 'i-1' }),
      preparing({ instanceId: 'i-2' }),
      avoided({ instanceId: 'i-3' }),
      planned({ instanceId: 'i-4', status: 'Skipped', cause: 'tag' }),
      planned({ instanceId: 'i-5' }),
      planned({ instanceId: 'i-6' }),
      { ...planned({ instanceId: 'i-7' }), regionId: 'cn-shanghai' },
    );
    here.edit('i-1', { due_at: undefined });
    here.edit('i-5', { status: 'Done' });
    here.edit('i-6', { status: undefined });
    expect(await here.store.unfinishedInstances('cn-hangzhou')).toEqual(['i-1', 'i-2', 'i-5', 'i-6']);
  });

  it('is read on over pages that are all finished', async () => {
    const here = await worldWith(
      ...fleet(4, { status: 'Skipped', cause: 'tag' }),
      planned({ instanceId: 'z' }),
    );
    here.core.settings.pageRows = () => 2;
    expect(await here.store.unfinishedInstances('cn-hangzhou')).toEqual(['z']);
    expect(here.requests('GetRange')).toHaveLength(3);
  });
});

describe('what is under way', () => {
  it('is what has begun, and what may have: a status that cannot be, and an intent whatever the status', async () => {
    const here = await worldWith(
      planned({ instanceId: 'i-1' }),
      preparing({ instanceId: 'i-2' }),
      avoided({ instanceId: 'i-3' }),
      planned({ instanceId: 'i-4', status: 'AwaitingApproval' }),
      planned({ instanceId: 'i-5' }),
      planned({ instanceId: 'i-6' }),
      planned({ instanceId: 'i-7' }),
      planned({ instanceId: 'i-8' }),
      { ...preparing({ instanceId: 'i-9' }), regionId: 'cn-shanghai' },
    );
    here.edit('i-5', { status: 'Done' });
    here.edit('i-6', { status: undefined });
    here.edit('i-7', { intent_at: '2026-12-01T18:29:00Z' });
    // Emptied in the console, not removed: what stood there is not known any more.
    here.edit('i-8', { intent_at: '' });
    const found = await here.store.readUnderWay('cn-hangzhou');
    const told = found.map((read) =>
      read.kind === 'plan' ? `${read.plan.instanceId} ${read.plan.status}` : `${read.instanceId} unreadable`,
    );
    expect(told).toEqual([
      'i-2 Preparing',
      'i-5 unreadable',
      'i-6 unreadable',
      'i-7 unreadable',
      'i-8 unreadable',
    ]);
  });
});

describe('many rows', () => {
  it('are read one hundred a call; those that do not exist are left out', async () => {
    const here = await worldWith(...fleet(130));
    const ids = fleet(230).map(({ instanceId }) => instanceId);
    expect(await here.store.readByInstance('cn-hangzhou', ids)).toHaveLength(130);
    const sizes = (here.requests('BatchGetRow') as BatchGetRowRequest[]).map(
      ({ tables }) => tables[0]?.primaryKeys.length,
    );
    expect(sizes.sort()).toEqual([100, 100, 30]);
  });

  it('are not asked for where there are none', async () => {
    const here = await world();
    expect(await here.store.readByInstance('cn-hangzhou', [])).toEqual([]);
    expect(await here.store.writeAll([])).toEqual([]);
    expect(counted(here)).toEqual({});
  });

  it('are written two hundred a call', async () => {
    const here = await worldWith(...fleet(430));
    const sizes = (here.requests('BatchWriteRow') as BatchWriteRowRequest[]).map(
      ({ tables }) => tables[0]?.rows.length,
    );
    expect(sizes).toEqual([200, 200, 30]);
    expect(counted(here)).toEqual({ BatchWriteRow: 3 });
    expect(here.row('i-430')).toMatchObject({ status: 'Planned' });
  });

  it('are told one by one, in the order given, where some are lost', async () => {
    const here = await worldWith(...fleet(3));
    const reads = await Promise.all(['i-1', 'i-2', 'i-3'].map((id) => here.readPlan(id)));
    here.edit('i-2', { status: 'Skipped' });
    const writes = reads.map((from) => ({ plan: { ...from, version: 2 }, from }));
    const outcomes = await here.store.writeAll([...writes, { plan: planned(), from: undefined }]);
    expect(outcomes).toEqual([written, lost, written, lost]);
    expect(here.row('i-2')).toMatchObject({ status: 'Skipped', version: 1n });
    expect(here.row('i-3')).toMatchObject({ version: 2n });
  });
});

describe('a row that cannot be read', () => {
  const when = at('2026-12-01T19:00:00Z');

  it('is escalated with the reason, and its other columns stay', async () => {
    const here = await worldWith(planned());
    here.edit('i-1', { execute_at: 'tonight', note: 'mine' });
    const before = here.row('i-1') ?? {};
    const read = await here.read('i-1');
    if (read.kind !== 'unreadable') throw new Error('the row can be read');
    expect(await here.store.escalateUnreadable(read, 'Column execute_at is "tonight".', when)).toEqual(
      written,
    );
    const { due_at, due_at_utc, ...rest } = before;
    expect([due_at, due_at_utc]).not.toContain(undefined);
    expect(here.row('i-1')).toEqual({
      ...rest,
      status: 'Escalated',
      reason: 'Column execute_at is "tonight".',
      version: 2n,
      escalated_at: '2026-12-01T19:00:00Z',
      write_token: expect.stringMatching(/^test-/) as string,
    });
    expect(await here.store.readDue('cn-hangzhou', when)).toEqual([]);
    expect(await here.store.unfinishedInstances('cn-hangzhou')).toEqual([]);
  });

  it('may be one without a version that can be read', async () => {
    const here = await worldWith(planned());
    here.edit('i-1', { version: 3 });
    const read = await here.read('i-1');
    if (read.kind !== 'unreadable') throw new Error('the row can be read');
    expect(await here.store.escalateUnreadable(read, 'Why.', when)).toEqual(written);
    expect(here.row('i-1')).toMatchObject({ status: 'Escalated', version: 1n });
  });

  it.each<[string, ColumnValue]>([
    ['status', 'Skipped'],
    ['version', 2n],
  ])('is left alone where somebody changed its %s meanwhile', async (column, value) => {
    const here = await worldWith(planned());
    here.edit('i-1', { execute_at: 'tonight' });
    const read = await here.read('i-1');
    if (read.kind !== 'unreadable') throw new Error('the row can be read');
    here.edit('i-1', { [column]: value, execute_at: '2026-12-01T18:00:00Z' });
    const before = here.row('i-1');
    expect(await here.store.escalateUnreadable(read, 'Why.', when)).toEqual(lost);
    expect(here.row('i-1')).toEqual(before);
  });
});

describe('the history', () => {
  it('keeps a finished plan under its instance and its id, with its region', async () => {
    const here = await world();
    expect(await here.store.archive([avoided()])).toEqual([written]);
    const [row] = here.core.record;
    expect(row).toMatchObject({
      table: 'reboot_plan_history',
      primaryKey: { instance_id: 'i-1', plan_id: 'e-1' },
      after: { region_id: 'cn-hangzhou', status: 'Avoided', version: 5n, event_ids: '["e-1"]' },
    });
    expect(row?.after).not.toHaveProperty('plan_id');
  });

  it('is the same when a plan is copied to it again', async () => {
    const here = await world();
    const plans = [avoided(), avoided({ instanceId: 'i-2', planId: 'e-2' })];
    expect(await here.store.archive(plans)).toEqual([written, written]);
    const once = here.row('i-2', 'reboot_plan_history');
    expect(await here.store.archive(plans)).toEqual([written, written]);
    const token = expect.any(String) as string;
    expect(here.row('i-2', 'reboot_plan_history')).toEqual({ ...once, write_token: token });
    const range = here.core.getRange({
      tableName: 'reboot_plan_history',
      direction: 'FORWARD',
      start: [
        { name: 'instance_id', value: 'i-1' },
        { name: 'plan_id', value: '' },
      ],
      end: [
        { name: 'instance_id', value: 'j' },
        { name: 'plan_id', value: '' },
      ],
      maxVersions: 1,
    });
    expect(range.rows).toHaveLength(2);
  });

  it('takes any number of plans, and none', async () => {
    const here = await world();
    const plans = fleet(201, { status: 'Skipped', cause: 'tag' });
    expect(await here.store.archive(plans)).toHaveLength(201);
    expect(await here.store.archive([])).toEqual([]);
    expect(here.requests('BatchWriteRow')).toHaveLength(1);
    expect(here.requests('PutRow')).toHaveLength(1);
  });
});
