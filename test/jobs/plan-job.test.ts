// The plan function's job on the real adapters: what it reads, what it writes, and what it reports.
import { beforeEach, describe, expect, it } from 'vitest';
import { TablestoreFault } from '../../lib/alibaba/tablestore/api.ts';
import type { Ecs } from '../../lib/ports.ts';
import { Account, hour, minute, settingsOf, start } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
});

/** Faults that last: reads try four times. */
const always = 1_000;

describe('planning', () => {
  it('writes one row an instance, in the window that is open', async () => {
    account.affected('1');
    account.affected('2', {}, { regionId: 'cn-shanghai' });
    expect(await account.plan()).toEqual({
      events: 2,
      created: 2,
      updated: 0,
      unchanged: 0,
      ended: 0,
      problems: [],
    });
    expect(account.row('i-1')).toMatchObject({
      status: 'Planned',
      plan_id: 'e-1',
      event_ids: '["e-1"]',
      not_before: '2026-12-02T18:30:00Z',
      execute_at: '2026-12-01T18:30:00Z',
      latest_start: '2026-12-01T20:45:00Z',
      due_at: BigInt(start),
      version: 1n,
      instance_name: 'web-1',
    });
    expect(account.row('i-2', 'cn-shanghai')).toMatchObject({ status: 'Planned' });
  });

  it('writes nothing the second time, and counts what it looked at', async () => {
    account.affected('1');
    await account.plan();
    const writes = account.tablestore.record.length;
    account.pass(15 * minute);
    expect(await account.plan()).toMatchObject({ events: 1, created: 0, unchanged: 1 });
    expect(account.tablestore.record).toHaveLength(writes);
  });

  it('goes on in one region while the other is down', async () => {
    account.affected('1');
    account.affected('2', {}, { regionId: 'cn-shanghai' });
    account.faults.add({
      operation: '*',
      matching: (request) =>
        (request as { params: Record<string, string> }).params['RegionId'] === 'cn-hangzhou',
      times: always,
      fault: { kind: 'error', status: 503, code: 'ServiceUnavailable' },
    });
    const report = await account.plan();
    expect(report).toMatchObject({ events: 1, created: 1 });
    expect(report.problems).toEqual([
      { regionId: 'cn-hangzhou', problem: expect.stringContaining('ServiceUnavailable') as string },
    ]);
  });

  it('throws only where nothing could be done at all', async () => {
    account.faults.add({ operation: '*', times: always, fault: { kind: 'html', status: 502 } });
    await expect(account.plan()).rejects.toThrow(/^Nothing could be done in any region: ECS /);
  });

  it('reports a decision that is not a window, and an event that nobody can place', async () => {
    account.affected('1', { notBefore: start + 20 * minute });
    account.affected('2', { override: { InstanceId: undefined } });
    const report = await account.plan();
    expect(report).toMatchObject({ events: 2, created: 1 });
    expect(report.problems.map(({ instanceId }) => instanceId)).toEqual([undefined, 'i-1']);
    expect(account.row('i-1')).toMatchObject({ status: 'Missed', cause: 'too-late' });
  });
});

describe('what happened to events since', () => {
  it('is asked for by id: one that ECS cancelled clears the plan', async () => {
    account.affected('1');
    await account.plan();
    account.ecs.schedule(start + minute, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
    account.pass(2 * minute);
    expect(await account.plan()).toMatchObject({ events: 0, ended: 1, problems: [] });
    expect(account.row('i-1')).toMatchObject({ status: 'Cleared' });
    expect(account.row('i-1')).not.toHaveProperty('due_at');
  });

  it('is not told by absence: one that ECS leaves out leaves the plan as it is, and is reported', async () => {
    account.affected('1');
    await account.plan();
    const before = account.row('i-1');
    const forgetful = (real: Ecs): Ecs => ({
      ...real,
      listEvents: () => Promise.resolve({ events: [], odd: [] }),
      eventsById: () => Promise.resolve({ events: [], odd: [] }),
    });
    expect(await account.plan({ ecs: forgetful })).toMatchObject({
      unchanged: 1,
      problems: [{ problem: 'ECS no longer tells of event e-1; nothing is rebooted unless it does.' }],
    });
    expect(account.row('i-1')).toEqual(before);
  });

  it('moves the plan where NotBefore moved', async () => {
    account.affected('1');
    await account.plan();
    account.ecs.schedule(start + minute, { kind: 'event-moved', eventId: 'e-1', notBefore: start + hour });
    account.pass(2 * minute);
    expect(await account.plan()).toMatchObject({ updated: 1 });
    expect(account.row('i-1')).toMatchObject({ latest_start: '2026-12-01T19:00:00Z' });
  });
});

describe('rows that a person edited', () => {
  it('into nonsense are reported and set to Escalated once, and stop no other', async () => {
    account.affected('1');
    account.affected('2');
    await account.plan();
    account.edit('i-1', { latest_start: 'tomorrow' });
    account.affected('3');
    const report = await account.plan();
    expect(report).toMatchObject({ created: 1, ended: 1, unchanged: 1 });
    expect(report.problems).toEqual([
      {
        regionId: 'cn-hangzhou',
        instanceId: 'i-1',
        problem:
          'The row cannot be read: Column latest_start is "tomorrow", expected an ISO 8601 time as in 2026-12-01T18:00:00Z. Nothing was rebooted for it. Correct the row and set status to Planned, or delete it to have the instance planned anew.',
      },
    ]);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', latest_start: 'tomorrow', version: 2n });
    expect(account.row('i-1')).not.toHaveProperty('due_at');
    const writes = account.tablestore.record.length;
    expect(await account.plan()).toMatchObject({ ended: 0, unchanged: 3 });
    expect(account.tablestore.record).toHaveLength(writes);
  });

  it('are found although their due_at is gone, and are due again', async () => {
    account.affected('1');
    await account.plan();
    account.edit('i-1', { due_at: undefined });
    expect(await account.plan()).toMatchObject({ updated: 1, problems: [] });
    expect(account.row('i-1')).toMatchObject({ due_at: BigInt(start) });
    expect(account.story('i-1').at(-1)).toBe('The row was edited by hand; due_at follows the edit.');
  });

  it('to Planned are approved, where they waited for it', async () => {
    const settings = settingsOf({ MODE: 'approval' });
    account.affected('1');
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'AwaitingApproval', approval: 'required' });
    account.edit('i-1', { status: 'Planned' });
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({
      status: 'Planned',
      approval: 'granted',
      due_at: BigInt(start),
    });
  });

  it('so that they may have been sent say that, and are not to be deleted', async () => {
    account.affected('1');
    await account.plan();
    account.edit('i-1', { intent_at: '2026-12-01T18:00:00Z' });
    const { problems } = await account.plan();
    expect(problems.map(({ problem }) => problem)).toEqual([
      expect.stringMatching(
        /never sent twice for one plan\. A restart may already have been sent for it/,
      ) as string,
    ]);
  });
});

describe('events that cannot be read', () => {
  it.each([
    ['odd', 'soon', '"soon"'],
    ['missing', undefined, 'missing'],
    ['empty', '', '""'],
  ])(
    'since their NotBefore is %s have a row that says so, and stop no other',
    async (_, NotBefore, named) => {
      account.affected('1', { override: { NotBefore } });
      account.affected('2');
      const report = await account.plan();
      expect(report).toMatchObject({ events: 2, created: 2 });
      expect(account.row('i-1')).toMatchObject({
        status: 'Escalated',
        cause: 'odd-event',
        reason: `Event e-1 of ECS cannot be read: NotBefore is ${named}, expected an ISO 8601 time. Nothing is rebooted; look at the event in the ECS console.`,
      });
      expect(account.row('i-2')).toMatchObject({ status: 'Planned' });
    },
  );
});

describe('a finished plan', () => {
  it('goes to the history when its instance gets a new one', async () => {
    account.affected('1');
    await account.plan();
    account.edit('i-1', { status: 'Skipped' });
    account.ecs.addEvent({ id: 'e-9', instanceId: 'i-1', notBefore: start + 24 * hour });
    expect(await account.plan()).toMatchObject({ created: 1 });
    expect(account.row('i-1')).toMatchObject({
      plan_id: 'e-9.2',
      event_ids: '["e-9"]',
      former_event_ids: '["e-1"]',
    });
    expect(account.history('i-1')).toEqual(['e-1']);
  });

  it('stays where the history cannot be written, which is reported', async () => {
    account.affected('1');
    await account.plan();
    account.edit('i-1', { status: 'Skipped' });
    account.ecs.addEvent({ id: 'e-9', instanceId: 'i-1', notBefore: start + 24 * hour });
    const before = account.row('i-1');
    account.carry = (operation, work) =>
      operation === 'PutRow'
        ? Promise.reject(new TablestoreFault('no room', 'OTSQuotaExhausted'))
        : Promise.resolve().then(work);
    const report = await account.plan();
    expect(report).toMatchObject({ created: 0 });
    expect(report.problems).toEqual([
      {
        regionId: 'cn-hangzhou',
        instanceId: 'i-1',
        problem: 'The finished plan could not be moved to the history: no room',
      },
    ]);
    expect(account.row('i-1')).toEqual(before);
  });
});

describe('a write that fails', () => {
  it('is reported with its instance and not counted', async () => {
    account.affected('1');
    account.carry = (operation, work) =>
      operation === 'PutRow'
        ? Promise.reject(new TablestoreFault('too big', 'OTSParameterInvalid'))
        : Promise.resolve().then(work);
    expect(await account.plan()).toEqual({
      events: 1,
      created: 0,
      updated: 0,
      unchanged: 1,
      ended: 0,
      problems: [
        { regionId: 'cn-hangzhou', instanceId: 'i-1', problem: 'The plan could not be written: too big' },
      ],
    });
  });
});

describe('an unreadable event without its InstanceId', () => {
  it('of an instance that ECS does not list does not clear the plan: ECS does tell of the event', async () => {
    account.affected('1');
    await account.plan();
    account.ecs.schedule(start, {
      kind: 'event-overridden',
      eventId: 'e-1',
      override: { InstanceId: undefined },
    });
    await account.plan({ ecs: (real) => ({ ...real, instancesById: () => Promise.resolve([]) }) });
    expect(account.row('i-1')['status']).not.toBe('Cleared');
  });
});
