// GROUP_PAUSE: from the proof of one instance of a group to the next restart in it. Judged by ECS's record of restarts and by
// the times at which the rows ended.
import { beforeEach, describe, expect, it } from 'vitest';
import type { EventSpec } from '../cloud/ecs/core/types.ts';
import { Account, hour, minute, settingsOf, start } from './stage.ts';

let account: Account;
const web = { tags: { 'reboot-planner:group': 'web' } };

beforeEach(() => {
  account = new Account();
});

/** When the restart of the instance was sent, in epoch milliseconds. */
function sentAt(instanceId: string): number {
  const call = account.ecs.record
    .calls('RebootInstance')
    .find(({ params }) => params['InstanceId'] === instanceId);
  return call?.at ?? Infinity;
}

const endedAt = (instanceId: string): number => Date.parse(account.timeline(instanceId).at(-1)?.at ?? '');

async function ticks(count: number, settings: ReturnType<typeof settingsOf>): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    const before = account.clock.now().epochMilliseconds;
    await account.execute({ settings });
    account.pass(Math.max(0, before + minute - account.clock.now().epochMilliseconds));
  }
}

describe('a group with a pause of ten minutes', () => {
  const settings = settingsOf({ GROUP_PAUSE: '10m' });
  /** All are due at once: only the limits and the pause of the execution space them. */
  const together = settingsOf({ GROUP_PAUSE: '10m', GROUP_LIMIT: '9', MAX_CONCURRENT_REBOOTS: '9' });

  it('restarts the next instance ten minutes after the proof of the one before, and says so meanwhile', async () => {
    account.affected('1', {}, web);
    account.affected('2', {}, web);
    account.affected('3');
    await account.plan({ settings: together });
    await ticks(4, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    const finishedAt = Date.parse(String(account.row('i-1')['finished_at']));
    expect(finishedAt).toBe(Date.parse(String(account.timeline('i-1').at(-1)?.at)));
    expect(account.row('i-3')).toMatchObject({ status: 'Avoided' });
    const until = new Date(endedAt('i-1') + 10 * minute).toISOString().replace(/0+Z|\.000Z/, 'Z');
    expect(account.reason('i-2')).toMatchObject({
      code: 'waits-for-pause',
      values: { group: 'web', pauseMs: 600_000, mates: ['i-1'], at: until },
    });
    await ticks(12, settings);
    expect(account.row('i-2')).toMatchObject({ status: 'Avoided' });
    expect(sentAt('i-2') - endedAt('i-1')).toBeGreaterThanOrEqual(10 * minute);
    // A tick a minute: it does not wait for longer than it must.
    expect(sentAt('i-2') - endedAt('i-1')).toBeLessThan(12 * minute);
  });

  it('plans its slots with the pause between them', async () => {
    for (const id of ['1', '2', '3'])
      account.affected(id, { notBefore: account.clock.now().epochMilliseconds + 40 * hour }, web);
    await account.plan({ settings });
    expect(['i-1', 'i-2', 'i-3'].map((id) => account.row(id)['execute_at'])).toEqual([
      '2026-12-01T18:30:00Z',
      '2026-12-01T18:55:00Z',
      '2026-12-01T19:20:00Z',
    ]);
  });

  it('promises no slot before the pause of a member that was restarted is over', async () => {
    account.affected('1', {}, web);
    await account.plan({ settings });
    await ticks(3, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    account.affected('2', {}, web);
    await account.plan({ settings });
    const ended = Date.parse(String(account.row('i-1')['finished_at']));
    expect(Date.parse(String(account.row('i-2')['execute_at']))).toBe(ended + 10 * minute);
  });

  it('looks again at a pause of hours before the row looks as if somebody had edited it', async () => {
    const long = settingsOf({ GROUP_PAUSE: '3h', MAINTENANCE_WINDOWS: 'always' });
    account.affected('1', {}, web);
    account.affected('2', {}, web);
    await account.plan({
      settings: settingsOf({ ...{ GROUP_PAUSE: '3h', MAINTENANCE_WINDOWS: 'always' }, GROUP_LIMIT: '9' }),
    });
    for (let turn = 0; turn < 14; turn += 1) {
      await ticks(15, long);
      const { problems } = await account.plan({ settings: long });
      expect(problems).toEqual([]);
    }
    expect(account.story('i-2')).not.toContain('planned/wait-dropped');
    expect(sentAt('i-2') - endedAt('i-1')).toBeGreaterThanOrEqual(3 * hour);
  });
});

describe('the pause of a member that gets a new event at once', () => {
  const settings = settingsOf({ GROUP_PAUSE: '10m' });
  const together = settingsOf({ GROUP_PAUSE: '10m', GROUP_LIMIT: '9', MAX_CONCURRENT_REBOOTS: '9' });
  const day = 24 * hour;

  /** Restarts i-1, and then ECS announces an event in this status for it. Returns when i-1 was proven. */
  async function provenAndAnnounced(status: NonNullable<EventSpec['status']> = 'Scheduled'): Promise<number> {
    // Nobody has looked at the other members since.
    while (account.row('i-1')['status'] !== 'Avoided') await account.execute({ settings });
    const proven = Date.parse(String(account.row('i-1')['finished_at']));
    const notBefore = account.clock.now().epochMilliseconds + 2 * day;
    account.ecs.addEvent({ id: 'e-9', instanceId: 'i-1', notBefore, status });
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({ plan_id: expect.stringMatching(/^e-9/) as string });
    return proven;
  }

  it('holds the next member back although a new plan replaced the proven one', async () => {
    account.affected('1', {}, web);
    account.affected('2', {}, web);
    await account.plan({ settings: together });
    const proven = await provenAndAnnounced();
    expect(account.row('i-1')).toMatchObject({ status: 'Planned' });
    expect(account.row('i-1')).not.toHaveProperty('finished_at');
    await ticks(20, settings);
    expect(sentAt('i-2') - proven).toBeGreaterThanOrEqual(10 * minute);
    expect(sentAt('i-2')).toBeLessThan(Infinity);
  });

  it.each([
    ['waits', 'Scheduled', 'Planned'],
    ['ended at once', 'Inquiring', 'Skipped'],
  ] as const)('counts when slots are planned, where the new plan %s', async (_, announced, status) => {
    account.affected('1', {}, web);
    await account.plan({ settings });
    const proven = await provenAndAnnounced(announced);
    expect(account.row('i-1')).toMatchObject({ status });
    // The new plan of i-1 leaves the whole night to the others.
    const tomorrow = {
      execute_at: '2026-12-02T18:00:00Z',
      latest_start: '2026-12-02T20:45:00Z',
      pinned: 'true',
    };
    if (status === 'Planned') account.edit('i-1', tomorrow);
    account.affected('2', {}, web);
    await account.plan({ settings });
    expect(Date.parse(String(account.row('i-2')['execute_at']))).toBe(proven + 10 * minute);
  });

  it('is over where the new plan comes later, and is not recorded without GROUP_PAUSE', async () => {
    account.affected('1', {}, web);
    await account.plan({ settings });
    await ticks(3, settings);
    account.pass(10 * minute);
    account.ecs.addEvent({ id: 'e-9', instanceId: 'i-1', notBefore: start + 2 * day });
    await account.plan({ settings });
    expect(account.row('i-1')).not.toHaveProperty('former_ended_at');

    account = new Account();
    account.affected('1', {}, web);
    const none = settingsOf();
    await account.plan({ settings: none });
    await ticks(3, none);
    account.ecs.addEvent({ id: 'e-9', instanceId: 'i-1', notBefore: start + 2 * day });
    await account.plan({ settings: none });
    expect(account.row('i-1')).not.toHaveProperty('former_ended_at');
  });
});
