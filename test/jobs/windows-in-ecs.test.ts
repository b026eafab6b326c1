// The windows that owners set in ECS: which of them apply before tags and settings, and which apply after a failed read. The
// settings allow 02:00-05:00 in Shanghai, and it is 02:30 there. O&M windows are in UTC.
import { beforeEach, describe, expect, it } from 'vitest';
import { Account, hour, minute, settingsOf, start } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
});

const own = { maintenanceWindow: { start: '04:00:00', end: '05:00:00' } };
const blue = { tags: { team: 'blue' } };
const always = 1_000;

/** Announced two days ahead, so that each daily window is open before NotBefore. */
const affected = (id: string, instance: object = {}): void =>
  account.affected(id, { notBefore: start + 48 * hour }, instance);

/** An O&M window for the instances with the tag: 03:30-04:30 in Shanghai. */
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
  it('is restarted in its own window in ECS and not in that of the settings, and its row shows which', async () => {
    affected('1', own);
    expect(await account.plan()).toMatchObject({ created: 1, problems: [] });
    expect(account.row('i-1')).toMatchObject({
      execute_at: '2026-12-01T20:00:00Z',
      latest_start: '2026-12-01T20:45:00Z',
      ecs_window: 'daily 04:00-05:00 Asia/Shanghai',
    });
    expect(account.reason('i-1')).toEqual({
      code: 'in-window',
      values: {
        window: 'daily 04:00-05:00 Asia/Shanghai',
        at: '2026-12-01T20:00:00Z',
        timeZone: 'Asia/Shanghai',
      },
    });
    expect(await account.execute()).toMatchObject({ due: 0 });
    account.pass(90 * minute);
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 1, avoided: 1 });
  });

  it('is restarted in an O&M window that applies to it, and in no other one', async () => {
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
      ecs_window: 'daily 18:45-19:15, 19:30-20:30 UTC',
    });
  });

  it('follows its own window before any O&M window', async () => {
    nightly();
    affected('1', { ...own, ...blue });
    await account.plan();
    expect(account.row('i-1')).toMatchObject({ ecs_window: 'daily 04:00-05:00 Asia/Shanghai' });
  });

  it.each([
    ['window', { 'reboot-planner:window': 'daily 03:00-03:30' }, '2026-12-01T19:00:00Z'],
    // 02:00 in UTC is 10:00 in Shanghai.
    ['time zone', { 'reboot-planner:time-zone': 'UTC' }, '2026-12-02T02:00:00Z'],
  ])('follows the %s of its tags before any window of ECS', async (_, tags, time) => {
    nightly();
    affected('1', { ...own, tags: { ...blue.tags, ...tags } });
    await account.plan();
    expect(account.row('i-1')).toMatchObject({ execute_at: time });
    expect(account.row('i-1')).not.toHaveProperty('ecs_window');
  });

  it('is not restarted on the blackout dates of the settings, which are days in TIME_ZONE also where its window is in UTC', async () => {
    nightly();
    affected('1', own);
    affected('2', blue);
    // Wednesday in Shanghai lasts from Tuesday 16:00 to Wednesday 16:00 in UTC. It closes the next window of both.
    await account.plan({ settings: settingsOf({ BLACKOUT_DATES: '2026-12-02' }) });
    expect(account.row('i-1')).toMatchObject({ execute_at: '2026-12-02T20:00:00Z' });
    expect(account.row('i-2')).toMatchObject({ execute_at: '2026-12-02T19:30:00Z' });
  });

  it('follows NO_WINDOW, and not the window of the settings, where no slot fits into its window in ECS', async () => {
    affected('1', { maintenanceWindow: { start: '04:00:00', end: '05:00:00' } });
    await account.plan({ settings: settingsOf({ SLOT: '90m', NO_WINDOW: 'leave' }) });
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped', cause: 'policy' });
    expect(account.reason('i-1')).toMatchObject({
      code: 'left-to-ecs',
      values: { window: 'daily 04:00-05:00 Asia/Shanghai', slotMs: 5_400_000 },
    });
  });
});

describe('where the window in ECS', () => {
  it('changes, the plan moves and the execution follows the new window', async () => {
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
    expect(account.timeline('i-1').at(-1)).toMatchObject({
      code: 'planned',
      values: { status: 'Planned', at: '2026-12-01T19:00:00Z', why: { code: 'rules-changed' } },
    });
    account.pass(30 * minute);
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 1 });
  });

  it('is removed, the window of the settings applies', async () => {
    affected('1', own);
    await account.plan();
    account.ecs.schedule(start, { kind: 'instance-window-set', instanceId: 'i-1', window: undefined });
    await account.plan();
    expect(account.row('i-1')).toMatchObject({ execute_at: '2026-12-01T18:30:00Z' });
    expect(account.row('i-1')).not.toHaveProperty('ecs_window');
  });

  it('is disabled, it no longer applies', async () => {
    const planWindowId = nightly();
    affected('1', blue);
    await account.plan();
    account.ecs.schedule(start, { kind: 'plan-window-switched', planWindowId, enable: false });
    await account.plan();
    expect(account.row('i-1')).toMatchObject({ execute_at: '2026-12-01T18:30:00Z' });
  });

  it('stays the same, no plan run writes anything', async () => {
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
  it('leave the plan as it is in the row, and are reported', async () => {
    affected('1', own);
    await account.plan();
    failing();
    account.pass(15 * minute);
    const report = await account.plan();
    expect(report).toMatchObject({ unchanged: 1, updated: 0 });
    expect(report.problems).toEqual([
      {
        code: 'ecs-windows-unreadable',
        // ECS's error code.
        problem: expect.stringContaining('Forbidden.RAM') as string,
        regionId: 'cn-hangzhou',
      },
    ]);
    expect(account.row('i-1')).toMatchObject({ execute_at: '2026-12-01T20:00:00Z' });
    account.pass(75 * minute);
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 1 });
  });

  it('in one region change nothing in another', async () => {
    affected('1', own);
    account.affected('2', {}, { regionId: 'cn-shanghai', ...own });
    account.faults.add({
      operation: 'DescribeInstanceMaintenanceAttributes',
      matching: (request) =>
        (request as { params: Record<string, string> }).params['RegionId'] === 'cn-shanghai',
      times: always,
      fault: { kind: 'error', status: 403, code: 'Forbidden.RAM' },
    });
    expect((await account.plan()).problems.map(({ code }) => code)).toEqual([
      'ecs-windows-unreadable',
      'windows-unknown',
    ]);
    expect(account.row('i-1')).toMatchObject({ execute_at: '2026-12-01T20:00:00Z' });
    expect(account.row('i-2', 'cn-shanghai')).toMatchObject({ reason_code: 'windows-unknown' });
  });
});

describe('the column ecs_window', () => {
  it('that a person edited is corrected by the next plan run, without a restart', async () => {
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

  it('that a person made unreadable escalates the plan', async () => {
    affected('1', own);
    await account.plan();
    account.edit('i-1', { ecs_window: 'whenever' });
    await account.plan();
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    expect(account.reason('i-1')).toEqual({
      code: 'row-unreadable',
      values: {
        faults: [
          {
            what: 'Column ecs_window',
            value: '"whenever"',
            expected: expect.any(String) as string,
            at: 'whenever',
          },
        ],
        mayHaveSent: false,
        also: [{ code: 'events-not-planned', values: { eventIds: ['e-1'] } }],
      },
    });
    account.pass(2 * hour);
    await account.execute();
    expect(account.sent).toBe(0);
  });
});

describe('an edit by hand', () => {
  it('of ecs_window and due_at leads to no restart outside the window in ECS', async () => {
    // The window of the instance is 04:00-05:00, that of the settings 03:00-05:00. It is 02:30.
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
