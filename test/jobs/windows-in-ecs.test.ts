// The windows that owners set in ECS itself: which of them count, against tags and settings, and what a failed read
// leaves. The settings allow 02:00-05:00 in Shanghai, and it is 02:30 there; O&M windows are in UTC.
import { beforeEach, describe, expect, it } from 'vitest';
import { Account, hour, minute, settingsOf, start } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
});

const own = { maintenanceWindow: { start: '04:00:00', end: '05:00:00' } };
const blue = { tags: { team: 'blue' } };
const always = 1_000;

/** Found two days ahead, so that any daily window is in reach. */
const affected = (id: string, instance: object = {}): void =>
  account.affected(id, { notBefore: start + 48 * hour }, instance);

/** 03:30-04:30 in Shanghai, for the instances with the tag. */
const nightly = (id = 'pw-1', first = '19:30', last = '20:30'): string =>
  account.ecs.addPlanMaintenanceWindow({
    id,
    target: { tags: { team: 'blue' } },
    period: { unit: 'Daily', ranges: [{ start: first, end: last }] },
  });

const failing = (): void => {
  account.faults.add({
    operation: 'DescribeInstanceMaintenanceAttributes',
    times: always,
    fault: { kind: 'error', status: 403, code: 'Forbidden.RAM' },
  });
};

describe('an instance', () => {
  it('is restarted in its own window in ECS, not in the settings’, and its row shows which', async () => {
    affected('1', own);
    expect(await account.plan()).toMatchObject({ created: 1, problems: [] });
    expect(account.row('i-1')).toMatchObject({
      execute_at: '2026-12-01T20:00:00Z',
      latest_start: '2026-12-01T20:45:00Z',
      ecs_window: 'daily 04:00-05:00 Asia/Shanghai',
      reason:
        'In the window daily 04:00-05:00 Asia/Shanghai: Wed 2026-12-02 04:00 Asia/Shanghai, before NotBefore.',
    });
    expect(await account.execute()).toMatchObject({ due: 0 });
    account.pass(90 * minute);
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 1, avoided: 1 });
  });

  it('is restarted in the O&M windows that apply to it, and in none of the others', async () => {
    nightly();
    affected('1', blue);
    affected('2', { tags: { team: 'red' } });
    await account.plan();
    expect(account.row('i-1')).toMatchObject({
      execute_at: '2026-12-01T19:30:00Z',
      latest_start: '2026-12-01T20:15:00Z',
      ecs_window: 'daily 19:30-20:30 UTC',
    });
    expect(account.row('i-2')).toMatchObject({ execute_at: '2026-12-01T18:30:00Z' });
    expect(account.row('i-2')).not.toHaveProperty('ecs_window');
  });

  it('may use any of several O&M windows', async () => {
    nightly('pw-1', '19:30', '20:30');
    nightly('pw-2', '18:45', '19:15');
    affected('1', blue);
    await account.plan();
    expect(account.row('i-1')).toMatchObject({
      execute_at: '2026-12-01T18:45:00Z',
      latest_start: '2026-12-01T19:00:00Z',
      ecs_window: 'daily 19:30-20:30; daily 18:45-19:15 UTC',
    });
  });

  it('has its own window before any O&M window', async () => {
    nightly();
    affected('1', { ...own, ...blue });
    await account.plan();
    expect(account.row('i-1')).toMatchObject({ ecs_window: 'daily 04:00-05:00 Asia/Shanghai' });
  });

  it.each([
    [{ 'reboot-planner:window': 'daily 03:00-03:30' }, '2026-12-01T19:00:00Z'],
    // 02:00-05:00 in UTC is tomorrow at 10:00 in Shanghai.
    [{ 'reboot-planner:time-zone': 'UTC' }, '2026-12-02T02:00:00Z'],
  ])('goes by its tags %o before anything that is set in ECS', async (tags, time) => {
    nightly();
    affected('1', { ...own, tags: { ...blue.tags, ...tags } });
    await account.plan();
    expect(account.row('i-1')).toMatchObject({ execute_at: time });
    expect(account.row('i-1')).not.toHaveProperty('ecs_window');
  });

  it('keeps to the settings’ blackout dates, on days of its window’s zone', async () => {
    nightly();
    affected('1', own);
    affected('2', blue);
    // In Shanghai the window of today, Wednesday, is closed; in UTC it is still Tuesday.
    await account.plan({ settings: settingsOf({ BLACKOUT_DATES: '2026-12-02' }) });
    expect(account.row('i-1')).toMatchObject({ execute_at: '2026-12-02T20:00:00Z' });
    expect(account.row('i-2')).toMatchObject({ execute_at: '2026-12-01T19:30:00Z' });
  });

  it('with a window in ECS in which no slot fits follows the policy, and not the settings’ window', async () => {
    affected('1', { maintenanceWindow: { start: '04:00:00', end: '05:00:00' } });
    await account.plan({ settings: settingsOf({ SLOT: '90m', NO_WINDOW: 'leave' }) });
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped', cause: 'policy' });
  });
});

describe('a window that changes', () => {
  it('moves the plan, and execution goes by the new one', async () => {
    affected('1', own);
    await account.plan();
    account.ecs.schedule(start, {
      kind: 'instance-window-set',
      instanceId: 'i-1',
      window: { start: '03:00:00', end: '04:00:00' },
    });
    expect(await account.plan()).toMatchObject({ updated: 1, problems: [] });
    expect(account.row('i-1')).toMatchObject({
      execute_at: '2026-12-01T19:00:00Z',
      ecs_window: 'daily 03:00-04:00 Asia/Shanghai',
    });
    expect(account.story('i-1').at(-1)).toBe(
      'Planned for Wed 2026-12-02 03:00 Asia/Shanghai: the rules changed.',
    );
    account.pass(30 * minute);
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 1 });
  });

  it('and is taken away leaves the settings’', async () => {
    affected('1', own);
    await account.plan();
    account.ecs.schedule(start, { kind: 'instance-window-set', instanceId: 'i-1', window: undefined });
    await account.plan();
    expect(account.row('i-1')).toMatchObject({ execute_at: '2026-12-01T18:30:00Z' });
    expect(account.row('i-1')).not.toHaveProperty('ecs_window');
  });

  it('and is switched off counts no more', async () => {
    const planWindowId = nightly();
    affected('1', blue);
    await account.plan();
    account.ecs.schedule(start, { kind: 'plan-window-switched', planWindowId, enable: false });
    await account.plan();
    expect(account.row('i-1')).toMatchObject({ execute_at: '2026-12-01T18:30:00Z' });
  });

  it('that does not change writes nothing, at every planning', async () => {
    nightly();
    affected('1', own);
    affected('2', blue);
    await account.plan();
    const writes = account.tablestore.record.length;
    for (let turn = 0; turn < 3; turn += 1) {
      account.pass(15 * minute);
      expect(await account.plan()).toMatchObject({ unchanged: 2, updated: 0, problems: [] });
    }
    expect(account.tablestore.record).toHaveLength(writes);
  });
});

describe('windows that cannot be read', () => {
  it('leave what the row says, and are told', async () => {
    affected('1', own);
    await account.plan();
    failing();
    account.pass(15 * minute);
    const report = await account.plan();
    expect(report).toMatchObject({ unchanged: 1, updated: 0 });
    expect(report.problems).toEqual([
      {
        regionId: 'cn-hangzhou',
        problem: expect.stringMatching(
          /^The windows set in ECS could not be read; those of the rows, or else the settings', count: .*Forbidden/,
        ) as string,
      },
    ]);
    expect(account.row('i-1')).toMatchObject({ execute_at: '2026-12-01T20:00:00Z' });
    account.pass(75 * minute);
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 1 });
  });

  it('leave the settings’ to a new plan, and the right ones as soon as they can be read', async () => {
    failing();
    affected('1', own);
    expect(
      (await account.plan({ settings: settingsOf({ MAINTENANCE_WINDOWS: 'daily 03:00-05:00' }) })).created,
    ).toBe(1);
    expect(account.row('i-1')).toMatchObject({ execute_at: '2026-12-01T19:00:00Z' });
    account.faults.clear();
    await account.plan({ settings: settingsOf({ MAINTENANCE_WINDOWS: 'daily 03:00-05:00' }) });
    expect(account.row('i-1')).toMatchObject({
      execute_at: '2026-12-01T20:00:00Z',
      ecs_window: 'daily 04:00-05:00 Asia/Shanghai',
    });
  });

  it('are asked for in one region, and disturb no other', async () => {
    affected('1', own);
    account.affected('2', {}, { regionId: 'cn-shanghai', ...own });
    account.faults.add({
      operation: 'DescribeInstanceMaintenanceAttributes',
      matching: (request) =>
        (request as { params: Record<string, string> }).params['RegionId'] === 'cn-shanghai',
      times: always,
      fault: { kind: 'error', status: 403, code: 'Forbidden.RAM' },
    });
    expect((await account.plan()).problems).toHaveLength(1);
    expect(account.row('i-1')).toMatchObject({ execute_at: '2026-12-01T20:00:00Z' });
    expect(account.row('i-2', 'cn-shanghai')).toMatchObject({ execute_at: '2026-12-01T18:30:00Z' });
  });
});

describe('the column ecs_window', () => {
  it('that somebody edited is set right by the next planning, without a restart', async () => {
    affected('1', own);
    await account.plan();
    account.edit('i-1', { ecs_window: 'always UTC' });
    expect(await account.plan()).toMatchObject({ updated: 1 });
    expect(account.row('i-1')).toMatchObject({
      execute_at: '2026-12-01T20:00:00Z',
      ecs_window: 'daily 04:00-05:00 Asia/Shanghai',
    });
    expect(await account.execute()).toMatchObject({ due: 0 });
  });

  it('that somebody made unreadable calls a person', async () => {
    affected('1', own);
    await account.plan();
    account.edit('i-1', { ecs_window: 'whenever' });
    await account.plan();
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    expect(account.row('i-1')['reason']).toContain('ecs_window is "whenever"');
    account.pass(2 * hour);
    await account.execute();
    expect(account.sent).toBe(0);
  });
});

describe('an edit by hand', () => {
  it('of ecs_window and due_at brings no restart outside the window that ECS has', async () => {
    // The instance's window is 04:00-05:00, the settings' 03:00-05:00; it is 02:30.
    const settings = settingsOf({ MAINTENANCE_WINDOWS: 'daily 03:00-05:00' });
    account.affected('1', {}, { maintenanceWindow: { start: '04:00:00', end: '05:00:00' } });
    await account.plan({ settings });
    account.edit('i-1', { ecs_window: 'always UTC', due_at: BigInt(start) });
    await account.execute({ settings });
    account.pass(minute);
    await account.execute({ settings });
    expect(account.sent).toBe(0);
  });
});
