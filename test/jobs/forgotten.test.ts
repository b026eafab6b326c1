// A row that knew of a restart is gone or edited, and its event is still open. The history knows: the event is never planned
// anew without a person. i-1 was restarted once for e-1, which ECS leaves Scheduled. It is 02:30 in Shanghai.
import { beforeEach, describe, expect, it } from 'vitest';
import { TablestoreFault } from '../../lib/alibaba/tablestore/api.ts';
import type { Ecs } from '../../lib/ports.ts';
import { createTablesIn } from '../in-process/tables.ts';
import { ticks } from './preparation.ts';
import { replacing } from './replacing.ts';
import { Account, hour, minute, second, settingsOf, start } from './stage.ts';

let account: Account;

const settings = settingsOf({ MAINTENANCE_WINDOWS: 'always' });

beforeEach(async () => {
  account = new Account();
  account.affected('1', { neverAvoided: true });
  await account.plan({ settings });
  await account.execute({ settings });
});

/** Forty minutes of both functions. */
async function goOn(): Promise<void> {
  for (let run = 0; run < 3; run += 1) {
    await account.plan({ settings });
    await ticks(account, 14, settings);
  }
}

/** The proof fails after thirty minutes: the plan is Escalated. */
async function failProof(): Promise<void> {
  await ticks(account, 32, settings);
  expect(account.row('i-1')).toMatchObject({ status: 'Escalated', reason_code: 'not-proven' });
}

function renamePlansTable(): void {
  account.tables = { plans: 'plans_2027', history: 'history' };
  createTablesIn(account.tablestore, { plans: 'plans_2027', history: 'history_2027' });
}

const inHistory = {
  status: 'Escalated',
  reason_code: 'in-history',
  cause: 'in-history',
  event_ids: '["e-1"]',
  not_before: '2026-12-02T18:30:00Z',
};

describe('a plan for which a restart was sent', () => {
  it('stands in the history as soon as it was sent, and again when it has ended', async () => {
    expect(account.history('i-1')).toEqual(['e-1']);
    expect(account.past('i-1', 'e-1')).toMatchObject({ status: 'Verifying', sent_event_ids: '["e-1"]' });
    await failProof();
    expect(account.past('i-1', 'e-1')).toMatchObject({ status: 'Escalated', reason_code: 'not-proven' });
  });

  it('goes on where the history cannot be written, and the report says so', async () => {
    account.affected('2');
    await account.plan({ settings });
    account.carry = (operation, work) =>
      operation === 'PutRow'
        ? Promise.reject(new TablestoreFault('no room', 'OTSQuotaExhausted'))
        : Promise.resolve().then(work);
    const { problems, avoided } = await account.execute({ settings });
    expect(avoided).toBe(1);
    expect(problems.map(({ code, instanceId }) => `${code} ${instanceId}`)).toEqual(['not-kept i-2']);
    expect(account.restarts('i-2')).toBe(1);
  });
});

describe('a sender that dies right after its call, and a row that a person deletes then', () => {
  /** The call of i-2 arrives, and its execution never goes on. */
  async function die(): Promise<void> {
    account.affected('2', { neverAvoided: true });
    await account.plan({ settings });
    const sent = new Promise<void>((resolve) => {
      const ecs = (real: Ecs): Ecs =>
        replacing(real, {
          reboot: async (regionId, instanceId) => {
            await real.reboot(regionId, instanceId);
            resolve();
            return new Promise(() => undefined);
          },
        });
      void account.execute({ settings, ecs });
    });
    await sent;
    expect(account.row('i-2')).toMatchObject({ status: 'Rebooting' });
  }

  it('leave the intent in the history: the event waits for a person, and nothing is restarted again', async () => {
    await die();
    expect(account.past('i-2', 'e-2')).toMatchObject({ status: 'Rebooting', sent_event_ids: '["e-2"]' });
    account.deleteRow('i-2');
    await goOn();
    expect(account.row('i-2')).toMatchObject({ status: 'Escalated', reason_code: 'in-history' });
    expect(account.restarts('i-2')).toBe(1);
  });
});

describe('a restart that was not sent after all', () => {
  it('leaves no intent in the history: where its row is deleted, it is planned again', async () => {
    account.affected('2');
    await account.plan({ settings });
    account.faults.add({
      operation: 'RebootInstance',
      fault: { kind: 'error', status: 403, code: 'IncorrectInstanceStatus' },
    });
    await account.execute({ settings });
    expect(account.row('i-2')).toMatchObject({ status: 'Planned', reason_code: 'refused' });
    expect(account.past('i-2', 'e-2')).toMatchObject({ status: 'Planned' });
    expect(account.past('i-2', 'e-2')).not.toHaveProperty('intent_at');
    account.deleteRow('i-2');
    await goOn();
    expect(account.row('i-2')).toMatchObject({ status: 'Avoided' });
    expect(account.restarts('i-2')).toBe(1);
  });
});

describe('where PLANS_TABLE was renamed', () => {
  it.each(['while the plan is Verifying', 'after the plan was Escalated'])(
    '%s, the event gets an Escalated row that says what to do, and no second restart',
    async (when) => {
      if (when !== 'while the plan is Verifying') await failProof();
      renamePlansTable();
      const { problems } = await account.plan({ settings });
      expect(account.row('i-1')).toMatchObject({ ...inHistory, approval: 'not-required' });
      expect(account.row('i-1')).not.toHaveProperty('due_at');
      expect(account.reason('i-1')).toEqual({
        code: 'in-history',
        values: {
          eventIds: ['e-1'],
          planId: 'e-1',
          status: when === 'while the plan is Verifying' ? 'Verifying' : 'Escalated',
          sentAt: '2026-12-01T18:30:00Z',
          timeZone: 'Asia/Shanghai',
        },
      });
      expect(problems).toMatchObject([{ code: 'in-history', instanceId: 'i-1' }]);
      await goOn();
      expect(account.restarts('i-1')).toBe(1);
      expect(account.row('i-1')).toMatchObject(inHistory);
    },
  );

  it('an event without a plan in the history is planned as ever', async () => {
    renamePlansTable();
    account.affected('2');
    await account.plan({ settings });
    expect(account.row('i-2')).toMatchObject({ status: 'Planned', plan_id: 'e-2', version: 1n });
  });

  it('a plan that waited is planned again: nothing was sent for it', async () => {
    account.affected('2');
    await account.plan({ settings });
    renamePlansTable();
    await account.plan({ settings });
    expect(account.row('i-2')).toMatchObject({ status: 'Planned', plan_id: 'e-2' });
  });
});

describe('where the row was deleted', () => {
  beforeEach(async () => {
    await failProof();
    account.deleteRow('i-1');
  });

  it('a second plan run writes nothing', async () => {
    await account.plan({ settings });
    const writes = account.tablestore.record.length;
    expect(await account.plan({ settings })).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 1,
      problems: [],
    });
    expect(account.tablestore.record).toHaveLength(writes);
  });

  it('a person who sets status to Planned gets a second restart, under an id of its own', async () => {
    await account.plan({ settings });
    const planId = String(account.row('i-1')['plan_id']);
    expect(planId).toMatch(/^e-1\.\d+$/);
    account.edit('i-1', { status: 'Planned' });
    await goOn();
    expect(account.restarts('i-1')).toBe(2);
    expect(account.history('i-1')).toEqual(['e-1', planId]);
  });

  it('another event that is open is planned, and its row names the one that is not', async () => {
    account.ecs.addEvent({ id: 'e-5', instanceId: 'i-1', notBefore: start + 48 * hour });
    const { problems } = await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({
      status: 'Planned',
      event_ids: '["e-5"]',
      former_event_ids: '["e-1"]',
    });
    expect(account.reason('i-1').values['also']).toEqual([
      { code: 'earlier-open', values: { eventIds: ['e-1'] } },
    ]);
    expect(problems).toMatchObject([{ code: 'earlier-open', instanceId: 'i-1' }]);
  });

  it('its events wait while the history cannot be read, and other instances are planned', async () => {
    account.affected('2');
    await account.plan({ settings });
    account.deleteRow('i-1');
    account.ecs.addEvent({ id: 'e-9', instanceId: 'i-2', notBefore: start + 20 * hour });
    const { carry } = account;
    account.carry = (operation, work) =>
      operation === 'GetRange'
        ? Promise.resolve().then(() => {
            const answer = work();
            const rows = (answer as { rows: { key: object }[] }).rows;
            if (rows.some(({ key }) => 'plan_id' in key)) {
              throw new TablestoreFault('down', 'OTSObjectNotExist');
            }
            return answer;
          })
        : carry(operation, work);
    const report = await account.plan({ settings });
    expect(account.row('i-1')).toEqual({});
    expect(report.problems).toMatchObject([{ code: 'history-unreadable', regionId: 'cn-hangzhou' }]);
    account.carry = carry;
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject(inHistory);
    expect(account.row('i-2')).toMatchObject({ status: 'Planned', event_ids: '["e-9","e-2"]' });
  });
});

describe('where the lists of events in the row were edited', () => {
  beforeEach(failProof);

  it('both to another event, the answered event is not planned, and the history keeps the true lists', async () => {
    account.edit('i-1', { event_ids: '["e-7"]', sent_event_ids: '["e-7"]' });
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject(inHistory);
    expect(account.past('i-1', 'e-1')).toMatchObject({ event_ids: '["e-1"]', sent_event_ids: '["e-1"]' });
    await goOn();
    expect(account.restarts('i-1')).toBe(1);
  });

  it('and the row was deleted then, too, the answered event is not planned', async () => {
    account.edit('i-1', { event_ids: '["e-7"]', sent_event_ids: '["e-7"]' });
    await account.plan({ settings });
    account.deleteRow('i-1');
    await goOn();
    expect(account.row('i-1')).toMatchObject(inHistory);
    expect(account.restarts('i-1')).toBe(1);
  });

  it.each([
    ['while the next plan waits', 'Planned'],
    ['once the next plan has ended', 'Avoided'],
  ])('%s and former_event_ids removed, the answered event is not planned', async (_, status) => {
    account.pass(11 * minute);
    account.ecs.addEvent({ id: 'e-5', instanceId: 'i-1', notBefore: start + 20 * hour });
    await account.plan({ settings });
    if (status === 'Avoided') await ticks(account, 3, settings);
    expect(account.row('i-1')).toMatchObject({ status, event_ids: '["e-5"]', former_event_ids: '["e-1"]' });
    account.edit('i-1', { former_event_ids: undefined });
    const restarts = account.restarts('i-1');
    const { problems } = await account.plan({ settings });
    expect(problems.map(({ code }) => code)).toEqual([status === 'Planned' ? 'earlier-open' : 'in-history']);
    expect(account.row('i-1')['event_ids']).toBe(status === 'Planned' ? '["e-5"]' : '["e-1"]');
    account.ecs.schedule(account.clock.now().epochMilliseconds, {
      kind: 'event-ended',
      eventId: 'e-5',
      status: 'Canceled',
    });
    account.pass(second);
    await goOn();
    expect(account.restarts('i-1')).toBe(restarts);
    expect(account.row('i-1')).toMatchObject(inHistory);
  });
});

describe('a plan that a person ended, in the history', () => {
  it('is not planned again where its row is gone: the no of a person counts', async () => {
    account.affected('2');
    await account.plan({ settings });
    account.edit('i-2', { status: 'Skipped' });
    account.ecs.addEvent({
      id: 'e-8',
      instanceId: 'i-2',
      type: 'SystemMaintenance.Stop',
      notBefore: start + 20 * hour,
    });
    const both = settingsOf({
      MAINTENANCE_WINDOWS: 'always',
      EVENT_TYPES: 'SystemMaintenance.Reboot,SystemMaintenance.Stop',
    });
    await account.plan({ settings: both });
    expect(account.history('i-2')).toEqual(['e-2']);
    account.deleteRow('i-2');
    await account.plan({ settings });
    expect(account.row('i-2')).toMatchObject({
      status: 'Escalated',
      cause: 'in-history',
      event_ids: '["e-2"]',
    });
    expect(account.reason('i-2').values).not.toHaveProperty('sentAt');
  });

  it('is planned again where the planner itself had ended it, and nothing was sent', async () => {
    account.ecs.addInstance({
      id: 'i-3',
      regionId: 'cn-hangzhou',
      tags: { 'reboot-planner:enabled': 'false' },
      startTime: start - 240 * hour,
    });
    account.ecs.addEvent({ id: 'e-3', instanceId: 'i-3', notBefore: start + 20 * hour });
    await account.plan({ settings });
    expect(account.row('i-3')).toMatchObject({ status: 'Skipped', cause: 'tag' });
    account.deleteRow('i-3');
    await account.plan({ settings });
    expect(account.row('i-3')).toMatchObject({ status: 'Skipped', cause: 'tag' });
  });
});
