// Rows of other versions in the jobs. A row of format 1 goes on as if nothing had changed. A row of a newer format is left
// alone and reported, and it counts as under way where its status or its intent says so.
import { beforeEach, describe, expect, it } from 'vitest';
import type { ColumnValue } from '../cloud/tablestore/core/values.ts';
import { Account, hour, minute, settingsOf, start } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
});

/** The row that the version before format 2 wrote for `i-1` and `e-1` of the stage. */
const formatOne: Record<string, ColumnValue> = {
  status: 'Planned',
  reason:
    'In the window daily 02:00-05:00 Asia/Shanghai: Wed 2026-12-02 02:30 Asia/Shanghai, before NotBefore.',
  instance_name: 'web-1',
  plan_id: 'e-1',
  event_ids: '["e-1"]',
  not_before: '2026-12-02T18:30:00Z',
  execute_at: '2026-12-01T18:30:00Z',
  latest_start: '2026-12-01T20:45:00Z',
  due_at: 1_796_149_800_000n,
  due_at_utc: '2026-12-01T18:30:00Z',
  rules: 'daily 02:00-05:00 Asia/Shanghai, slot 15m, margin 30m, last-resort 2h',
  decision: 'window',
  pinned: 'false',
  approval: 'not-required',
  version: 1n,
  timeline:
    '[{"at":"2026-12-01T18:30:00Z","by":"plan","what":"Planned for Wed 2026-12-02 02:30 Asia/Shanghai: ECS announced event e-1."}]',
  write_token: 'invocation-1-1',
};

const asWritten = {
  at: '2026-12-01T18:30:00Z',
  by: 'plan',
  what: 'Planned for Wed 2026-12-02 02:30 Asia/Shanghai: ECS announced event e-1.',
};

describe('a row of format 1', () => {
  it.each<[string, Record<string, string>, string]>([
    ['without more', {}, 'daily 02:00-05:00 Asia/Shanghai, slot 15m, margin 30m, last-resort 2h'],
    [
      'with blackouts',
      { BLACKOUT_DATES: '2026-12-31/2027-01-03, 2027-02-05' },
      'daily 02:00-05:00 Asia/Shanghai except 2026-12-31/2027-01-03 2027-02-05/2027-02-05, slot 15m, margin 30m, last-resort 2h',
    ],
    [
      'with the policy leave',
      { NO_WINDOW: 'leave' },
      'daily 02:00-05:00 Asia/Shanghai, slot 15m, margin 30m, leave',
    ],
  ])('is not planned again while its rules hold: %s', async (_, environment, rules) => {
    account.affected('1');
    account.edit('i-1', { ...formatOne, rules });
    expect(await account.plan({ settings: settingsOf(environment) })).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 1,
      ended: 0,
    });
    expect(account.row('i-1')).toEqual({ ...formatOne, rules });
  });

  it('waits for its last moment where a tag cannot be read, for which the settings counted at once', async () => {
    const rules =
      'daily 02:00-05:00 Asia/Shanghai, slot 15m, margin 30m, last-resort 2h, unreadable tags: window';
    account.affected('1', {}, { tags: { 'reboot-planner:window': 'at night' } });
    account.edit('i-1', { ...formatOne, rules });
    expect(await account.plan()).toMatchObject({ updated: 1 });
    // NotBefore is at 02:30 on the next day: the last place is that of this night.
    expect(account.row('i-1')).toMatchObject({
      execute_at: '2026-12-01T18:45:00Z',
      reason_code: 'windows-unknown',
    });
  });

  it('is planned again and upgraded where the rules changed', async () => {
    account.affected('1');
    account.edit('i-1', formatOne);
    const settings = settingsOf({ MAINTENANCE_WINDOWS: 'daily 03:00-05:00' });
    expect(await account.plan({ settings })).toMatchObject({ updated: 1, problems: [] });
    expect(account.row('i-1')).toMatchObject({
      status: 'Planned',
      format: 3n,
      execute_at: '2026-12-01T19:00:00Z',
      rules:
        '{"windows":"daily 03:00-05:00","timeZone":"Asia/Shanghai","blackouts":[],"slot":"15m","safetyMargin":"30m","noWindow":"last-resort","lastResortLead":"2h"}',
    });
    expect(account.reason('i-1')).toEqual({
      code: 'in-window',
      values: {
        window: 'daily 03:00-05:00 Asia/Shanghai',
        at: '2026-12-01T19:00:00Z',
        timeZone: 'Asia/Shanghai',
      },
    });
    expect(account.timeline('i-1')[0]).toEqual(asWritten);
    expect(account.story('i-1')).toEqual(['as-written', 'planned/rules-changed']);
  });

  it('is executed once, and upgraded on the way', async () => {
    account.affected('1');
    account.edit('i-1', formatOne);
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 1, avoided: 1, problems: [] });
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided', format: 3n, reason_code: 'avoided' });
    expect(account.timeline('i-1')[0]).toEqual(asWritten);
    expect(account.story('i-1')).toEqual([
      'as-written',
      'preparing',
      'sending',
      'accepted',
      'not-proven-yet',
      'ended/avoided',
    ]);
    expect(account.sent).toBe(1);
  });

  it('whose restart was sent is watched, and nothing is sent again', async () => {
    account.affected('1');
    account.edit('i-1', {
      ...formatOne,
      status: 'Verifying',
      reason: 'RebootInstance was accepted; waiting for its events to show Avoided and the instance to run.',
      intent_at: '2026-12-01T18:29:00Z',
      intent_outcome: 'accepted',
      next_look: '2026-12-01T18:29:30Z',
      verify_until: '2026-12-01T18:59:00Z',
      due_at: 1_796_149_770_000n,
      due_at_utc: '2026-12-01T18:29:30Z',
      version: 4n,
    });
    account.ecs.schedule(start, { kind: 'event-ended', eventId: 'e-1', status: 'Avoided' });
    account.pass(minute);
    // No look has shown the restart itself: a second one, a minute later, proves it.
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 0, avoided: 0, problems: [] });
    account.pass(minute);
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 0, avoided: 1, problems: [] });
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided', format: 3n });
    expect(account.sent).toBe(0);
  });

  it('that has ended is not planned again, and its events make no new plan', async () => {
    account.affected('1');
    const ended: Record<string, ColumnValue> = { ...formatOne, status: 'Skipped', cause: 'operator' };
    delete ended['due_at'];
    delete ended['due_at_utc'];
    account.edit('i-1', ended);
    expect(await account.plan()).toMatchObject({ created: 0, updated: 0, unchanged: 1, ended: 0 });
    expect(account.row('i-1')).toEqual(ended);
  });
});

describe('a row of a newer format', () => {
  const newer = { format: 4n };
  const problem = {
    code: 'row-newer',
    regionId: 'cn-hangzhou',
    instanceId: 'i-1',
    problem: expect.stringContaining('format 4') as string,
  };

  it.each<[string, Record<string, ColumnValue>]>([
    ['sound', {}],
    ['full of columns that this version cannot read', { not_before: 'whenever', timeline: 'zstd:…' }],
    ['without a due_at', { due_at: 'later' }],
    ['Verifying', { status: 'Verifying', intent_at: '2026-12-01T18:29:00Z' }],
    ['in a status that this version does not know', { status: 'Proving' }],
    ['Avoided', { status: 'Avoided' }],
  ])('is reported by plan and stays as it is: %s', async (_, columns) => {
    account.affected('1');
    account.affected('2');
    await account.plan();
    account.edit('i-1', { ...newer, ...columns });
    const before = account.row('i-1');
    account.ecs.schedule(start, { kind: 'event-moved', eventId: 'e-1', notBefore: start + 2 * hour });
    account.ecs.addEvent({ id: 'e-9', instanceId: 'i-1', notBefore: start + 24 * hour });
    account.pass(minute);
    expect(await account.plan()).toEqual({
      events: 3,
      created: 0,
      updated: 0,
      unchanged: 2,
      ended: 0,
      problems: [problem],
    });
    expect(account.row('i-1')).toEqual(before);
    expect(account.history('i-1')).toEqual([]);
  });

  it.each<[string, Record<string, ColumnValue>]>([
    ['Planned', {}],
    ['Preparing', { status: 'Preparing', owner: 'a', lease_until: '2026-12-01T18:29:00Z' }],
    ['Rebooting', { status: 'Rebooting', intent_at: '2026-12-01T18:20:00Z' }],
    ['Verifying', { status: 'Verifying', intent_at: '2026-12-01T18:20:00Z' }],
    ['in a status that this version does not know', { status: 'Proving' }],
    ['Avoided', { status: 'Avoided' }],
  ])('is reported by execute and stays as it is: %s', async (_, columns) => {
    account.affected('1');
    account.affected('2');
    await account.plan();
    account.edit('i-1', { ...newer, ...columns });
    const before = account.row('i-1');
    expect(await account.execute()).toEqual({
      due: 2,
      rebooted: 1,
      avoided: 1,
      waiting: 0,
      escalated: 0,
      problems: [problem],
    });
    expect(account.row('i-1')).toEqual(before);
    expect([account.restarts('i-1'), account.restarts('i-2')]).toEqual([0, 1]);
    expect(account.logged.filter(([level]) => level === 'error')).toEqual([]);
  });

  const web = { tags: { 'reboot-planner:group': 'web' } };
  const later = { due_at: BigInt(start + 24 * hour) };
  const verifying = { status: 'Verifying', intent_at: '2026-12-01T18:29:00Z' };

  /** Both instances of a group are due, and `i-1` has a newer row. */
  async function dueBeside(
    columns: Record<string, ColumnValue | undefined>,
    tags: object = web,
  ): Promise<void> {
    account.affected('1', {}, tags);
    account.affected('2', {}, tags);
    await account.plan();
    account.edit('i-1', { ...newer, ...later, ...columns });
    account.pass(20 * minute);
  }

  it.each<[string, Record<string, ColumnValue | undefined>]>([
    ['Preparing', { status: 'Preparing' }],
    ['Rebooting', { status: 'Rebooting', intent_at: '2026-12-01T18:29:00Z' }],
    ['Verifying', verifying],
    ['Verifying without an intent', { status: 'Verifying' }],
    ['Planned with an intent', { intent_at: '2026-12-01T18:29:00Z' }],
    ['in an unknown status with an intent', { status: 'Proving', intent_at: '2026-12-01T18:29:00Z' }],
  ])('counts as under way in its group where it is %s', async (_, columns) => {
    await dueBeside(columns);
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 0, waiting: 1 });
    expect(account.reason('i-2')).toEqual({
      code: 'waits-for-group',
      values: { group: 'web', limit: 1, mates: ['i-1'] },
    });
    expect(account.sent).toBe(0);
  });

  it('counts in every group where it names none', async () => {
    await dueBeside({ ...verifying, group: undefined });
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 0, waiting: 1 });
    expect(account.reason('i-2').code).toBe('waits-for-group');
  });

  it('counts as under way in its region', async () => {
    const settings = settingsOf({ MAX_CONCURRENT_REBOOTS: '1' });
    await dueBeside(verifying, {});
    expect(await account.execute({ settings })).toMatchObject({ due: 1, rebooted: 0, waiting: 1 });
    expect(account.reason('i-2')).toEqual({ code: 'waits-for-region', values: { limit: 1 } });
  });

  it.each<[string, Record<string, ColumnValue>]>([
    ['Planned without an intent', {}],
    ['AwaitingApproval', { status: 'AwaitingApproval' }],
    ['Avoided, with the intent of its restart', { status: 'Avoided', intent_at: '2026-12-01T18:29:00Z' }],
  ])('makes no other plan wait where it is %s', async (_, columns) => {
    await dueBeside(columns);
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 1, avoided: 1 });
    expect([account.restarts('i-1'), account.restarts('i-2')]).toEqual([0, 1]);
  });
});
