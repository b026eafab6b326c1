// A pre-command takes an instance out of service. What follows may take its time: the instance counts as down all along.
import { beforeEach, describe, expect, it } from 'vitest';
import { plus, type Instant } from '../../lib/plan/calendar/instant.ts';
import { ticks } from './preparation.ts';
import { replacing } from './replacing.ts';
import { Account, hour, minute, second, settingsOf, start } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
});

/** Two instances, one restart at a time: i-1 has a pre-command of this length, i-2 has none and is due half an hour later. */
async function planTwo(ms: number): Promise<void> {
  account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms, exitCode: 0, output: '' }] });
  account.affected('1', { notBefore: start + 20 * hour });
  account.affected('2', {}, { tags: { 'reboot-planner:pre-command': 'none' } });
  await account.plan({ settings: oneAtATime });
  account.edit('i-2', { execute_at: '2026-12-01T18:30:00Z', pinned: true });
  await account.plan({ settings: oneAtATime });
}

const drains = { PRE_COMMAND: 'c-drain' };
const oneAtATime = settingsOf({ ...drains, MAX_CONCURRENT_REBOOTS: '1' });

describe('an instance whose pre-command has begun keeps its place in the limits', () => {
  it('while the command runs and the windows of the settings change', async () => {
    await planTwo(5 * minute);
    await account.execute({ settings: oneAtATime });
    const changed = settingsOf({
      ...drains,
      MAX_CONCURRENT_REBOOTS: '1',
      MAINTENANCE_WINDOWS: 'daily 02:00-04:30',
    });
    account.pass(minute);
    await account.execute({ settings: changed });
    account.pass(minute);
    await account.execute({ settings: changed });
    expect(account.row('i-1')).toMatchObject({ status: 'Preparing' });
    expect(account.restarts('i-2')).toBe(0);
  });

  it.each([
    ['runs', 5 * minute],
    ['is done', 5 * second],
  ])('while its plan is planned anew by other windows, as the command %s', async (_, ms) => {
    await planTwo(ms);
    await account.execute({
      settings: oneAtATime,
      ecs: (real) => replacing(real, { turnToReboot: turnOnce(plus(account.clock.now(), 5 * minute)) }),
    });
    const changed = settingsOf({
      ...drains,
      MAX_CONCURRENT_REBOOTS: '1',
      MAINTENANCE_WINDOWS: 'daily 05:00-08:00',
    });
    account.pass(minute);
    await account.plan({ settings: changed });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', execute_at: '2026-12-01T21:00:00Z' });
    await ticks(account, 30, changed);
    expect(account.restarts('i-2')).toBe(0);
    expect(account.row('i-2')).toMatchObject({
      reason_code: 'waits-for-region',
    });
  });

  it('once the command is done and ECS throttles the restart', async () => {
    await planTwo(5 * second);
    await account.execute({
      settings: oneAtATime,
      ecs: (real) => replacing(real, { turnToReboot: turnOnce(plus(account.clock.now(), 5 * minute)) }),
    });
    expect(account.row('i-1')).toMatchObject({ status: 'Preparing' });
    account.pass(minute);
    await account.execute({ settings: oneAtATime });
    expect(account.restarts('i-2')).toBe(0);
  });
});

describe('a plan that is put off after its pre-command began', () => {
  const later = settingsOf({ ...drains, MAINTENANCE_WINDOWS: 'daily 05:00-08:00' });
  const until = {
    code: 'drained-until',
    values: { commandId: 'c-drain', at: '2026-12-01T21:00:00Z', timeZone: 'Asia/Shanghai' },
  };

  beforeEach(async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 5 * minute, exitCode: 0, output: '' }] });
    account.affected('1');
    await account.plan({ settings: settingsOf(drains) });
    await account.execute({ settings: settingsOf(drains) });
    account.pass(minute);
  });

  it('says in its row that its service may be down until its new time', async () => {
    await account.plan({ settings: later });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', execute_at: '2026-12-01T21:00:00Z' });
    expect(account.reason('i-1')).toMatchObject({ code: 'in-window', values: { also: [until] } });
  });

  it('is reported once at every plan run, until a person pins an earlier time', async () => {
    for (let run = 0; run < 3; run += 1) {
      const { problems } = await account.plan({ settings: later });
      expect(problems).toMatchObject([{ code: 'drained-until', instanceId: 'i-1' }]);
    }
    account.edit('i-1', { pinned: 'true', execute_at: '2026-12-01T18:30:00Z' });
    expect(await account.plan({ settings: later })).toMatchObject({ problems: [] });
    await ticks(account, 6, later);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });
});

describe('a pre-command that runs while PRE_COMMAND is removed from the settings', () => {
  it.each([
    ['without any runbook', {}],
    ['with a post-command', { POST_COMMAND: 'c-check' }],
  ])('is not cut off by the restart, which follows when the command has ended, %s', async (_, left) => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 5 * minute, exitCode: 0, output: '' }] });
    account.ecs.addCommand({ id: 'c-check', outcomes: [{ ms: second, exitCode: 0, output: '' }] });
    account.affected('1');
    const before = settingsOf({ ...drains, ...left });
    await account.plan({ settings: before });
    await account.execute({ settings: before });
    const settings = settingsOf(left);
    account.pass(minute);
    await account.plan({ settings });
    await ticks(account, 3, settings);
    expect(account.sent).toBe(0);
    await ticks(account, 3, settings);
    expect(account.ecs.invocations().filter(({ commandId }) => commandId === 'c-drain')).toHaveLength(1);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.sent).toBe(1);
  });
});

/** The first turn, before the pre-command, is free. From the second one on ECS throttles until `until`. */
function turnOnce(until: Instant): () => Promise<Instant | undefined> {
  let turns = 0;
  return () => Promise.resolve((turns += 1) === 1 ? undefined : until);
}

describe('a plan that ended while its pre-command ran', () => {
  it('runs the command again before a restart, once it is judged again', async () => {
    const settings = settingsOf(drains);
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 4 * minute, exitCode: 0, output: '' }] });
    account.affected('1');
    await account.plan({ settings });
    await account.execute({ settings });
    answerFrom({ Status: null });
    account.pass(minute);
    await account.execute({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    answerFrom({});
    account.pass(10 * minute);
    await account.plan({ settings });
    await ticks(account, 8, settings);
    expect(account.ecs.invocations()).toHaveLength(2);
    expect(account.sent).toBe(1);
  });

  function answerFrom(override: Record<string, null>): void {
    const at = account.clock.now().epochMilliseconds;
    account.ecs.schedule(at, { kind: 'instance-overridden', instanceId: 'i-1', override });
  }
});

describe('the health before a restart', () => {
  it('is that after the pre-command: what was bad earlier and got well excuses nothing', async () => {
    const settings = settingsOf(drains);
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 5 * second, exitCode: 0, output: '' }] });
    account.affected('1');
    healthFrom(start, 'Impaired');
    await account.plan({ settings });
    healthFrom(start + 2 * second, 'OK');
    healthFrom(start + 30 * second, 'Impaired');
    await ticks(account, 3, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying', health_before: 'OK' });
  });

  function healthFrom(at: number, healthStatus: string): void {
    account.ecs.schedule(at, { kind: 'instance-health', instanceId: 'i-1', healthStatus });
  }
});
