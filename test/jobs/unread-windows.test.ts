// Windows in ECS that cannot be read for hours, by the real jobs: a new plan waits and says so, and goes by the settings at its last
// moment. It is Wednesday 02:30 in Shanghai. NotBefore is on Friday at 02:30, and the settings allow daily 02:00-05:00: the last
// place is Thursday 02:00-05:00, and of it the last two hours before its latest start at 04:45.
import { beforeEach, describe, expect, it } from 'vitest';
import { Account, hour, minute, settingsOf, start } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
});

const own = { maintenanceWindow: { start: '04:00:00', end: '05:00:00' } };
const blue = { tags: { team: 'blue' } };

function affected(id: string, instance: object = {}, notBefore = start + 48 * hour): void {
  account.affected(id, { notBefore }, instance);
}

/** 03:30-04:30 in Shanghai for the instances with the tag. */
function nightly(): void {
  account.ecs.addPlanMaintenanceWindow({
    id: 'pw-1',
    target: { tags: { team: 'blue' } },
    period: { unit: 'Daily', ranges: [{ start: '19:30', end: '20:30' }] },
  });
}

const ownRead = 'DescribeInstanceMaintenanceAttributes';
const omRead = 'DescribePlanMaintenanceWindows';

function failing(...operations: string[]): void {
  for (const operation of operations) {
    account.faults.add({
      operation,
      times: 1_000,
      fault: { kind: 'error', status: 403, code: 'Forbidden.RAM' },
    });
  }
}

/** The tags of an instance change. */
function retag(instanceId: string, tags: Record<string, string>): void {
  const list = Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
  account.ecs.schedule(start, { kind: 'instance-overridden', instanceId, override: { Tags: { Tag: list } } });
  account.pass(minute);
}

const codes = (problems: readonly { code: string }[]): string[] => problems.map(({ code }) => code);

/** Both functions, every quarter of an hour, until this long after the start. */
async function runUntil(ms: number, settings = settingsOf()): Promise<void> {
  while (account.clock.now().epochMilliseconds < start + ms) {
    await account.plan({ settings });
    await account.execute({ settings });
    account.pass(15 * minute);
  }
}

describe('a new plan whose windows in ECS cannot be read', () => {
  it('waits, says so in its row and at each run, and writes nothing while nothing changes', async () => {
    failing(ownRead, omRead);
    affected('1', own);
    const first = await account.plan();
    expect(first).toMatchObject({ created: 1 });
    expect(codes(first.problems)).toEqual([
      'ecs-windows-unreadable',
      'ecs-windows-unreadable',
      'windows-unknown',
    ]);
    expect(account.row('i-1')).toMatchObject({
      status: 'Planned',
      execute_at: '2026-12-02T18:45:00Z',
      latest_start: '2026-12-02T20:45:00Z',
      reason_code: 'windows-unknown',
    });
    const writes = account.tablestore.record.length;
    account.pass(15 * minute);
    const next = await account.plan();
    expect(next).toMatchObject({ unchanged: 1, updated: 0 });
    expect(codes(next.problems)).toContain('windows-unknown');
    expect(account.tablestore.record).toHaveLength(writes);
  });

  it('goes by the windows of the settings at its last moment, once', async () => {
    failing(ownRead, omRead);
    affected('1', own);
    await runUntil(24 * hour + 14 * minute);
    expect(account.sent).toBe(0);
    await runUntil(26 * hour);
    expect(account.sent).toBe(1);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.ecs.record.calls('RebootInstance')[0]?.at).toBe(Date.UTC(2026, 11, 2, 18, 45));
  });

  it('goes by its own window where that can be read right before the restart, although planning wrote nothing since', async () => {
    failing(ownRead, omRead);
    affected('1', own);
    await account.plan();
    account.pass(24 * hour + 15 * minute);
    account.faults.clear();
    expect(await account.execute()).toMatchObject({ problems: [] });
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).toMatchObject({
      execute_at: '2026-12-02T20:00:00Z',
      latest_start: '2026-12-02T20:45:00Z',
      ecs_window: 'daily 04:00-05:00 Asia/Shanghai',
      reason_code: 'in-window',
    });
    account.pass(75 * minute);
    await account.execute();
    expect(account.ecs.record.calls('RebootInstance')[0]?.at).toBe(Date.UTC(2026, 11, 2, 20, 0));
  });

  it('is read at most for a second before the restart, which says that it could not be', async () => {
    failing(ownRead, omRead);
    affected('1', own);
    await account.plan();
    account.pass(24 * hour + 15 * minute);
    account.faults.clear();
    for (const operation of [ownRead, omRead]) {
      account.faults.add({
        operation,
        times: 100,
        fault: { kind: 'error', status: 400, code: 'Throttling.User' },
      });
    }
    const { problems } = await account.execute();
    expect(codes(problems)).toEqual(['ecs-windows-unreadable', 'ecs-windows-unreadable']);
    expect(account.ecs.record.calls('RebootInstance')[0]?.at).toBe(Date.UTC(2026, 11, 2, 18, 45));
  });

  it('is not read where the time is pinned', async () => {
    failing(ownRead, omRead);
    affected('1', own);
    await account.plan();
    account.edit('i-1', { pinned: 'true' });
    account.pass(24 * hour + 15 * minute);
    account.faults.clear();
    await account.execute();
    expect(account.ecs.record.calls('RebootInstance')[0]?.at).toBe(Date.UTC(2026, 11, 2, 18, 45));
  });

  it('goes by its own window as soon as that can be read', async () => {
    failing(ownRead, omRead);
    affected('1', own);
    await runUntil(12 * hour);
    account.faults.clear();
    expect(await account.plan()).toMatchObject({ updated: 1, problems: [] });
    expect(account.row('i-1')).toMatchObject({
      execute_at: '2026-12-02T20:00:00Z',
      latest_start: '2026-12-02T20:45:00Z',
      ecs_window: 'daily 04:00-05:00 Asia/Shanghai',
      reason_code: 'in-window',
    });
  });

  it('becomes a last resort where the settings have no place, and no sooner with NO_WINDOW=soonest', async () => {
    const settings = settingsOf({ MAINTENANCE_WINDOWS: 'Sun 02:00-05:00', NO_WINDOW: 'soonest' });
    failing(ownRead, omRead);
    affected('1', own);
    await runUntil(46 * hour - minute, settings);
    expect(account.sent).toBe(0);
    await runUntil(47 * hour, settings);
    expect(account.sent).toBe(1);
  });

  it('ends at the deadline where nothing executes it', async () => {
    failing(ownRead, omRead);
    affected('1', own);
    await account.plan();
    account.pass(47 * hour + 45 * minute);
    expect(await account.plan()).toMatchObject({ ended: 1 });
    expect(account.row('i-1')).toMatchObject({ status: 'Missed' });
    expect(account.sent).toBe(0);
  });

  it.each([
    ['to an earlier time', { execute_at: '2026-12-01T18:30:00Z' }],
    ['to an earlier time and to Preparing', { execute_at: '2026-12-01T18:30:00Z', status: 'Preparing' }],
  ])('is not restarted before its last moment by a row that was edited %s', async (_, columns) => {
    failing(ownRead, omRead);
    affected('1', own);
    await account.plan();
    account.edit('i-1', { ...columns, due_at: BigInt(start) });
    for (let turn = 0; turn < 5; turn += 1) {
      await account.execute();
      account.pass(minute);
    }
    expect(account.sent).toBe(0);
    await account.plan();
    expect(account.row('i-1')).toMatchObject({ execute_at: '2026-12-02T18:45:00Z' });
  });
});

describe('where one of the two reads fails', () => {
  it('a window of its own decides without the O&M windows, and the others wait', async () => {
    failing(omRead);
    nightly();
    affected('1', { ...own, ...blue });
    affected('2', blue);
    const { problems } = await account.plan();
    expect(codes(problems)).toEqual(['ecs-windows-unreadable', 'windows-unknown']);
    expect(account.row('i-1')).toMatchObject({
      execute_at: '2026-12-01T20:00:00Z',
      reason_code: 'in-window',
    });
    expect(account.row('i-2')).toMatchObject({
      execute_at: '2026-12-02T18:45:00Z',
      reason_code: 'windows-unknown',
    });
  });

  it('an O&M window does not count without the own windows, which would go first', async () => {
    failing(ownRead);
    nightly();
    affected('1', { ...own, ...blue });
    affected('2', blue);
    await account.plan();
    expect(account.row('i-1')).toMatchObject({ reason_code: 'windows-unknown' });
    expect(account.row('i-2')).toMatchObject({ reason_code: 'windows-unknown' });
  });
});

describe('a tag about the window that cannot be read', () => {
  it('makes the plan wait as long, names the tag, and the corrected tag counts at once', async () => {
    affected('1', { tags: { 'reboot-planner:window': 'Funday 03:00-04:00' } });
    const { problems } = await account.plan();
    expect(codes(problems)).toEqual(['tag-faults', 'windows-unknown']);
    expect(account.row('i-1')).toMatchObject({
      execute_at: '2026-12-02T18:45:00Z',
      reason_code: 'windows-unknown',
    });
    retag('i-1', { 'reboot-planner:window': 'daily 03:00-04:00' });
    await account.plan();
    expect(account.row('i-1')).toMatchObject({
      execute_at: '2026-12-01T19:00:00Z',
      reason_code: 'in-window',
    });
  });

  it('that is spoiled after planning keeps the instance from being restarted in the window of before', async () => {
    affected('1', { tags: { 'reboot-planner:window': 'daily 02:00-05:00' } });
    await account.plan();
    retag('i-1', { 'reboot-planner:window': 'nightly' });
    await account.execute();
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).toMatchObject({ execute_at: '2026-12-02T18:45:00Z' });
  });
});

describe('Auto Scaling and ACK', () => {
  const group = { 'acs:autoscaling:scalingGroupId': 'asg-1' };

  it('keep an instance from being restarted, and its row says what to do', async () => {
    affected('1', { tags: group });
    affected('2', { tags: { 'ack.aliyun.com': 'c-1' } });
    affected('3', { tags: { ...group, 'reboot-planner:auto-scaling': 'ignore' } });
    const { problems } = await account.plan();
    expect(codes(problems)).toEqual(['in-auto-scaling', 'in-ack']);
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped', reason_code: 'in-auto-scaling' });
    expect(account.row('i-2')).toMatchObject({ status: 'Skipped', reason_code: 'in-ack' });
    expect(account.restarts('i-3')).toBe(1);
    expect(account.sent).toBe(1);
  });

  it('keep an instance from being restarted that joined its group after planning', async () => {
    affected('1');
    await account.plan();
    retag('i-1', group);
    await account.execute();
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped', reason_code: 'in-auto-scaling' });
  });

  it('let it be restarted as soon as its owner consents', async () => {
    affected('1', { tags: group });
    await account.plan();
    retag('i-1', { ...group, 'reboot-planner:auto-scaling': 'ignore' });
    expect(await account.plan()).toMatchObject({ updated: 1, problems: [] });
    expect(await account.execute()).toMatchObject({ rebooted: 1 });
  });
});
