// The plan function's job on the real adapters: what it reads, what it writes, and what it reports.
import { beforeEach, describe, expect, it } from 'vitest';
import { TablestoreFault } from '../../lib/alibaba/tablestore/api.ts';
import type { Ecs } from '../../lib/ports.ts';
import { replacing } from './replacing.ts';
import { Account, hour, minute, settingsOf, start } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
});

/** Faults that last: reads try four times. */
const always = 1_000;

describe('planning', () => {
  it('writes one row per instance, in the window that is open', async () => {
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

  it('writes nothing the second time, and counts the rows that stay', async () => {
    account.affected('1');
    await account.plan();
    const writes = account.tablestore.record.length;
    account.pass(15 * minute);
    expect(await account.plan()).toMatchObject({ events: 1, created: 0, unchanged: 1 });
    expect(account.tablestore.record).toHaveLength(writes);
  });

  it('continues in one region while the other is down', async () => {
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
      {
        code: 'region-failed',
        regionId: 'cn-hangzhou',
        problem: expect.stringContaining('ServiceUnavailable') as string,
      },
    ]);
  });

  it('throws where nothing could be done in any region', async () => {
    account.faults.add({ operation: '*', times: always, fault: { kind: 'html', status: 502 } });
    const thrown = await account.plan().catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(AggregateError);
    expect((thrown as AggregateError).errors).toEqual([
      expect.objectContaining({ name: 'EcsReadFailed' }),
      expect.objectContaining({ name: 'EcsReadFailed' }),
    ]);
  });

  it('reports a decision that is not a window, and an event without an instance', async () => {
    account.affected('1', { notBefore: start + 20 * minute });
    account.affected('2', { override: { InstanceId: undefined } });
    const report = await account.plan();
    expect(report).toMatchObject({ events: 2, created: 1 });
    expect(report.problems.map(({ code, instanceId }) => [code, instanceId])).toEqual([
      ['odd-event', undefined],
      ['too-late', 'i-1'],
    ]);
    expect(account.row('i-1')).toMatchObject({ status: 'Missed', cause: 'too-late' });
  });
});

describe('the status of an event that is no longer open', () => {
  it('is read by id: an event that ECS canceled clears the plan', async () => {
    account.affected('1');
    await account.plan();
    account.ecs.schedule(start + minute, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
    account.pass(2 * minute);
    expect(await account.plan()).toMatchObject({ events: 0, ended: 1, problems: [] });
    expect(account.row('i-1')).toMatchObject({ status: 'Cleared' });
    expect(account.row('i-1')).not.toHaveProperty('due_at');
  });

  it('is not concluded from its absence: the plan stays as it is, and the absence is reported', async () => {
    account.affected('1');
    await account.plan();
    const before = account.row('i-1');
    const forgetful = (real: Ecs): Ecs =>
      replacing(real, {
        listEvents: () => Promise.resolve({ events: [], odd: [] }),
        eventsById: () => Promise.resolve({ events: [], odd: [] }),
      });
    expect(await account.plan({ ecs: forgetful })).toMatchObject({
      unchanged: 1,
      problems: [
        {
          code: 'events-unlisted',
          instanceId: 'i-1',
          problem: expect.stringContaining('e-1') as string,
        },
      ],
    });
    expect(account.row('i-1')).toEqual(before);
  });

  it('may be Scheduled with another NotBefore: the plan moves, too', async () => {
    account.affected('1');
    await account.plan();
    account.ecs.schedule(start + minute, { kind: 'event-moved', eventId: 'e-1', notBefore: start + hour });
    account.pass(2 * minute);
    expect(await account.plan()).toMatchObject({ updated: 1 });
    expect(account.row('i-1')).toMatchObject({ latest_start: '2026-12-01T19:00:00Z' });
  });
});

describe('rows that a person edited', () => {
  it('are reported and set to Escalated once if they cannot be read, and stop no other row', async () => {
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
        code: 'row-unreadable',
        problem: account.row('i-1')['reason'],
      },
    ]);
    expect(account.reason('i-1')).toEqual({
      code: 'row-unreadable',
      values: {
        faults: [
          {
            what: 'Column latest_start',
            value: '"tomorrow"',
            expected: 'an ISO 8601 time as in 2026-12-01T18:00:00Z',
          },
        ],
        mayHaveSent: false,
        also: [{ code: 'events-not-planned', values: { eventIds: ['e-1'] } }],
      },
    });
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', latest_start: 'tomorrow', version: 2n });
    expect(account.row('i-1')).not.toHaveProperty('due_at');
    const writes = account.tablestore.record.length;
    expect(await account.plan()).toMatchObject({ ended: 0, unchanged: 3 });
    expect(account.tablestore.record).toHaveLength(writes);
  });

  it('are found although their due_at is missing, and are due again', async () => {
    account.affected('1');
    await account.plan();
    account.edit('i-1', { due_at: undefined });
    expect(await account.plan()).toMatchObject({ updated: 1, problems: [] });
    expect(account.row('i-1')).toMatchObject({ due_at: BigInt(start) });
    expect(account.story('i-1').at(-1)).toBe('edited');
  });

  it('from AwaitingApproval to Planned are approved', async () => {
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

  it('say that a restart may have been sent if the edit added an intent', async () => {
    account.affected('1');
    await account.plan();
    account.edit('i-1', { intent_at: '2026-12-01T18:00:00Z' });
    const { problems } = await account.plan();
    expect(problems).toMatchObject([{ code: 'row-unreadable', instanceId: 'i-1' }]);
    expect(account.reason('i-1')).toEqual({
      code: 'row-unreadable',
      values: {
        faults: [
          {
            what: 'Column intent_at',
            value: '2026-12-01T18:00:00Z',
            expected:
              'none for a Planned plan: RebootInstance may have been sent, and is never sent twice for one plan',
          },
        ],
        mayHaveSent: true,
        also: [{ code: 'events-not-planned', values: { eventIds: ['e-1'], mayBeAnswered: true } }],
      },
    });
  });
});

describe('events that cannot be read', () => {
  it.each([
    ['no time', 'soon', { value: '"soon"' }],
    ['missing', undefined, {}],
    ['empty', '', { value: '""' }],
  ])(
    'because their NotBefore is %s have a row that says so, and stop no other',
    async (_, NotBefore, value) => {
      account.affected('1', { override: { NotBefore } });
      account.affected('2');
      const report = await account.plan();
      expect(report).toMatchObject({ events: 2, created: 2 });
      expect(account.row('i-1')).toMatchObject({
        status: 'Escalated',
        cause: 'odd-event',
      });
      expect(account.reason('i-1')).toEqual({
        code: 'no-readable-event',
        values: {
          faults: [{ what: 'NotBefore of event e-1', ...value, expected: 'an ISO 8601 time' }],
        },
      });
      expect(account.row('i-2')).toMatchObject({ status: 'Planned' });
    },
  );
});

describe('a finished plan', () => {
  it('moves to the history when its instance gets a new one', async () => {
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

  it('stays in its row where the history cannot be written, and the report says so', async () => {
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
        code: 'not-archived',
        problem: expect.stringContaining('no room') as string,
      },
    ]);
    expect(account.row('i-1')).toEqual(before);
  });
});

describe('a write that fails', () => {
  it('is reported with its instance, and the instance counts as unchanged', async () => {
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
        {
          code: 'not-written',
          regionId: 'cn-hangzhou',
          instanceId: 'i-1',
          problem: expect.stringMatching(/Planned.*too big/) as string,
        },
      ],
    });
  });
});

describe('an event without its InstanceId', () => {
  it('does not clear the plan of an instance that ECS does not list, because ECS lists the event', async () => {
    account.affected('1');
    await account.plan();
    account.ecs.schedule(start, {
      kind: 'event-overridden',
      eventId: 'e-1',
      override: { InstanceId: undefined },
    });
    const none = { instances: [], odd: [] };
    await account.plan({ ecs: (real) => replacing(real, { instancesById: () => Promise.resolve(none) }) });
    expect(account.row('i-1')['status']).not.toBe('Cleared');
  });
});
