// People edit rows in the console. An edit works or is reported. No edit leads to a second restart or to an early one.
import { beforeEach, describe, expect, it } from 'vitest';
import { finalStatuses } from '../../lib/plan/status.ts';
import { Account, hour, minute, settingsOf, start } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
  account.affected('1');
});

describe('an approval by hand', () => {
  it.each([
    ['status', 'Planned'],
    ['approval', 'granted'],
  ])('in the column %s allows one restart', async (column, value) => {
    const settings = settingsOf({ MODE: 'approval' });
    await account.plan({ settings });
    expect(await account.execute({ settings })).toMatchObject({ due: 1, rebooted: 0, waiting: 1 });
    account.edit('i-1', { [column]: value });
    expect(await account.plan({ settings })).toMatchObject({ updated: 1, problems: [] });
    expect(await account.execute({ settings })).toMatchObject({ due: 1, rebooted: 1, avoided: 1 });
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided', approval: 'granted' });
    expect(account.sent).toBe(1);
  });
});

describe('a final status by hand', () => {
  it.each(finalStatuses)(
    '%s stays, the row is no longer due, and the report does not count it',
    async (status) => {
      await account.plan();
      account.edit('i-1', { status });
      expect(await account.execute()).toEqual({
        due: 1,
        rebooted: 0,
        avoided: 0,
        waiting: 0,
        escalated: 0,
        problems: [],
      });
      expect(account.row('i-1')).toMatchObject({ status });
      expect(account.row('i-1')).not.toHaveProperty('due_at');
      expect(await account.execute()).toMatchObject({ due: 0 });
      expect(await account.plan()).toMatchObject({ created: 0, updated: 0, ended: 0, unchanged: 1 });
      expect(account.row('i-1')).toMatchObject({ status });
      expect(account.sent).toBe(0);
    },
  );
});

describe('another time by hand', () => {
  it('is kept in a pinned row, even outside every window', async () => {
    await account.plan();
    account.edit('i-1', {
      pinned: 'true',
      execute_at: '2026-12-02T03:00:00Z',
      latest_start: '2026-12-02T04:00:00Z',
    });
    expect(await account.plan()).toMatchObject({ updated: 1, problems: [] });
    // Pinned to 11:00 in Shanghai; it is 02:30.
    account.pass(8 * hour + 29 * minute);
    expect(await account.execute()).toMatchObject({ due: 0 });
    account.pass(minute);
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 1, avoided: 1 });
  });

  it('is not kept in a row that is not pinned: the time of the rules returns, and the row says why', async () => {
    const settings = settingsOf({ MAINTENANCE_WINDOWS: 'daily 03:00-05:00' });
    await account.plan({ settings });
    account.edit('i-1', { execute_at: '2026-12-01T18:00:00Z', due_at: BigInt(start) });
    expect(await account.execute({ settings })).toMatchObject({ due: 1, rebooted: 0, waiting: 1 });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', execute_at: '2026-12-01T19:00:00Z' });
    expect(account.timeline('i-1').at(-1)).toMatchObject({
      code: 'planned',
      values: {
        status: 'Planned',
        at: '2026-12-01T19:00:00Z',
        timeZone: 'Asia/Shanghai',
        why: { code: 'interval-forbidden' },
      },
    });
    expect(account.sent).toBe(0);
  });

  it('in due_at alone does not make the restart earlier', async () => {
    const settings = settingsOf({ MAINTENANCE_WINDOWS: 'daily 03:00-05:00' });
    await account.plan({ settings });
    account.edit('i-1', { due_at: BigInt(start) });
    expect(await account.execute({ settings })).toMatchObject({ due: 1, rebooted: 0, waiting: 1 });
    expect(account.row('i-1')).toMatchObject({ due_at: BigInt(start + 30 * minute) });
    expect(account.sent).toBe(0);
  });
});

describe('a plan whose restart was sent', () => {
  it.each([
    [
      'Planned',
      'none for a Planned plan: RebootInstance may have been sent, and is never sent twice for one plan',
    ],
    [
      'AwaitingApproval',
      'none for a AwaitingApproval plan: RebootInstance may have been sent, and is never sent twice for one plan',
    ],
    [
      'Preparing',
      'none for a Preparing plan: RebootInstance may have been sent, and is never sent twice for one plan',
    ],
  ])('is reported and not restarted again where a person sets it back to %s', async (status, expected) => {
    account = new Account();
    account.affected('1', { neverAvoided: true });
    await account.plan();
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying' });
    account.edit('i-1', { status, due_at: BigInt(start) });
    account.pass(15 * minute);
    const report = await account.execute();
    expect(report).toMatchObject({ due: 1, rebooted: 0, escalated: 1 });
    expect(report.problems).toMatchObject([{ code: 'row-unreadable', instanceId: 'i-1' }]);
    expect(account.reason('i-1')).toMatchObject({
      code: 'row-unreadable',
      values: {
        faults: [{ what: 'Column intent_at', value: '2026-12-01T18:30:00Z', expected }],
        mayHaveSent: true,
      },
    });
    await account.plan();
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    expect(account.sent).toBe(1);
  });

  it('is looked at again although a person set its next look to next year', async () => {
    account = new Account();
    account.affected('1', { avoidedAfterMs: 5 * minute });
    await account.plan();
    await account.execute();
    account.edit('i-1', { next_look: '2027-12-01T00:00:00Z', due_at: BigInt(Date.UTC(2027, 11, 1)) });
    account.pass(10 * minute);
    expect(await account.execute()).toMatchObject({ due: 0 });
    expect(await account.plan()).toMatchObject({
      updated: 1,
      problems: [{ code: 'due-too-far', instanceId: 'i-1' }],
    });
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 0, avoided: 1 });
  });
});

describe('a time that a person edited to years ahead', () => {
  it('in wait_until is dropped and reported, and the plan does not miss its event', async () => {
    await account.plan();
    account.edit('i-1', { wait_until: '2036-01-01T00:00:00Z' });
    expect(await account.execute()).toMatchObject({ due: 1, problems: [{ code: 'wait-dropped' }] });
    expect(account.row('i-1')).not.toHaveProperty('wait_until');
    account.pass(minute);
    expect(await account.execute()).toMatchObject({ rebooted: 1, avoided: 1 });
  });

  it('in intent_at of a Verifying row does not keep a later event from being planned', async () => {
    account = new Account();
    account.affected('1', { avoidedAfterMs: 3 * minute });
    await account.plan();
    await account.execute();
    account.ecs.addEvent({ id: 'e-2', instanceId: 'i-1', notBefore: start + 24 * hour });
    await account.plan();
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying', later_event_ids: '["e-2"]' });
    account.edit('i-1', { intent_at: '2036-01-01T00:00:00Z' });
    account.pass(3 * minute);
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    await account.plan();
    // Ten minutes from now: the watch lasted 50 seconds, and three minutes passed.
    expect(account.row('i-1')).toMatchObject({ event_ids: '["e-2"]', wait_until: '2026-12-01T18:43:50Z' });
    account.pass(10 * minute);
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided', event_ids: '["e-2"]' });
    expect(account.sent).toBe(2);
  });

  it('in intent_at of a Rebooting row does not make the proof wait for years', async () => {
    await account.plan();
    account.edit('i-1', {
      status: 'Rebooting',
      intent_at: '2036-01-01T00:00:00Z',
      sent_event_ids: '["e-1"]',
    });
    await account.execute();
    account.pass(31 * minute);
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', reason_code: 'not-proven' });
    expect(account.reason('i-1').values).not.toHaveProperty('waitedMs');
  });
});

describe('a status without the intent that belongs to it', () => {
  it.each([
    ['Rebooting', 'a time for a Rebooting plan'],
    ['Verifying', 'a time for a Verifying plan'],
  ])('%s is reported, and nothing is sent', async (status, expected) => {
    await account.plan();
    account.edit('i-1', { status });
    const report = await account.execute();
    expect(report).toMatchObject({ due: 1, rebooted: 0, escalated: 1 });
    expect(report.problems).toMatchObject([{ code: 'row-unreadable', instanceId: 'i-1' }]);
    expect(account.reason('i-1')).toEqual({
      code: 'row-unreadable',
      values: { faults: [{ what: 'Column intent_at', expected }], mayHaveSent: true },
    });
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    expect(account.sent).toBe(0);
  });
});

describe('a row that an edit made unreadable', () => {
  const inGroup = { tags: { 'reboot-planner:group': 'web' } };

  it.each([
    ['by its status', { timeline: '[1, 2' }],
    ['by its intent, with a status that does not exist', { status: 'Verifyed' }],
  ])('makes its group wait while it may be under way %s', async (_, edit) => {
    account = new Account();
    account.affected('1', { neverAvoided: true }, inGroup);
    account.affected('2', {}, inGroup);
    await account.plan();
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying' });
    account.edit('i-1', { ...edit, due_at: BigInt(start + 24 * hour) });
    account.pass(20 * minute);
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 0 });
    expect(account.row('i-2')).toMatchObject({ status: 'Planned' });
    expect(account.reason('i-2')).toEqual({
      code: 'waits-for-group',
      values: { group: 'web', limit: 1, mates: ['i-1'] },
    });
    expect(account.sent).toBe(1);
    // The plan function sets it to Escalated. The instance is Running and well, so that its group waits no longer.
    await account.plan();
    expect(await account.execute()).toMatchObject({ rebooted: 1, avoided: 1 });
  });

  it('makes no plan wait where nothing had begun', async () => {
    account = new Account();
    account.affected('1', {}, inGroup);
    account.affected('2', {}, inGroup);
    await account.plan();
    account.edit('i-1', { status: 'Plannned', due_at: BigInt(start + 24 * hour) });
    account.pass(20 * minute);
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 1, avoided: 1 });
  });
});

const leaveEnv = { NO_WINDOW: 'leave', MAINTENANCE_WINDOWS: 'Sun 02:00-05:00' };

describe('a pinned plan under NO_WINDOW=leave', () => {
  const settings = settingsOf(leaveEnv);

  beforeEach(async () => {
    await account.plan();
    account.edit('i-1', {
      pinned: 'true',
      execute_at: '2026-12-01T19:00:00Z',
      latest_start: '2026-12-01T20:00:00Z',
    });
    await account.plan({ settings });
  });

  it('is not restarted without the approval that a new tag requires', async () => {
    account.ecs.schedule(start, {
      kind: 'instance-overridden',
      instanceId: 'i-1',
      override: { Tags: { Tag: [{ TagKey: 'reboot-planner:approval', TagValue: 'required' }] } },
    });
    account.pass(31 * minute);
    await account.execute({ settings });
    expect(account.sent).toBe(0);
  });

  it('is not restarted without the approval that the new MODE=approval requires', async () => {
    const approval = settingsOf({ ...leaveEnv, MODE: 'approval' });
    account.pass(15 * minute);
    await account.plan({ settings: approval });
    account.pass(16 * minute);
    await account.execute({ settings: approval });
    expect(account.sent).toBe(0);
  });

  it('keeps its time when NotBefore moves to a time that is still after its interval', async () => {
    account.ecs.schedule(start, { kind: 'event-moved', eventId: 'e-1', notBefore: start + 23 * hour });
    account.pass(15 * minute);
    await account.plan({ settings });
    account.pass(16 * minute);
    await account.execute({ settings });
    expect(account.restarts('i-1')).toBe(1);
  });

  it('follows its events: e-1 was canceled and e-2 announced', async () => {
    account.ecs.schedule(start, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
    account.ecs.addEvent({ id: 'e-2', instanceId: 'i-1', notBefore: start + 24 * hour });
    account.pass(15 * minute);
    await account.plan({ settings });
    expect(account.row('i-1')['event_ids']).toBe('["e-2"]');
  });
});

describe('what the planner says about an edit', () => {
  it('has a reason that follows the time that it was pinned to, unless a person wrote one', async () => {
    await account.plan();
    expect(account.reason('i-1')).toMatchObject({ code: 'in-window' });
    const time = { execute_at: '2026-12-01T19:00:00Z', latest_start: '2026-12-01T20:00:00Z' };
    account.edit('i-1', { pinned: 'true', ...time });
    await account.plan();
    expect(account.reason('i-1')).toEqual({
      code: 'pinned-at',
      values: { at: '2026-12-01T19:00:00Z', timeZone: 'Asia/Shanghai' },
    });
    account.edit('i-1', { reason: 'Li: after the release.', execute_at: '2026-12-01T19:30:00Z' });
    await account.plan();
    expect(account.row('i-1')['reason']).toBe('Li: after the release.');
  });

  it('has the approval that the status alone gave, for the time that was pinned with it', async () => {
    const settings = settingsOf({ MODE: 'approval' });
    await account.plan({ settings });
    account.edit('i-1', {
      status: 'Planned',
      pinned: 'true',
      execute_at: '2026-12-01T19:00:00Z',
      latest_start: '2026-12-01T20:00:00Z',
    });
    expect(await account.plan({ settings })).toMatchObject({ updated: 1, problems: [] });
    expect(account.row('i-1')).toMatchObject({
      status: 'Planned',
      approval: 'granted',
      approved_events: '["e-1"]',
      approved_decision: 'pinned',
      execute_at: '2026-12-01T19:00:00Z',
    });
  });

  it('says nothing where nobody edited a row that is due exactly at its latest start', async () => {
    const settings = settingsOf({ MODE: 'approval' });
    await account.plan({ settings });
    account.pass(2 * hour + 15 * minute);
    await account.execute({ settings });
    expect(account.story('i-1')).not.toContain('edited');
  });
});
