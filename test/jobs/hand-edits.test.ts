// People edit rows in the console. An edit works or is reported, and none of them leads to a restart too many or too early.
import { beforeEach, describe, expect, it } from 'vitest';
import { finalStatuses } from '../../lib/plan/plan.ts';
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
  ])('in the column %s lets the instance be restarted, once', async (column, value) => {
    const settings = settingsOf({ MODE: 'approval' });
    await account.plan({ settings });
    expect(await account.execute({ settings })).toMatchObject({ due: 0 });
    account.edit('i-1', { [column]: value });
    expect(await account.plan({ settings })).toMatchObject({ updated: 1, problems: [] });
    expect(await account.execute({ settings })).toMatchObject({ due: 1, rebooted: 1, avoided: 1 });
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided', approval: 'granted' });
    expect(account.sent).toBe(1);
  });
});

describe('a final status by hand', () => {
  it.each(finalStatuses)('%s with due_at left is due no more, and counts as nobody’s', async (status) => {
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
  });
});

describe('another time by hand', () => {
  it('is kept where the row is pinned: the restart comes then, outside every window', async () => {
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

  it('is not kept where the row is not pinned: the rules’ own time stands, and the row says so', async () => {
    const settings = settingsOf({ MAINTENANCE_WINDOWS: 'daily 03:00-05:00' });
    await account.plan({ settings });
    account.edit('i-1', { execute_at: '2026-12-01T18:00:00Z', due_at: BigInt(start) });
    expect(await account.execute({ settings })).toMatchObject({ due: 1, rebooted: 0, waiting: 1 });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', execute_at: '2026-12-01T19:00:00Z' });
    expect(account.story('i-1').at(-1)).toBe(
      'Planned for Wed 2026-12-02 03:00 Asia/Shanghai: its interval was not one that the rules allow.',
    );
    expect(account.sent).toBe(0);
  });

  it('in due_at alone brings a restart no earlier', async () => {
    const settings = settingsOf({ MAINTENANCE_WINDOWS: 'daily 03:00-05:00' });
    await account.plan({ settings });
    account.edit('i-1', { due_at: BigInt(start) });
    expect(await account.execute({ settings })).toMatchObject({ due: 1, rebooted: 0, waiting: 1 });
    expect(account.row('i-1')).toMatchObject({ due_at: BigInt(start + 30 * minute) });
    expect(account.sent).toBe(0);
  });
});

describe('a plan whose restart was sent', () => {
  it.each(['Planned', 'AwaitingApproval', 'Preparing'])(
    'and that a person sets back to %s is reported and not restarted again',
    async (status) => {
      account = new Account();
      account.affected('1', { neverAvoided: true });
      await account.plan();
      await account.execute();
      expect(account.row('i-1')).toMatchObject({ status: 'Verifying' });
      account.edit('i-1', { status, due_at: BigInt(start) });
      account.pass(15 * minute);
      const report = await account.execute();
      expect(report).toMatchObject({ due: 1, rebooted: 0, escalated: 1 });
      expect(report.problems.map(({ problem }) => problem)).toEqual([
        expect.stringContaining(`A ${status} plan has intent_at`) as string,
      ]);
      await account.plan();
      await account.execute();
      expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
      expect(account.sent).toBe(1);
    },
  );

  it('and whose next look a person set to next year is looked at again', async () => {
    account = new Account();
    account.affected('1', { avoidedAfterMs: 5 * minute });
    await account.plan();
    await account.execute();
    account.edit('i-1', { next_look: '2027-12-01T00:00:00Z', due_at: BigInt(Date.UTC(2027, 11, 1)) });
    account.pass(10 * minute);
    expect(await account.execute()).toMatchObject({ due: 0 });
    expect(await account.plan()).toMatchObject({
      updated: 1,
      problems: [
        { problem: 'The row was edited by hand to be looked at only much later; it is looked at now.' },
      ],
    });
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 0, avoided: 1 });
  });
});

describe('a status that claims what was not recorded', () => {
  it.each(['Rebooting', 'Verifying'])(
    '%s without an intent is reported, and nothing is sent',
    async (status) => {
      await account.plan();
      account.edit('i-1', { status });
      const report = await account.execute();
      expect(report).toMatchObject({ due: 1, rebooted: 0, escalated: 1 });
      expect(report.problems.map(({ problem }) => problem)).toEqual([
        expect.stringContaining(`A ${status} plan has no intent_at.`) as string,
      ]);
      expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
      expect(account.sent).toBe(0);
    },
  );
});

describe('a row that cannot be read any more', () => {
  const inGroup = { tags: { 'reboot-planner:group': 'web' } };

  it.each([
    ['its restart was sent', { timeline: '[1, 2' }],
    ['its restart was sent, whatever its status says by now', { status: 'Verifyed' }],
  ])('holds up its group while it may be under way: %s', async (_, edit) => {
    account = new Account();
    account.affected('1', { neverAvoided: true }, inGroup);
    account.affected('2', {}, inGroup);
    await account.plan();
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying' });
    account.edit('i-1', { ...edit, due_at: BigInt(start + 24 * hour) });
    account.pass(20 * minute);
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 0 });
    expect(account.row('i-2')).toMatchObject({
      status: 'Planned',
      reason: 'Waits for i-1 of group web: at most 1 may be down at once (GROUP_LIMIT).',
    });
    expect(account.sent).toBe(1);
    // The plan function sets it to Escalated, which ends the waiting.
    await account.plan();
    expect(await account.execute()).toMatchObject({ rebooted: 1, avoided: 1 });
  });

  it('holds nobody up where nothing had begun', async () => {
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

  it('is not restarted without the approval that a tag demands by now', async () => {
    account.ecs.schedule(start, {
      kind: 'instance-overridden',
      instanceId: 'i-1',
      override: { Tags: { Tag: [{ TagKey: 'reboot-planner:approval', TagValue: 'required' }] } },
    });
    account.pass(31 * minute);
    await account.execute({ settings });
    expect(account.sent).toBe(0);
  });

  it('is not restarted without the approval that MODE=approval demands by now', async () => {
    const approval = settingsOf({ ...leaveEnv, MODE: 'approval' });
    account.pass(15 * minute);
    await account.plan({ settings: approval });
    account.pass(16 * minute);
    await account.execute({ settings: approval });
    expect(account.sent).toBe(0);
  });

  it('keeps its time when NotBefore moves a little earlier, still behind its interval', async () => {
    account.ecs.schedule(start, { kind: 'event-moved', eventId: 'e-1', notBefore: start + 23 * hour });
    account.pass(15 * minute);
    await account.plan({ settings });
    account.pass(16 * minute);
    await account.execute({ settings });
    expect(account.restarts('i-1')).toBe(1);
  });

  it('takes in what became of its events: e-1 answered, e-2 announced', async () => {
    account.ecs.schedule(start, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
    account.ecs.addEvent({ id: 'e-2', instanceId: 'i-1', notBefore: start + 24 * hour });
    account.pass(15 * minute);
    await account.plan({ settings });
    expect(account.row('i-1')['event_ids']).toBe('["e-2"]');
  });
});

describe('what an edit is told', () => {
  it('an approval by status beside another time is no approval, and tells how to give one', async () => {
    const settings = settingsOf({ MODE: 'approval' });
    await account.plan({ settings });
    account.edit('i-1', {
      status: 'Planned',
      pinned: 'true',
      execute_at: '2026-12-01T19:00:00Z',
      latest_start: '2026-12-01T20:00:00Z',
    });
    const { problems } = await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'AwaitingApproval' });
    expect(problems.map(({ problem }) => problem)).toEqual([
      'The row was edited and waits for an approval; to approve the plan, set approval to granted.',
    ]);
  });

  it('nobody edited a row that is looked at exactly at its latest start', async () => {
    const settings = settingsOf({ MODE: 'approval' });
    await account.plan({ settings });
    account.pass(2 * hour + 15 * minute);
    await account.execute({ settings });
    expect(account.story('i-1')).not.toContain('The row was edited by hand; due_at follows the edit.');
  });
});
