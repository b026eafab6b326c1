// The execute function's job on the real adapters: from a plan that is due to the proof, and everything that may come
// between. How often RebootInstance was sent is counted by ECS.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../cloud/faults.ts';
import { Account, hour, minute, second, settingsOf, start } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
});

/** A reboot that goes wrong once. */
function failReboot(fault: Fault, times = 1): void {
  account.faults.add({ operation: 'RebootInstance', times, fault });
}

describe('an idle execution', () => {
  it('makes one range read a region, and asks ECS nothing', async () => {
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
    expect(account.operations).toEqual(['GetRange', 'GetRange']);
    expect(account.ecs.record.calls()).toHaveLength(calls);
  });
});

describe('a plan that is due', () => {
  it('is restarted once and watched with growing pauses until its event shows Avoided', async () => {
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
      reason: 'Event e-1 shown as Avoided, the instance Running.',
      intent_outcome: 'accepted',
    });
    expect(account.row('i-1')).not.toHaveProperty('due_at');
    expect(account.row('i-1')).not.toHaveProperty('owner');
    expect(account.story('i-1')).toEqual([
      'Planned for Wed 2026-12-02 02:30 Asia/Shanghai: ECS announced event e-1.',
      'Began to prepare the restart.',
      'Recorded the intent to restart the instance.',
      'ECS accepted RebootInstance.',
      'We had restarted the instance. Not proven yet: event e-1 is Scheduled.',
      'Avoided: Event e-1 shown as Avoided, the instance Running.',
    ]);
  });

  it('goes on at the next tick where one invocation was too short for the proof', async () => {
    account.affected('1', { avoidedAfterMs: 4 * minute });
    await account.plan();
    expect(await account.execute()).toMatchObject({ rebooted: 1, avoided: 0, waiting: 1 });
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying' });
    account.pass(5 * minute);
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 0, avoided: 1, waiting: 0 });
    expect(account.sent).toBe(1);
  });
});

describe('whatever ECS answers, RebootInstance is sent once:', () => {
  it.each<[string, Fault]>([
    ['the answer is lost', { kind: 'reset', when: 'after' }],
    ['an empty answer', { kind: 'empty' }],
    ['half an answer', { kind: 'truncate' }],
    ['no answer', { kind: 'stall', when: 'after' }],
  ])('%s, and the event proves the restart', async (_, fault) => {
    account.affected('1');
    await account.plan();
    failReboot(fault);
    expect(await account.execute()).toMatchObject({ rebooted: 1, avoided: 1 });
    expect(account.sent).toBe(1);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided', intent_outcome: 'unknown' });
  });

  it.each<[string, Fault]>([
    ['the request is lost', { kind: 'reset', when: 'before' }],
    ['a server error', { kind: 'error', status: 500, code: 'InternalError' }],
    ['a gateway’s page', { kind: 'html', status: 502 }],
  ])('%s, and in the end a person is called', async (_, fault) => {
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
    expect(account.row('i-1')['reason']).toMatch(
      /^Not proven after \w+: event e-1 is Scheduled, the instance is Running\. It is not known whether our RebootInstance arrived\./,
    );
  });
});

describe('a clean refusal', () => {
  it('for throttling is tried again in the next minute, and not before', async () => {
    account.affected('1');
    await account.plan();
    failReboot({ kind: 'error', status: 400, code: 'Throttling.User' });
    const report = await account.execute();
    expect(report).toMatchObject({ rebooted: 0, waiting: 1 });
    expect(report.problems).toHaveLength(1);
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', due_at: BigInt(start + minute) });
    expect(account.row('i-1')).not.toHaveProperty('intent_at');
    account.pass(59 * second);
    expect(await account.execute()).toMatchObject({ due: 0 });
    account.pass(second);
    expect(await account.execute()).toMatchObject({ rebooted: 1, avoided: 1 });
    expect(account.sent).toBe(2);
    expect(account.restarts('i-1')).toBe(1);
  });

  it('for a status that passes is tried again two minutes later', async () => {
    account.affected('1');
    await account.plan();
    failReboot({ kind: 'error', status: 403, code: 'IncorrectInstanceStatus' });
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', due_at: BigInt(start + 2 * minute) });
  });

  it.each(['Forbidden.RAM', 'InstanceLockedForSecurity', 'DiskError', 'InstanceExpiredOrInArrears'])(
    'that a person has to see to, %s, calls one',
    async (code) => {
      account.affected('1');
      await account.plan();
      failReboot({ kind: 'error', status: 403, code });
      expect(await account.execute()).toMatchObject({ rebooted: 0, waiting: 0, escalated: 1 });
      expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'refused' });
      expect(account.row('i-1')['reason']).toMatch(new RegExp(`^ECS refused RebootInstance \\(${code}: `));
      account.pass(hour);
      await account.plan();
      expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
      expect(account.sent).toBe(1);
    },
  );
});

describe('what changed since it was planned', () => {
  it('is seen right before: NotBefore moved into the safety margin, and nothing is sent', async () => {
    account.affected('1');
    await account.plan();
    account.ecs.schedule(start, { kind: 'event-moved', eventId: 'e-1', notBefore: start + 20 * minute });
    expect(await account.execute()).toMatchObject({ rebooted: 0, waiting: 0 });
    expect(account.row('i-1')).toMatchObject({ status: 'Missed', cause: 'too-late' });
    expect(account.sent).toBe(0);
  });

  it('is seen right before: NotBefore moved and there is still time, so the plan follows and is due again', async () => {
    account.affected('1');
    await account.plan();
    account.ecs.schedule(start, { kind: 'event-moved', eventId: 'e-1', notBefore: start + hour });
    expect(await account.execute()).toMatchObject({ rebooted: 0, waiting: 1 });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', latest_start: '2026-12-01T19:00:00Z' });
    account.pass(minute);
    expect(await account.execute()).toMatchObject({ rebooted: 1 });
  });

  it('is seen right before: ECS cancelled the event', async () => {
    account.affected('1');
    await account.plan();
    account.ecs.schedule(start, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
    expect(await account.execute()).toMatchObject({ rebooted: 0, waiting: 0, problems: [] });
    expect(account.row('i-1')).toMatchObject({ status: 'Cleared' });
  });

  it('is seen right before: the owner opted out', async () => {
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

  it('is seen right before: somebody restarted the instance a moment ago, and its event may lag behind', async () => {
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

  it('is waited for where the instance is Stopped, and told of when it is too late', async () => {
    account.affected('1', { notBefore: start + 2 * hour }, { status: 'Stopped' });
    await account.plan();
    for (let tick = 0; tick < 100; tick += 1) {
      account.pass(minute);
      await account.execute();
    }
    expect(account.row('i-1')).toMatchObject({
      status: 'Missed',
      reason:
        'Too late: less than the safety margin of 30m is left before NotBefore, Wed 2026-12-02 04:30 Asia/Shanghai. The row said: The instance is Stopped; RebootInstance needs it Running.',
    });
    expect(account.story('i-1')).toHaveLength(3);
    expect(account.sent).toBe(0);
  });

  it('is waited for where ECS has locked the instance', async () => {
    account.affected('1', {}, { operationLocks: ['security'] });
    await account.plan();
    await account.execute();
    expect(account.row('i-1')).toMatchObject({
      status: 'Planned',
      reason: 'The instance is locked by ECS (security); unlock it, or leave it to ECS.',
    });
    expect(account.sent).toBe(0);
  });
});

describe('the mode', () => {
  it('observe restarts nothing, and says what would have been', async () => {
    const settings = settingsOf({ MODE: 'observe' });
    account.affected('1');
    await account.plan({ settings });
    expect(await account.execute({ settings })).toMatchObject({ rebooted: 0, waiting: 0 });
    expect(account.row('i-1')).toMatchObject({
      status: 'Skipped',
      cause: 'observe',
      reason: 'Observed only, as MODE=observe says: it would have been restarted now.',
    });
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped' });
    expect(account.sent).toBe(0);
  });

  it('approval waits for an operator, and for the next window where nobody came', async () => {
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

  it('approval restarts what an operator approved', async () => {
    const settings = settingsOf({ MODE: 'approval' });
    account.affected('1');
    await account.plan({ settings });
    account.edit('i-1', { approval: 'granted' });
    await account.plan({ settings });
    expect(await account.execute({ settings })).toMatchObject({ rebooted: 1, avoided: 1 });
  });
});
