// The numbers of an execution's report. Each due row counts once, by its outcome. A write that was lost counts nothing, and no
// number goes down.
import { beforeEach, describe, expect, it } from 'vitest';
import { TablestoreFault } from '../../lib/alibaba/tablestore/api.ts';
import type { PlanStatus } from '../../lib/plan/status.ts';
import type { PlanStore } from '../../lib/ports.ts';
import { replacing } from './replacing.ts';
import { Account, hour, minute, second, settingsOf, start } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
});

/** A store in which a person changes the row right before the write of one status, so that the write is lost. */
function losing(status: PlanStatus, instanceId = 'i-1'): (real: PlanStore) => PlanStore {
  const race = (plan: { status: PlanStatus; instanceId: string }): void => {
    if (plan.status === status && plan.instanceId === instanceId) account.edit(instanceId, { version: 99n });
  };
  return (real) =>
    replacing(real, {
      write: (write) => {
        race(write.plan);
        return real.write(write);
      },
      writeAll: (writes) => {
        for (const { plan } of writes) race(plan);
        return real.writeAll(writes);
      },
    });
}

describe('the report of an execution', () => {
  it('counts each due row once, by its outcome', async () => {
    account.affected('proven');
    account.affected('slow', { avoidedAfterMs: 20 * minute });
    account.affected('stopped', {}, { status: 'Stopped' });
    account.affected('forbidden');
    account.affected('canceled');
    account.affected('unreadable');
    account.affected('done');
    await account.plan();
    account.ecs.schedule(0, { kind: 'event-ended', eventId: 'e-canceled', status: 'Canceled' });
    account.edit('i-unreadable', { not_before: 'whenever' });
    account.edit('i-done', { status: 'Skipped' });
    account.faults.add({
      operation: 'RebootInstance',
      matching: (request) =>
        (request as { params: Record<string, string> }).params['InstanceId'] === 'i-forbidden',
      fault: { kind: 'error', status: 403, code: 'Forbidden.RAM' },
    });

    const report = await account.execute();
    expect(report).toMatchObject({ due: 7, rebooted: 2, avoided: 1, waiting: 2, escalated: 2 });
    expect(report.problems.map(({ code, instanceId }) => [code, instanceId]).sort()).toEqual([
      ['refused-for-good', 'i-forbidden'],
      ['row-unreadable', 'i-unreadable'],
    ]);
    const statuses = ['proven', 'slow', 'stopped', 'forbidden', 'canceled', 'unreadable', 'done'].map(
      (id) => account.row(`i-${id}`)['status'],
    );
    expect(statuses).toEqual([
      'Avoided',
      'Verifying',
      'Planned',
      'Escalated',
      'Cleared',
      'Escalated',
      'Skipped',
    ]);
  });

  it('adds up its regions', async () => {
    account.affected('1');
    account.affected('2', { avoidedAfterMs: 20 * minute });
    account.affected('3', {}, { regionId: 'cn-shanghai' });
    account.affected('4', {}, { regionId: 'cn-shanghai', status: 'Stopped' });
    await account.plan();
    expect(await account.execute()).toEqual({
      due: 4,
      rebooted: 3,
      avoided: 2,
      waiting: 2,
      escalated: 0,
      problems: [],
    });
  });

  it('counts nothing of a region whose rows could not be read', async () => {
    account.affected('1');
    account.affected('2', {}, { regionId: 'cn-shanghai' });
    await account.plan();
    const store = (real: PlanStore): PlanStore =>
      replacing(real, {
        readDue: (regionId, now) =>
          regionId === 'cn-hangzhou' ? Promise.reject(new Error('no way')) : real.readDue(regionId, now),
      });
    const report = await account.execute({ store });
    expect(report).toMatchObject({ due: 1, rebooted: 1, avoided: 1, waiting: 0, escalated: 0 });
  });

  it('counts plans of a region whose facts could not be read as waiting', async () => {
    account.affected('1');
    account.affected('2', {}, { regionId: 'cn-shanghai' });
    await account.plan();
    const report = await account.execute({
      ecs: (real) =>
        replacing(real, {
          eventsById: (regionId, ids) =>
            regionId === 'cn-hangzhou' ? Promise.reject(new Error('down')) : real.eventsById(regionId, ids),
        }),
    });
    expect(report).toMatchObject({ due: 2, rebooted: 1, avoided: 1, waiting: 1, escalated: 0 });
  });

  it('counts a plan that ends without a restart in no column but due', async () => {
    account.affected('1');
    await account.plan();
    account.ecs.schedule(start, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
    expect(await account.execute()).toEqual({
      due: 1,
      rebooted: 0,
      avoided: 0,
      waiting: 0,
      escalated: 0,
      problems: [],
    });
  });

  it('counts what the next run finds anew', async () => {
    account.affected('1', { avoidedAfterMs: 4 * minute });
    await account.plan();
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 1, avoided: 0, waiting: 1 });
    account.pass(5 * minute);
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 0, avoided: 1, waiting: 0 });
    account.pass(hour);
    expect(await account.execute()).toMatchObject({ due: 0, rebooted: 0, avoided: 0, waiting: 0 });
  });
});

describe('a write that is lost', () => {
  beforeEach(async () => {
    account.affected('1');
    account.affected('2');
    await account.plan();
  });

  it.each<[string, PlanStatus]>([
    ['the claim', 'Preparing'],
    ['the intent', 'Rebooting'],
  ])('of %s leaves the plan waiting, and nothing is sent', async (_, status) => {
    expect(await account.execute({ store: losing(status) })).toEqual({
      due: 2,
      rebooted: 1,
      avoided: 1,
      waiting: 1,
      escalated: 0,
      problems: [],
    });
    expect(account.sent).toBe(1);
  });

  it('after the sending does not hide the restart', async () => {
    expect(await account.execute({ store: losing('Verifying') })).toEqual({
      due: 2,
      rebooted: 2,
      avoided: 1,
      waiting: 1,
      escalated: 0,
      problems: [],
    });
    expect(account.sent).toBe(2);
  });

  it('of the proof leaves the plan waiting', async () => {
    expect(await account.execute({ store: losing('Avoided') })).toEqual({
      due: 2,
      rebooted: 2,
      avoided: 1,
      waiting: 1,
      escalated: 0,
      problems: [],
    });
  });

  it('of an end leaves the plan waiting', async () => {
    account.ecs.schedule(start, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
    expect(await account.execute({ store: losing('Cleared') })).toMatchObject({
      due: 2,
      rebooted: 1,
      avoided: 1,
      waiting: 1,
      escalated: 0,
    });
  });

  it('of an Escalated is not counted as escalated', async () => {
    account.faults.add({
      operation: 'RebootInstance',
      matching: (request) => (request as { params: Record<string, string> }).params['InstanceId'] === 'i-1',
      fault: { kind: 'error', status: 403, code: 'Forbidden.RAM' },
    });
    expect(await account.execute({ store: losing('Escalated') })).toEqual({
      due: 2,
      rebooted: 1,
      avoided: 1,
      waiting: 1,
      escalated: 0,
      problems: [],
    });
  });

  it('of a takeover leaves the plan waiting', async () => {
    account.edit('i-1', {
      status: 'Rebooting',
      owner: 'gone',
      lease_until: '2026-12-01T18:29:00Z',
      intent_at: '2026-12-01T18:26:30Z',
      sent_event_ids: '["e-1"]',
    });
    const report = await account.execute({ store: losing('Verifying') });
    expect(report).toMatchObject({ due: 2, rebooted: 1, avoided: 1, waiting: 1, escalated: 0 });
    expect(account.restarts('i-1')).toBe(0);
  });

  it('of an unreadable row is not counted as escalated', async () => {
    account.edit('i-1', { not_before: 'whenever' });
    const store = (real: PlanStore): PlanStore =>
      replacing(real, {
        escalateUnreadable: (...asked) => {
          account.edit('i-1', { status: 'Skipped' });
          return real.escalateUnreadable(...asked);
        },
      });
    expect(await account.execute({ store })).toMatchObject({ due: 2, rebooted: 1, waiting: 0, escalated: 0 });
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped' });
  });
});

describe('a write that fails', () => {
  it('after the sending does not hide the restart, and is reported', async () => {
    account.affected('1');
    await account.plan();
    account.carry = async (operation, work) => {
      const isSent = account.sent > 0;
      if (operation === 'UpdateRow' && isSent) throw new TablestoreFault('no room', 'OTSQuotaExhausted');
      return Promise.resolve().then(work);
    };
    const report = await account.execute();
    expect(report).toMatchObject({ due: 1, rebooted: 1, avoided: 0, waiting: 1, escalated: 0 });
    expect(report.problems).toMatchObject([{ code: 'not-written', instanceId: 'i-1' }]);
    account.carry = (_operation, work) => Promise.resolve().then(work);
    account.pass(150 * second);
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 0, avoided: 1, waiting: 0 });
    expect(account.sent).toBe(1);
  });
});

describe('the reports of executions that overlap', () => {
  it('count each restart and each proof once in sum', async () => {
    for (const id of ['1', '2', '3']) account.affected(id);
    const settings = settingsOf({ MAX_CONCURRENT_REBOOTS: '9' });
    await account.plan({ settings });
    const reports = await Promise.all(['a', 'b', 'c'].map((owner) => account.execute({ owner, settings })));
    const sum = (count: 'rebooted' | 'avoided' | 'escalated'): number =>
      reports.reduce((total, report) => total + report[count], 0);
    expect([sum('rebooted'), sum('avoided'), sum('escalated')]).toEqual([3, 3, 0]);
    for (const { due, avoided, waiting, escalated } of reports) {
      expect(due).toBe(3);
      expect(avoided + waiting + escalated).toBe(3);
      expect(waiting).toBeGreaterThanOrEqual(0);
    }
    expect(account.sent).toBe(3);
  });
});
