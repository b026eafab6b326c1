// The plan store on Alibaba's client and the local Tablestore: how many calls a read takes, and on which conditions a row is
// written. A person who edits a row in the console wins, even without a new version.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Plan } from '../../../lib/plan/plan.ts';
import { state, type Statement } from '../../../lib/plan/statement.ts';
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

function openStore(): Promise<StoreOnLoopback> {
  return storeOnLoopback((close) => onTestFinished(close));
}

/** A store with these rows in it. */
async function storeWith(...plans: Plan[]): Promise<StoreOnLoopback> {
  const here = await openStore();
  const outcomes = await here.store.writeAll(plans.map((plan) => ({ plan, from: undefined })));
  expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['written']));
  return here;
}

const fleet = (count: number, changes: Partial<Plan> = {}): Plan[] =>
  Array.from({ length: count }, (_, index) => planned({ instanceId: `i-${index + 1}`, ...changes }));

/** The operations that were called, and how often. */
const counted = (here: StoreOnLoopback): Record<string, number> =>
  Object.fromEntries(
    ['GetRow', 'GetRange', 'BatchGetRow', 'BatchWriteRow', 'PutRow', 'UpdateRow'].flatMap((name) => {
      const { length } = here.requests(name);
      return length === 0 ? [] : [[name, length]];
    }),
  );

describe('the first row of an instance', () => {
  it('is written, and reads back as the same plan', async () => {
    const here = await openStore();
    const plan = planned();
    expect(await here.store.write({ plan, from: undefined })).toEqual(written);
    expect(plain(await here.readPlan('i-1'))).toEqual(plain(plan));
    expect(here.row('i-1')).toMatchObject({ due_at: 1_796_148_000_000n, version: 1n });
  });

  it('is not written over a row that exists', async () => {
    const here = await storeWith(planned());
    const before = here.row('i-1');
    const plan = planned({ reason: state('opted-out', {}) });
    expect(await here.store.write({ plan, from: undefined })).toEqual(lost);
    expect(here.row('i-1')).toEqual(before);
  });
});

describe('the next version of a row', () => {
  const reason = state('instance-not-running', { status: 'Stopped' });
  const next = (plan: Plan): Plan => ({ ...plan, version: plan.version + 1, reason });

  it('is written where nobody changed the row since it was read', async () => {
    const here = await storeWith(preparing());
    const from = await here.readPlan('i-1');
    expect(await here.store.write({ plan: next(from), from })).toEqual(written);
    expect(here.row('i-1')).toMatchObject({
      version: 3n,
      reason_code: 'instance-not-running',
      reason_values: '{"status":"Stopped"}',
    });
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
    // The row has no hold, no approved events and nobody who asked for an approval.
    ['hold', 'ask Li'],
    ['hold', 1n],
    ['hold', true],
    ['approval', 'required'],
    ['approval', undefined],
    ['approved_events', '["e-1"]'],
    ['approved_decision', 'window'],
    ['approval_asked_by', 'operator'],
  ])('is lost where somebody changed %s to %s, and the edit stays', async (column, value) => {
    const here = await storeWith(preparing());
    const from = await here.readPlan('i-1');
    here.edit('i-1', { [column]: value });
    const before = here.row('i-1');
    expect(await here.store.write({ plan: next(from), from })).toEqual(lost);
    expect(here.row('i-1')).toEqual(before);
  });

  it('is lost where the row never had a hold and somebody sets one', async () => {
    const here = await storeWith(preparing());
    here.edit('i-1', { hold: undefined });
    const from = await here.readPlan('i-1');
    here.edit('i-1', { hold: 'ask Li' });
    expect(await here.store.write({ plan: next(from), from })).toEqual(lost);
    expect(here.row('i-1')).toMatchObject({ hold: 'ask Li', version: 2n });
  });

  it('is written where somebody sets a hold after the intent, and the hold stays', async () => {
    const sent = {
      status: 'Rebooting',
      intent: { at: at('2026-12-01T18:01:00Z') },
      sentEventIds: ['e-1'],
    } as const;
    const here = await storeWith(preparing(sent));
    const from = await here.readPlan('i-1');
    here.edit('i-1', { hold: 'ask Li', approval: 'required' });
    expect(await here.store.write({ plan: next(from), from })).toEqual(written);
    expect(here.row('i-1')).toMatchObject({ hold: 'ask Li', approval: 'required', version: 3n });
  });

  it('is lost where somebody deleted the row, and no row appears', async () => {
    const here = await openStore();
    expect(await here.store.write({ plan: next(planned()), from: planned() })).toEqual(lost);
    expect(here.row('i-1')).toBeUndefined();
  });

  it('is written where a person wrote the same values in another form', async () => {
    const here = await storeWith(planned());
    here.edit('i-1', { not_before: '2026-12-03T10:00:00+08:00', pinned: 'TRUE' });
    const from = await here.readPlan('i-1');
    expect(await here.store.write({ plan: next(from), from })).toEqual(written);
    expect(here.row('i-1')).toMatchObject({ version: 2n });
  });

  it('may follow a version that was just written, without a read between them', async () => {
    const here = await openStore();
    const first = planned();
    const second = next(first);
    const third = next(second);
    expect(await here.store.write({ plan: first, from: undefined })).toEqual(written);
    expect(await here.store.write({ plan: second, from: first })).toEqual(written);
    expect(await here.store.write({ plan: third, from: second })).toEqual(written);
    expect(here.row('i-1')).toMatchObject({ version: 3n });
  });

  it('writes due_at and only the columns that change, and keeps columns that people added', async () => {
    const here = await storeWith(planned());
    here.edit('i-1', { note: 'Ask Li first.', priority: 3n });
    const from = await here.readPlan('i-1');
    await here.store.write({ plan: next(from), from });
    const [request] = here.requests('UpdateRow') as UpdateRowRequest[];
    expect(request?.changes.map(({ type, name }) => `${type} ${name}`).sort()).toEqual([
      'PUT due_at',
      'PUT reason',
      'PUT reason_code',
      'PUT reason_values',
      'PUT version',
      'PUT write_token',
    ]);
    expect(here.row('i-1')).toMatchObject({ note: 'Ask Li first.', priority: 3n });
  });

  it('restores due_at where a person removed it after the read', async () => {
    const here = await storeWith(planned());
    const from = await here.readPlan('i-1');
    here.edit('i-1', { due_at: undefined });
    expect(await here.store.write({ plan: next(from), from })).toEqual(written);
    expect(here.row('i-1')).toMatchObject({ due_at: BigInt(Date.UTC(2026, 11, 1, 18)) });
  });

  it('keeps the edit of a column that no decision rests on', async () => {
    const here = await storeWith(planned());
    const from = await here.readPlan('i-1');
    here.edit('i-1', { instance_name: 'the old web server' });
    expect(await here.store.write({ plan: next(from), from })).toEqual(written);
    expect(here.row('i-1')).toMatchObject({ instance_name: 'the old web server', version: 2n });
  });

  it('removes the columns that the plan no longer has', async () => {
    const here = await storeWith(preparing());
    const from = await here.readPlan('i-1');
    const plan = avoided({ version: 3 });
    expect(await here.store.write({ plan, from })).toEqual(written);
    const columns = Object.keys(here.row('i-1') ?? {});
    for (const gone of ['owner', 'lease_until', 'due_at', 'due_at_utc']) expect(columns).not.toContain(gone);
    expect(plain(await here.readPlan('i-1'))).toEqual(plain(plan));
  });
});

describe('the due rows', () => {
  const now = at('2026-12-01T18:00:00Z');
  const dueAt = (instanceId: string, executeAt: string): Plan =>
    planned({ instanceId, executeAt: at(executeAt) });

  it('take one range read and no other call where there are none', async () => {
    const here = await openStore();
    // One waits, one is finished, one belongs to another region.
    await here.store.write({ plan: dueAt('i-1', '2026-12-01T18:00:00.001Z'), from: undefined });
    await here.store.write({ plan: avoided({ instanceId: 'i-2' }), from: undefined });
    await here.store.write({
      plan: { ...dueAt('i-3', '2026-12-01T17:00:00Z'), regionId: 'cn-shanghai' },
      from: undefined,
    });
    expect(await here.store.readDue('cn-hangzhou', now)).toEqual([]);
    expect(counted(here)).toEqual({ PutRow: 3, GetRange: 1 });
  });

  it('are those of the region whose due_at has come', async () => {
    const here = await storeWith(
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

  it('are read page by page, and one hundred per call', async () => {
    const here = await storeWith(...fleet(230));
    here.core.settings.pageRows = () => 100;
    const due = await here.store.readDue('cn-hangzhou', now);
    expect(due).toHaveLength(230);
    expect(counted(here)).toMatchObject({ GetRange: 3, BatchGetRow: 3 });
  });

  it('include rows that cannot be read', async () => {
    const here = await storeWith(...fleet(3));
    here.edit('i-2', { pinned: 'perhaps' });
    const due = await here.store.readDue('cn-hangzhou', now);
    expect(due.map(({ kind }) => kind).sort()).toEqual(['plan', 'plan', 'unreadable']);
  });
});

describe('the unfinished instances', () => {
  it('are found by status, even where due_at is missing', async () => {
    const here = await storeWith(
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

  it('are found after pages that hold finished rows only', async () => {
    const here = await storeWith(
      ...fleet(4, { status: 'Skipped', cause: 'tag' }),
      planned({ instanceId: 'z' }),
    );
    here.core.settings.pageRows = () => 2;
    expect(await here.store.unfinishedInstances('cn-hangzhou')).toEqual(['z']);
    expect(here.requests('GetRange')).toHaveLength(3);
  });
});

describe('the rows under way', () => {
  it('are those that have begun, those with an unknown status, and those with an intent or a step', async () => {
    const here = await storeWith(
      planned({ instanceId: 'i-1' }),
      preparing({ instanceId: 'i-2' }),
      avoided({ instanceId: 'i-3' }),
      planned({ instanceId: 'i-4', status: 'AwaitingApproval' }),
      planned({ instanceId: 'i-5' }),
      planned({ instanceId: 'i-6' }),
      planned({ instanceId: 'i-7' }),
      planned({ instanceId: 'i-8' }),
      { ...preparing({ instanceId: 'i-9' }), regionId: 'cn-shanghai' },
      planned({ instanceId: 'i-10' }),
    );
    here.edit('i-10', {
      steps: '[{"name":"pre-command","state":"done","at":"2026-12-01T18:29:00Z","ids":["t-1"]}]',
    });
    here.edit('i-5', { status: 'Done' });
    here.edit('i-6', { status: undefined });
    here.edit('i-7', { intent_at: '2026-12-01T18:29:00Z' });
    // Somebody emptied the cell. What it held is unknown.
    here.edit('i-8', { intent_at: '' });
    const found = await here.store.readUnderWay('cn-hangzhou');
    const seen = found.map((read) =>
      read.kind === 'plan' ? `${read.plan.instanceId} ${read.plan.status}` : `${read.instanceId} unreadable`,
    );
    expect(seen).toEqual([
      'i-10 Planned',
      'i-2 Preparing',
      'i-5 unreadable',
      'i-6 unreadable',
      'i-7 unreadable',
      'i-8 unreadable',
    ]);
  });
});

describe('restarts without a proof', () => {
  it('are the rows that ended with an intent and are not Avoided, and those that remember one', async () => {
    const sent = { intent: { at: at('2026-12-01T18:00:00Z') }, sentEventIds: ['e-1'] } as const;
    const ended = (instanceId: string, more: Partial<Plan> = {}): Plan =>
      avoided({ instanceId, ...sent, ...more });
    const unsent = ended('i-4', { status: 'Skipped', cause: 'tag' });
    delete unsent.intent;
    const here = await storeWith(
      ended('i-1', { status: 'Escalated' }),
      ended('i-2'),
      ended('i-3', { status: 'Missed' }),
      unsent,
      planned({ instanceId: 'i-5', unproven: 'post-command' }),
      ended('i-6', { status: 'Verifying' }),
      { ...ended('i-7', { status: 'Escalated' }), regionId: 'cn-shanghai' },
      ended('i-8', { status: 'Escalated' }),
    );
    here.edit('i-8', { timeline: '[1, 2', acknowledged: 'yes' });
    const found = await here.store.readUnproven('cn-hangzhou');
    const seen = found.map((read) =>
      read.kind === 'plan' ? read.plan.instanceId : `${read.instanceId} ${read.acknowledged}`,
    );
    expect(seen).toEqual(['i-1', 'i-3', 'i-5', 'i-8 yes']);
  });
});

describe('plans that ended after a restart', () => {
  it('are those of the region that ended at this time or later, to the millisecond', async () => {
    const sent = { intent: { at: at('2026-12-01T18:00:00Z') }, sentEventIds: ['e-1'] } as const;
    const ended = (instanceId: string, time: string, more: Partial<Plan> = sent): Plan =>
      avoided({ instanceId, finishedAt: at(time), ...more });
    const unsent = ended('i-5', '2026-12-01T18:10:00Z', { status: 'Skipped', cause: 'tag' });
    delete unsent.intent;
    const here = await storeWith(
      ended('i-1', '2026-12-01T18:05:00Z'),
      ended('i-2', '2026-12-01T18:04:59.999Z'),
      ended('i-3', '2026-12-01T18:05:00.5Z'),
      ended('i-4', '2026-12-02T02:00:00Z'),
      unsent,
      { ...ended('i-6', '2026-12-01T18:10:00Z'), regionId: 'cn-shanghai' },
      preparing({ instanceId: 'i-7' }),
      // These plans replaced the row of a restart.
      planned({ instanceId: 'i-8', formerEndedAt: at('2026-12-01T18:05:00Z') }),
      planned({ instanceId: 'i-9', formerEndedAt: at('2026-12-01T18:04:59.999Z') }),
    );
    const found = await here.store.readRestartedSince('cn-hangzhou', at('2026-12-01T18:05:00Z'));
    expect(found.map(({ instanceId }) => instanceId)).toEqual(['i-1', 'i-3', 'i-4', 'i-8']);
  });
});

describe('many rows', () => {
  it('are read one hundred per call, without those that do not exist', async () => {
    const here = await storeWith(...fleet(130));
    const ids = fleet(230).map(({ instanceId }) => instanceId);
    expect(await here.store.readByInstance('cn-hangzhou', ids)).toHaveLength(130);
    const sizes = (here.requests('BatchGetRow') as BatchGetRowRequest[]).map(
      ({ tables }) => tables[0]?.primaryKeys.length,
    );
    expect(sizes.sort()).toEqual([100, 100, 30]);
  });

  it('take no call where none is asked for', async () => {
    const here = await openStore();
    expect(await here.store.readByInstance('cn-hangzhou', [])).toEqual([]);
    expect(await here.store.writeAll([])).toEqual([]);
    expect(counted(here)).toEqual({});
  });

  it('are written two hundred per call', async () => {
    const here = await storeWith(...fleet(430));
    const sizes = (here.requests('BatchWriteRow') as BatchWriteRowRequest[]).map(
      ({ tables }) => tables[0]?.rows.length,
    );
    expect(sizes).toEqual([200, 200, 30]);
    expect(counted(here)).toEqual({ BatchWriteRow: 3 });
    expect(here.row('i-430')).toMatchObject({ status: 'Planned' });
  });

  it('have one outcome each, in the order given', async () => {
    const here = await storeWith(...fleet(3));
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
  const reason: Statement = state('row-unreadable', {
    faults: [{ what: 'Column execute_at', value: '"tonight"', expected: 'an ISO 8601 time' }],
    mayHaveSent: false,
  });

  it('is set to Escalated with the reason, and its other columns stay', async () => {
    const here = await storeWith(planned());
    here.edit('i-1', { execute_at: 'tonight', note: 'mine' });
    const before = here.row('i-1') ?? {};
    const read = await here.read('i-1');
    if (read.kind !== 'unreadable') throw new Error('the row can be read');
    expect(await here.store.escalateUnreadable(read, reason, { at: when, by: 'plan' })).toEqual(written);
    const { due_at, due_at_utc, last_written, ...rest } = before;
    expect([due_at, due_at_utc, last_written]).not.toContain(undefined);
    expect(here.row('i-1')).toEqual({
      ...rest,
      status: 'Escalated',
      reason: expect.stringContaining('tonight') as string,
      reason_code: 'row-unreadable',
      reason_values:
        '{"faults":[{"what":"Column execute_at","value":"\\"tonight\\"","expected":"an ISO 8601 time"}],"mayHaveSent":false}',
      timeline: expect.stringMatching(
        /"at":"2026-12-01T19:00:00Z","by":"plan","what":"The row cannot be read\..*"code":"row-unreadable"/,
      ) as string,
      version: 2n,
      escalated_at: '2026-12-01T19:00:00.000Z',
      updated_at: '2026-12-01T19:00:00.000Z',
      write_token: expect.stringMatching(/^test-/) as string,
    });
    expect(await here.store.readDue('cn-hangzhou', when)).toEqual([]);
    expect(await here.store.unfinishedInstances('cn-hangzhou')).toEqual([]);
  });

  it('is set to Escalated although its version cannot be read', async () => {
    const here = await storeWith(planned());
    here.edit('i-1', { version: 3 });
    const read = await here.read('i-1');
    if (read.kind !== 'unreadable') throw new Error('the row can be read');
    expect(await here.store.escalateUnreadable(read, reason, { at: when, by: 'plan' })).toEqual(written);
    expect(here.row('i-1')).toMatchObject({ status: 'Escalated', version: 1n });
  });

  it.each<[string, ColumnValue]>([
    ['status', 'Skipped'],
    ['version', 2n],
  ])('is not written where somebody changed %s to %s after the read', async (column, value) => {
    const here = await storeWith(planned());
    here.edit('i-1', { execute_at: 'tonight' });
    const read = await here.read('i-1');
    if (read.kind !== 'unreadable') throw new Error('the row can be read');
    here.edit('i-1', { [column]: value, execute_at: '2026-12-01T18:00:00Z' });
    const before = here.row('i-1');
    expect(await here.store.escalateUnreadable(read, reason, { at: when, by: 'plan' })).toEqual(lost);
    expect(here.row('i-1')).toEqual(before);
  });
});
