// A change that must never be is a fault of this program. It stops the one plan that it is about, nothing is written for that
// plan, the report and the log name it, and the other plans go on. The store plays the fault here: it returns plans that no
// row can hold.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../lib/plan/plan.ts';
import type { PlanRead, PlanStore } from '../../lib/ports.ts';
import { replacing } from './replacing.ts';
import { Account, hour, minute, start, type Invocation } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
});

const intent: Plan['intent'] = { at: new Account().clock.now(), outcome: 'unknown' };

type Change = (read: PlanRead & { kind: 'plan' }) => PlanRead;

/** A store whose reads show `i-1` changed. */
function showing(change: Change): NonNullable<Invocation['store']> {
  const shown = (rows: readonly PlanRead[]): PlanRead[] =>
    rows.map((row) => (row.kind === 'plan' && row.plan.instanceId === 'i-1' ? change(row) : row));
  return (real: PlanStore) =>
    replacing(real, {
      readDue: async (...asked) => shown(await real.readDue(...asked)),
      readByInstance: async (...asked) => shown(await real.readByInstance(...asked)),
    });
}

const withIntent: Change = (row) => ({ ...row, plan: { ...row.plan, intent } });

const withoutIntent: Change = (row) => {
  const plan = { ...row.plan };
  delete plan.intent;
  return { ...row, plan };
};

/** The problems of `i-1`, and the errors that the log shows for it. */
function faultsOfFirst(problems: readonly { instanceId?: string }[]): {
  reported: unknown[];
  logged: unknown[];
} {
  return {
    reported: problems.filter(({ instanceId }) => instanceId === 'i-1'),
    logged: account.logged
      .filter(([level, , fields]) => level === 'error' && fields?.['instanceId'] === 'i-1')
      .map(([, , fields]) => fields?.['error']),
  };
}

const impossible = expect.objectContaining({ name: 'ImpossibleChange' }) as Error;
const stopped = (code: string) => ({
  reported: [
    {
      code,
      regionId: 'cn-hangzhou',
      instanceId: 'i-1',
      problem: expect.stringContaining('intent') as string,
    },
  ],
  logged: [impossible],
});

describe('an impossible change in the execute job', () => {
  it('at the claim stops one plan of the batch', async () => {
    for (const id of ['1', '2', '3']) account.affected(id);
    await account.plan();
    const before = account.row('i-1');
    const report = await account.execute({ store: showing(withIntent) });
    expect(report).toMatchObject({ due: 3, rebooted: 2, avoided: 2, waiting: 1, escalated: 0 });
    expect(faultsOfFirst(report.problems)).toEqual(stopped('plan-not-worked-on'));
    expect(report.problems).toHaveLength(1);
    expect(account.row('i-1')).toEqual(before);
    expect([account.restarts('i-1'), account.restarts('i-2'), account.restarts('i-3')]).toEqual([0, 1, 1]);
  });

  it('of a plan that waits for its group stops neither the group nor the watch', async () => {
    const web = { tags: { 'reboot-planner:group': 'web' } };
    // i-2 goes first, because its NotBefore is earlier.
    account.affected('1', { notBefore: start + 24 * hour }, web);
    account.affected('2', { notBefore: start + 23 * hour }, web);
    await account.plan();
    account.pass(20 * minute);
    const before = account.row('i-1');
    const report = await account.execute({ store: showing(withIntent) });
    expect(report).toMatchObject({ due: 2, rebooted: 1, avoided: 1, waiting: 1, escalated: 0 });
    expect(faultsOfFirst(report.problems)).toEqual(stopped('plan-not-worked-on'));
    expect(account.row('i-1')).toEqual(before);
    expect(account.row('i-2')).toMatchObject({ status: 'Avoided' });
  });

  it('of a look after the restart stops the watch of one plan', async () => {
    account.affected('1', { neverAvoided: true });
    account.affected('2', { avoidedAfterMs: 4 * minute });
    await account.plan();
    await account.execute();
    account.pass(5 * minute);
    const before = account.row('i-1');
    expect(before).toMatchObject({ status: 'Verifying' });
    const store = showing((row) =>
      withoutIntent({ ...row, plan: { ...row.plan, reason: { code: 'edited', values: {} } } }),
    );
    const report = await account.execute({ store });
    expect(report).toMatchObject({ due: 2, rebooted: 0, avoided: 1, waiting: 1, escalated: 0 });
    expect(faultsOfFirst(report.problems)).toEqual(stopped('plan-not-worked-on'));
    expect(account.row('i-1')).toEqual(before);
  });
});

describe('an impossible change in the plan job', () => {
  it('stops the planning of one instance', async () => {
    account.affected('1');
    account.affected('2');
    await account.plan();
    for (const id of ['1', '2'])
      account.ecs.schedule(start, { kind: 'event-moved', eventId: `e-${id}`, notBefore: start + hour });
    account.pass(minute);
    const before = account.row('i-1');
    const report = await account.plan({ store: showing(withIntent) });
    expect(report).toMatchObject({ events: 2, created: 0, updated: 1, unchanged: 1, ended: 0 });
    expect(faultsOfFirst(report.problems)).toEqual(stopped('plan-not-possible'));
    expect(report.problems).toHaveLength(1);
    expect(account.row('i-1')).toEqual(before);
    expect(account.row('i-2')).toMatchObject({ latest_start: '2026-12-01T19:00:00Z' });
  });

  it('at an edited row stops that instance only', async () => {
    account.affected('1');
    account.affected('2');
    await account.plan();
    account.edit('i-2', { due_at: undefined });
    const before = account.row('i-1');
    const store = showing((row) => ({ ...withIntent(row), isDueAtRight: false }) as PlanRead);
    const report = await account.plan({ store });
    expect(report).toMatchObject({ events: 2, created: 0, updated: 1, unchanged: 1, ended: 0 });
    expect(faultsOfFirst(report.problems)).toEqual(stopped('plan-not-possible'));
    expect(account.row('i-1')).toEqual(before);
    expect(account.row('i-2')).toMatchObject({ due_at: BigInt(start) });
  });
});
