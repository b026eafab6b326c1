// A write that must never be: it is reported and logged with its stack, it does not reach the store, and it stops no other
// write. The plans are forged, because no transition would make them.
import { beforeEach, describe, expect, it } from 'vitest';
import { writeGuarded } from '../../lib/jobs/guarded-writes.ts';
import { Ledger } from '../../lib/jobs/ledger.ts';
import { Problems } from '../../lib/jobs/report.ts';
import { confirmEdit } from '../../lib/plan/confirm-edit.ts';
import { ImpossibleChange } from '../../lib/plan/invariants.ts';
import type { Plan } from '../../lib/plan/plan.ts';
import { end } from '../../lib/plan/transitions.ts';
import { state } from '../../lib/plan/statement.ts';
import type { PlanStore } from '../../lib/ports.ts';
import { replacing } from './replacing.ts';
import { Account } from './stage.ts';

const region = 'cn-hangzhou';
let account: Account;
let ports: ReturnType<Account['ports']>;
let problems: Problems;

beforeEach(async () => {
  account = new Account();
  for (const id of ['1', '2', '3']) account.affected(id);
  await account.plan();
  ports = account.ports();
  problems = new Problems(ports.log);
  account.logged.length = 0;
  account.operations.length = 0;
});

async function read(instanceId: string): Promise<Plan> {
  const [row] = await ports.store.readByInstance(region, [instanceId]);
  if (row?.kind !== 'plan') throw new Error(`there is no plan of ${instanceId}`);
  return row.plan;
}

interface Write {
  plan: Plan;
  from: Plan;
}

/** A sound write: the same plan again. */
async function sound(instanceId: string): Promise<Write> {
  const from = await read(instanceId);
  return { plan: confirmEdit(from, { at: account.clock.now(), by: 'plan' }), from };
}

/** The same write, forged: the plan waits and has an intent, so that it could be restarted twice. */
async function forged(instanceId: string): Promise<Write> {
  const { plan, from } = await sound(instanceId);
  return { plan: { ...plan, intent: { at: account.clock.now() } }, from };
}

const writesSent = (): string[] =>
  account.operations.filter((operation) => !operation.startsWith('BatchGet'));

describe('an impossible write', () => {
  it('is not written, and the other writes of its batch are', async () => {
    const before = account.row('i-2');
    const writes = [await sound('i-1'), await forged('i-2'), await sound('i-3')];
    const outcomes = await writeGuarded(ports.store, writes, problems);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['written', 'impossible', 'written']);
    expect(account.row('i-2')).toEqual(before);
    expect([account.row('i-1')['version'], account.row('i-3')['version']]).toEqual([2n, 2n]);
    expect(account.story('i-1').at(-1)).toBe('edited');
    expect(account.story('i-3').at(-1)).toBe('edited');
  });

  it('is reported as a fault of the planner, with its place', async () => {
    await writeGuarded(ports.store, [await forged('i-2'), await sound('i-3')], problems);
    expect(problems.all).toEqual([
      {
        code: 'impossible-write',
        problem: expect.stringContaining('plan e-2 of i-2, Planned, version 2') as string,
        regionId: 'cn-hangzhou',
        instanceId: 'i-2',
      },
    ]);
  });

  it('is logged as an error with the stack of what was thrown', async () => {
    await writeGuarded(ports.store, [await forged('i-2')], problems);
    expect(account.logged.map(([level]) => level)).toEqual(['error']);
    const fields = account.logged[0]?.[2] ?? {};
    expect(fields).toMatchObject({ code: 'impossible-write', regionId: 'cn-hangzhou', instanceId: 'i-2' });
    expect(fields['error']).toBeInstanceOf(ImpossibleChange);
    expect((fields['error'] as Error).stack).toContain('assertMayFollow');
  });

  it('alone in its batch sends nothing to the store', async () => {
    const writes = [await forged('i-1'), await forged('i-2')];
    account.operations.length = 0;
    const outcomes = await writeGuarded(ports.store, writes, problems);
    expect(outcomes).toEqual([{ kind: 'impossible' }, { kind: 'impossible' }]);
    expect(writesSent()).toEqual([]);
    expect(problems.all).toHaveLength(2);
  });

  it('leaves the order of the outcomes as it is, also for a write that another was faster with', async () => {
    const writes = [await forged('i-1'), await sound('i-2'), await sound('i-3')];
    account.edit('i-2', { version: 9n });
    const outcomes = await writeGuarded(ports.store, writes, problems);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['impossible', 'lost', 'written']);
  });

  it('counts as not written in the ledger of an execution, and ends no plan there', async () => {
    const ledger = new Ledger({ ...ports, problems });
    const from = await read('i-2');
    const stamp = { at: account.clock.now(), by: 'execute' };
    const ended = end(from, stamp, { status: 'Skipped', reason: state('opted-out', {}), cause: 'tag' });
    const impossible = { plan: { ...ended, version: from.version }, from };
    expect(await ledger.writeAll([impossible, await sound('i-3')])).toEqual([false, true]);
    expect(ledger.ended).toEqual([]);
    expect(account.row('i-2')['status']).toBe('Planned');
    expect(problems.all.map(({ code, instanceId }) => [code, instanceId])).toEqual([
      ['impossible-write', 'i-2'],
    ]);
  });
});

describe('a batch about which the store does not say everything', () => {
  it('counts each write without an outcome as failed', async () => {
    const store = replacing<PlanStore>(ports.store, {
      writeAll: async (writes) => (await ports.store.writeAll(writes)).slice(0, 1),
    });
    const outcomes = await writeGuarded(store, [await sound('i-1'), await sound('i-3')], problems);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['written', 'failed']);
    expect(problems.all).toEqual([]);
  });
});

describe('a sound batch', () => {
  it('is written whole, and nothing is reported', async () => {
    const outcomes = await writeGuarded(ports.store, [await sound('i-1'), await sound('i-2')], problems);
    expect(outcomes).toEqual([{ kind: 'written' }, { kind: 'written' }]);
    expect(problems.all).toEqual([]);
    expect(account.logged).toEqual([]);
  });
});

describe('an impossible transition in a plan run', () => {
  /** The rows as the real store reads them, but the plan of i-2 has an intent and must be planned again. */
  const forging = (real: PlanStore): PlanStore => ({
    readByInstance: async (regionId, ids) =>
      (await real.readByInstance(regionId, ids)).map((row) => {
        if (row.kind !== 'plan' || row.plan.instanceId !== 'i-2') return row;
        const plan: Plan = { ...row.plan, intent: { at: account.clock.now() } };
        delete plan.rules;
        return { ...row, plan };
      }),
    readDue: (regionId, now) => real.readDue(regionId, now),
    readStops: () => real.readStops(),
    readRuns: () => real.readRuns(),
    recordRuns: (runs) => real.recordRuns(runs),
    regionsWithRows: () => real.regionsWithRows(),
    readPast: (ids) => real.readPast(ids),
    unfinishedInstances: (regionId) => real.unfinishedInstances(regionId),
    rowsToSee: (regionId, endedBefore) => real.rowsToSee(regionId, endedBefore),
    readUnderWay: (regionId) => real.readUnderWay(regionId),
    readUnproven: (regionId) => real.readUnproven(regionId),
    readRestartedSince: (regionId, since) => real.readRestartedSince(regionId, since),
    writeAll: (writes) => real.writeAll(writes),
    write: (write) => real.write(write),
    escalateUnreadable: (row, reason, at) => real.escalateUnreadable(row, reason, at),
    archive: (plans) => real.archive(plans),
    remove: (plans) => real.remove(plans),
  });

  it('stops that one plan, is logged as an error, and the others are planned', async () => {
    const before = account.row('i-2');
    account.affected('4');
    const report = await account.plan({ store: forging });
    expect(report).toMatchObject({ created: 1, unchanged: 3 });
    expect(report.problems.map(({ code, instanceId }) => [code, instanceId])).toEqual([
      ['plan-not-possible', 'i-2'],
    ]);
    const errors = account.logged.filter(([level]) => level === 'error');
    expect(errors.map(([, , fields]) => fields?.['error'])).toEqual([expect.any(ImpossibleChange)]);
    expect(account.row('i-2')).toEqual(before);
    expect(account.row('i-4')['status']).toBe('Planned');
  });
});
