// The execute function's job on the real adapters: from a plan that is due to the proof, with everything that may come
// between. The local ECS counts how often RebootInstance was sent.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../cloud/faults.ts';
import { Account, hour, minute, second, settingsOf, start } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
});

/** RebootInstance goes wrong this many times. */
function failReboot(fault: Fault, times = 1): void {
  account.faults.add({ operation: 'RebootInstance', times, fault });
}

describe('an idle execution', () => {
  it('reads what is due with one range per region, and what is stopped with one for all, and calls no API of ECS', async () => {
    account.affected('1');
    await account.plan({ settings: settingsOf({ MAINTENANCE_WINDOWS: 'daily 03:00-05:00' }) });
    account.operations.length = 0;
    const calls = account.ecs.record.calls().length;
    expect(await account.execute()).toEqual({
      due: 0,
      rebooted: 0,
      avoided: 0,
      waiting: 0,
      escalated: 0,
      problems: [],
    });
    expect(account.operations).toEqual(['GetRange', 'GetRange', 'GetRange']);
    expect(account.ecs.record.calls()).toHaveLength(calls);
  });
});

describe('a plan that is due', () => {
  it('is restarted once, and watched with growing pauses until its event is Avoided', async () => {
    account.affected('1');
    await account.plan();
    expect(await account.execute()).toEqual({
      due: 1,
      rebooted: 1,
      avoided: 1,
      waiting: 0,
      escalated: 0,
      problems: [],
    });
    expect(account.restarts('i-1')).toBe(1);
    expect(account.pauses).toEqual([5_000, 10_000, 15_000, 20_000]);
    expect(account.row('i-1')).toMatchObject({
      status: 'Avoided',
      intent_outcome: 'accepted',
    });
    expect(account.reason('i-1')).toEqual({ code: 'avoided', values: { eventIds: ['e-1'] } });
    expect(account.row('i-1')).not.toHaveProperty('due_at');
    expect(account.row('i-1')).not.toHaveProperty('owner');
    expect(account.timeline('i-1').map(({ code, values }) => ({ code, values }))).toEqual([
      {
        code: 'planned',
        values: {
          status: 'Planned',
          at: '2026-12-01T18:30:00Z',
          timeZone: 'Asia/Shanghai',
          why: { code: 'announced', values: { eventIds: ['e-1'] } },
        },
      },
      { code: 'preparing', values: {} },
      { code: 'sending', values: {} },
      { code: 'accepted', values: {} },
      {
        code: 'not-proven-yet',
        values: {
          events: [{ eventId: 'e-1', status: 'Scheduled' }],
          unlisted: [],
          faults: [],
          sent: 'accepted',
        },
      },
      {
        code: 'ended',
        values: { status: 'Avoided', why: { code: 'avoided', values: { eventIds: ['e-1'] } } },
      },
    ]);
  });

  it('is watched further at the next run where one invocation was too short for the proof', async () => {
    account.affected('1', { avoidedAfterMs: 4 * minute });
    await account.plan();
    expect(await account.execute()).toMatchObject({ rebooted: 1, avoided: 0, waiting: 1 });
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying' });
    account.pass(5 * minute);
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 0, avoided: 1, waiting: 0 });
    expect(account.sent).toBe(1);
  });
});

describe('RebootInstance is sent once', () => {
  it.each<[string, Fault]>([
    ['the answer is lost', { kind: 'reset', when: 'after' }],
    ['the answer is empty', { kind: 'empty' }],
    ['the answer breaks off', { kind: 'truncate' }],
    ['there is no answer', { kind: 'stall', when: 'after' }],
  ])('where %s, and the event proves the restart', async (_, fault) => {
    account.affected('1');
    await account.plan();
    failReboot(fault);
    expect(await account.execute()).toMatchObject({ rebooted: 1, avoided: 1 });
    expect(account.sent).toBe(1);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided', intent_outcome: 'unknown' });
  });

  it.each<[string, Fault]>([
    ['the request is lost', { kind: 'reset', when: 'before' }],
    ['ECS answers with a server error', { kind: 'error', status: 500, code: 'InternalError' }],
    ['a gateway answers with a page', { kind: 'html', status: 502 }],
  ])('where %s, and in the end a person must look', async (_, fault) => {
    account.affected('1');
    await account.plan();
    failReboot(fault);
    expect(await account.execute()).toMatchObject({ rebooted: 1, avoided: 0, waiting: 1 });
    for (let tick = 0; tick < 32; tick += 1) {
      account.pass(minute);
      await account.execute();
    }
    expect(account.sent).toBe(1);
    expect(account.restarts('i-1')).toBe(0);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    expect(account.reason('i-1')).toMatchObject({
      code: 'not-proven',
      values: {
        events: [{ eventId: 'e-1', status: 'Scheduled' }],
        unlisted: [],
        faults: [],
        instance: 'Running',
        sent: 'unknown',
      },
    });
  });
});

describe('a clean refusal', () => {
  it('because of throttling is tried again in the next minute, and not before', async () => {
    account.affected('1');
    await account.plan();
    failReboot({ kind: 'error', status: 400, code: 'Throttling.User' });
    const report = await account.execute();
    expect(report).toMatchObject({ rebooted: 0, waiting: 1 });
    expect(report.problems).toMatchObject([{ code: 'refused', instanceId: 'i-1' }]);
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', due_at: BigInt(start + minute) });
    expect(account.row('i-1')).not.toHaveProperty('intent_at');
    account.pass(59 * second);
    expect(await account.execute()).toMatchObject({ due: 0 });
    account.pass(second);
    expect(await account.execute()).toMatchObject({ rebooted: 1, avoided: 1 });
    expect(account.sent).toBe(2);
    expect(account.restarts('i-1')).toBe(1);
  });

  it('because of a status that passes is tried again two minutes later', async () => {
    account.affected('1');
    await account.plan();
    failReboot({ kind: 'error', status: 403, code: 'IncorrectInstanceStatus' });
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', due_at: BigInt(start + 2 * minute) });
  });

  it.each(['Forbidden.RAM', 'InstanceLockedForSecurity', 'DiskError', 'InstanceExpiredOrInArrears'])(
    'that only a person can resolve, %s, sets the plan to Escalated',
    async (code) => {
      account.affected('1');
      await account.plan();
      failReboot({ kind: 'error', status: 403, code });
      expect(await account.execute()).toMatchObject({ rebooted: 0, waiting: 0, escalated: 1 });
      expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'refused' });
      expect(account.reason('i-1')).toMatchObject({ code: 'refused-for-good', values: { errorCode: code } });
      account.pass(hour);
      await account.plan();
      expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
      expect(account.sent).toBe(1);
    },
  );
});

describe('the look right before the restart', () => {
  it('sees a NotBefore that moved into the safety margin: nothing is sent', async () => {
    account.affected('1');
    await account.plan();
    account.ecs.schedule(start, { kind: 'event-moved', eventId: 'e-1', notBefore: start + 20 * minute });
    expect(await account.execute()).toMatchObject({ rebooted: 0, waiting: 0 });
    expect(account.row('i-1')).toMatchObject({ status: 'Missed', cause: 'too-late' });
    expect(account.sent).toBe(0);
  });

  it('sees a NotBefore that moved with time left: the plan follows, and is due again', async () => {
    account.affected('1');
    await account.plan();
    account.ecs.schedule(start, { kind: 'event-moved', eventId: 'e-1', notBefore: start + hour });
    expect(await account.execute()).toMatchObject({ rebooted: 0, waiting: 1 });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', latest_start: '2026-12-01T19:00:00Z' });
    account.pass(minute);
    expect(await account.execute()).toMatchObject({ rebooted: 1 });
  });

  it('sees that ECS canceled the event', async () => {
    account.affected('1');
    await account.plan();
    account.ecs.schedule(start, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
    expect(await account.execute()).toMatchObject({ rebooted: 0, waiting: 0, problems: [] });
    expect(account.row('i-1')).toMatchObject({ status: 'Cleared' });
  });

  it('sees that the owner opted out', async () => {
    account.affected('1');
    await account.plan();
    account.ecs.schedule(start, {
      kind: 'instance-overridden',
      instanceId: 'i-1',
      override: { Tags: { Tag: [{ TagKey: 'reboot-planner:enabled', TagValue: 'false' }] } },
    });
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped', cause: 'tag' });
    expect(account.sent).toBe(0);
  });

  it('sees that somebody restarted the instance a moment ago: its event may show that later', async () => {
    account.affected('1', { avoidedAfterMs: 3 * minute });
    await account.plan();
    account.ecs.schedule(start, { kind: 'instance-restarted', instanceId: 'i-1', through: 'api' });
    account.pass(40 * second);
    expect(await account.execute()).toMatchObject({ rebooted: 0, waiting: 1 });
    account.pass(10 * minute);
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Cleared' });
    expect(account.sent).toBe(0);
  });

  it('sees a Stopped instance: the plan waits, and its end says what it waited for', async () => {
    account.affected('1', { notBefore: start + 2 * hour }, { status: 'Stopped' });
    await account.plan();
    for (let tick = 0; tick < 100; tick += 1) {
      account.pass(minute);
      await account.execute();
    }
    expect(account.row('i-1')).toMatchObject({ status: 'Missed' });
    expect(account.reason('i-1')).toEqual({
      code: 'too-late',
      values: {
        marginMs: 1_800_000,
        notBefore: '2026-12-01T20:30:00Z',
        timeZone: 'Asia/Shanghai',
        also: [{ code: 'instance-not-running', values: { status: 'Stopped' } }],
      },
    });
    expect(account.story('i-1')).toHaveLength(3);
    expect(account.sent).toBe(0);
  });

  it('sees that ECS locked the instance: the plan waits', async () => {
    account.affected('1', {}, { operationLocks: ['security'] });
    await account.plan();
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Planned' });
    expect(account.reason('i-1')).toEqual({ code: 'instance-locked', values: { locks: ['security'] } });
    expect(account.sent).toBe(0);
  });
});

describe('the mode', () => {
  it('observe restarts nothing, and says when it would have', async () => {
    const settings = settingsOf({ MODE: 'observe' });
    account.affected('1');
    await account.plan({ settings });
    expect(await account.execute({ settings })).toMatchObject({ rebooted: 0, waiting: 0 });
    expect(account.row('i-1')).toMatchObject({
      status: 'Skipped',
      cause: 'observe',
      reason_code: 'observed',
    });
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped' });
    expect(account.sent).toBe(0);
  });

  it('approval waits for an operator, and moves to the next window where nobody approves', async () => {
    const settings = settingsOf({ MODE: 'approval' });
    account.affected('1', { notBefore: start + 30 * hour });
    await account.plan({ settings });
    account.pass(2 * hour + 16 * minute);
    expect(await account.execute({ settings })).toMatchObject({ due: 1, rebooted: 0, waiting: 1 });
    expect(account.row('i-1')).toMatchObject({
      status: 'AwaitingApproval',
      execute_at: '2026-12-02T18:00:00Z',
      latest_start: '2026-12-02T20:45:00Z',
    });
    account.pass(27 * hour + 30 * minute);
    expect(await account.execute({ settings })).toMatchObject({ rebooted: 0, escalated: 1, waiting: 0 });
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'unapproved' });
    expect(account.sent).toBe(0);
  });

  it('approval says only once that the windows of the settings changed after the interval', async () => {
    account.affected('1', { notBefore: start + 30 * hour });
    await account.plan({ settings: settingsOf({ MODE: 'approval' }) });
    account.pass(2 * hour + 16 * minute);
    const settings = settingsOf({ MODE: 'approval', MAINTENANCE_WINDOWS: 'daily 02:00-04:30' });
    const versions = new Set<unknown>();
    for (let turn = 0; turn < 10; turn += 1) {
      await account.execute({ settings });
      versions.add(account.row('i-1')['version']);
      account.pass(minute);
    }
    expect(account.reason('i-1')).toMatchObject({
      code: 'waits-for-approval',
      values: { also: [{ code: 'ecs-window-edited' }] },
    });
    expect(versions.size).toBe(1);
  });

  it('approval restarts an instance that an operator approved', async () => {
    const settings = settingsOf({ MODE: 'approval' });
    account.affected('1');
    await account.plan({ settings });
    account.edit('i-1', { approval: 'granted' });
    await account.plan({ settings });
    expect(await account.execute({ settings })).toMatchObject({ rebooted: 1, avoided: 1 });
  });
});
