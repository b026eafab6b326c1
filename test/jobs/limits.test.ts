// The limits at execution: which plan goes, which plan waits for which, and that none waits for ever.
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PlannerSettings } from '../../lib/plan/settings.ts';
import type { Ecs, PlanStore } from '../../lib/ports.ts';
import { replacing } from './replacing.ts';
import { Account, hour, minute, second, settingsOf, start, type Invocation } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
});

const web = { tags: { 'reboot-planner:group': 'web' } };

/** The plans may all go at once. Only the limits of the execution space them. */
const loose = settingsOf({ MAX_CONCURRENT_REBOOTS: '9999', GROUP_LIMIT: '9999' });

/** Instances from `i-1` on, planned without limits, so that all of them are due now. */
async function dueTogether(count: number, spec: object = web, settings = loose): Promise<void> {
  for (let number = 1; number <= count; number += 1) account.affected(String(number), {}, spec);
  await account.plan({ settings });
}

/** One run of the execute function, and the rest of its minute. */
async function tick(invocation: Invocation = {}): Promise<void> {
  const before = account.clock.now().epochMilliseconds;
  await account.execute(invocation);
  account.pass(Math.max(0, before + minute - account.clock.now().epochMilliseconds));
}

/** The restarts in the order in which they were sent, each with its time in seconds after `start`. */
const sentAt = (): [string | undefined, number][] =>
  account.ecs.record
    .calls('RebootInstance')
    .map(({ at, params }) => [params['InstanceId'], Math.round((at - start) / second)]);

/** The reason of a plan that waits for `i-1`. */
const waitsForFirst = { code: 'waits-for-group', values: { group: 'web', limit: 1, mates: ['i-1'] } };

const statuses = (count: number): unknown[] =>
  Array.from({ length: count }, (_, index) => account.row(`i-${index + 1}`)['status']);

describe('a group of six', () => {
  it('is restarted one after another, each when the one before is Avoided', async () => {
    await dueTogether(6);
    for (let turn = 0; turn < 12; turn += 1) await tick();
    expect(statuses(6)).toEqual(Array(6).fill('Avoided'));
    const times = sentAt();
    expect(times.map(([id]) => id)).toEqual(['i-1', 'i-2', 'i-3', 'i-4', 'i-5', 'i-6']);
    const ends = [1, 2, 3, 4, 5].map((number) => {
      const last = account.timeline(`i-${number}`).at(-1);
      expect(last).toMatchObject({ code: 'ended', values: { status: 'Avoided' } });
      return Math.round((Date.parse(last?.at ?? '') - start) / second);
    });
    for (const [index, end] of ends.entries()) expect(times[index + 1]?.[1]).toBeGreaterThanOrEqual(end);
  });

  it('is restarted in pairs where two may be down at once', async () => {
    await dueTogether(6);
    const settings = settingsOf({ GROUP_LIMIT: '2' });
    expect(await account.execute({ settings })).toMatchObject({ due: 6, rebooted: 2 });
    expect(sentAt().map(([id]) => id)).toEqual(['i-1', 'i-2']);
  });

  it('that was planned with its limit is restarted in its window, each instance in its slot', async () => {
    for (let number = 1; number <= 6; number += 1) account.affected(String(number), {}, web);
    await account.plan();
    for (let turn = 0; turn < 90; turn += 1) await tick();
    expect(statuses(6)).toEqual(Array(6).fill('Avoided'));
    expect(sentAt().map(([, at]) => Math.floor(at / 60))).toEqual([0, 15, 30, 45, 60, 75]);
  });
});

describe('a region', () => {
  it('never has more restarts under way than its limit, whatever the groups', async () => {
    await dueTogether(5, {});
    const settings = settingsOf({ MAX_CONCURRENT_REBOOTS: '2' });
    expect(await account.execute({ settings, timeoutMs: 40 * second })).toMatchObject({
      due: 5,
      rebooted: 2,
    });
    expect(account.row('i-3')).toMatchObject({ status: 'Planned' });
    expect(account.reason('i-3')).toEqual({ code: 'waits-for-region', values: { limit: 2 } });
    for (let turn = 0; turn < 6; turn += 1) await tick({ settings });
    expect(statuses(5)).toEqual(Array(5).fill('Avoided'));
  });

  it('does not wait for another region', async () => {
    account.affected('1');
    account.affected('2', {}, { regionId: 'cn-shanghai' });
    await account.plan();
    const settings = settingsOf({ MAX_CONCURRENT_REBOOTS: '1' });
    expect(await account.execute({ settings })).toMatchObject({ rebooted: 2 });
  });
});

describe('a plan that waits', () => {
  it('says once which member of its group it waits for, and goes when that one is done', async () => {
    account.affected('1', { avoidedAfterMs: 5 * minute }, web);
    account.affected('2', {}, web);
    await account.plan({ settings: loose });
    await tick();
    expect(account.row('i-2')).toMatchObject({ status: 'Planned' });
    expect(account.reason('i-2')).toEqual(waitsForFirst);
    const { version } = account.row('i-2');
    await tick();
    await account.plan({ settings: loose });
    expect(account.row('i-2')).toMatchObject({ version });
    expect(account.reason('i-2')).toEqual(waitsForFirst);
    for (let turn = 0; turn < 8; turn += 1) await tick();
    expect(statuses(2)).toEqual(['Avoided', 'Avoided']);
    expect(account.story('i-2').filter((code) => code === 'waits-for-group')).toHaveLength(1);
  });

  it('until its interval has passed is planned again in the next window', async () => {
    account.affected('1', { neverAvoided: true }, web);
    account.affected('2', { notBefore: start + 30 * hour }, web);
    await account.plan({ settings: loose });
    const settings = settingsOf({ VERIFY_TIMEOUT: '1d' });
    await tick({ settings });
    account.pass(3 * hour);
    await tick({ settings });
    expect(account.row('i-2')).toMatchObject({
      status: 'Planned',
      reason_code: 'in-window',
      execute_at: '2026-12-02T18:00:00Z',
    });
    expect(account.story('i-2').at(-1)).toBe('planned/interval-unused');
    expect(account.restarts('i-2')).toBe(0);
  });

  it('is the one with the later NotBefore where both must start by the same moment', async () => {
    account.affected('1', { notBefore: start + 48 * hour }, web);
    account.affected('2', { notBefore: start + 24 * hour }, web);
    await account.plan({ settings: loose });
    expect(account.row('i-1')['latest_start']).toBe(account.row('i-2')['latest_start']);
    await account.execute({ timeoutMs: 40 * second });
    expect(sentAt().map(([id]) => id)).toEqual(['i-2']);
    expect(account.reason('i-1')).toEqual({
      code: 'waits-for-group',
      values: { group: 'web', limit: 1, mates: ['i-2'] },
    });
  });
});

describe('a member whose restart is not proven yet', () => {
  /** i-1 is Running, its event stays Scheduled, and a hold kept i-2 from being judged until now. */
  async function watched(group: string): Promise<void> {
    account.affected('1', { neverAvoided: true }, { tags: { 'reboot-planner:group': group } });
    account.affected('2', {}, web);
    await account.plan({ settings: loose });
    account.edit('i-2', { hold: 'after i-1' });
    await tick();
    await tick();
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying' });
  }

  it('counts in the group to which its owner moves it by then', async () => {
    await watched('db');
    const Tag = [{ TagKey: 'reboot-planner:group', TagValue: 'web' }];
    const at = account.clock.now().epochMilliseconds;
    const override = { Tags: { Tag } };
    account.ecs.schedule(at, { kind: 'instance-overridden', instanceId: 'i-1', override });
    account.edit('i-2', { hold: '' });
    await tick();
    await tick();
    expect(account.restarts('i-2')).toBe(0);
    expect(account.reason('i-2')).toEqual(waitsForFirst);
  });

  it.each([undefined, '', 'Web'])(
    'counts in the group of its tag where its row says group %j',
    async (group) => {
      await watched('web');
      account.edit('i-1', { group });
      account.edit('i-2', { hold: '' });
      await tick();
      await tick();
      expect(account.restarts('i-2')).toBe(0);
      expect(account.reason('i-2')).toEqual(waitsForFirst);
    },
  );
});

describe('a member that its owner stopped', () => {
  const countsAsDown = (instanceId: string): object => ({
    code: 'waits-for-group',
    values: {
      group: 'web',
      limit: 1,
      mates: [instanceId],
      also: [{ code: 'counts-as-down', values: { instances: [{ instanceId, status: 'Stopped' }] } }],
    },
  });

  it.each([
    ['with a row', () => account.affected('1', {}, { ...web, status: 'Stopped' })],
    [
      'without an event and a row',
      () => void account.ecs.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', ...web, status: 'Stopped' }),
    ],
  ])('counts as down %s: its mate waits, and says what to do', async (_, stopped) => {
    stopped();
    account.affected('2', {}, web);
    await account.plan({ settings: loose });
    expect(await account.execute()).toMatchObject({ rebooted: 0 });
    expect(account.reason('i-2')).toEqual(countsAsDown('i-1'));
    account.ecs.schedule(account.clock.now().epochMilliseconds, {
      kind: 'instance-started',
      instanceId: 'i-1',
    });
    account.pass(5 * minute);
    await tick();
    expect(account.restarts('i-2')).toBe(1);
  });

  it('counts in the region while its plan has not ended', async () => {
    account.affected('1', {}, { status: 'Stopped' });
    account.affected('2');
    await account.plan({ settings: loose });
    const settings = settingsOf({ MAX_CONCURRENT_REBOOTS: '1' });
    expect(await account.execute({ settings })).toMatchObject({ rebooted: 0 });
    expect(account.reason('i-2')).toEqual({
      code: 'waits-for-region',
      values: {
        limit: 1,
        also: [{ code: 'counts-as-down', values: { instances: [{ instanceId: 'i-1', status: 'Stopped' }] } }],
      },
    });
  });

  it('does not count in the region where its plan ended without a restart, nor without a plan', async () => {
    account.affected('1', {}, { status: 'Stopped', tags: { 'reboot-planner:enabled': 'false' } });
    account.ecs.addInstance({ id: 'i-3', regionId: 'cn-hangzhou', status: 'Stopped' });
    account.affected('2');
    await account.plan({ settings: loose });
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped' });
    const settings = settingsOf({ MAX_CONCURRENT_REBOOTS: '1' });
    expect(await account.execute({ settings })).toMatchObject({ rebooted: 1 });
  });

  it('leaves the slot of the next one where it is, although it is planned again and again', async () => {
    const settings = settingsOf({ SLOT: '20m', GROUP_LIMIT: '2' });
    account.affected('1', { notBefore: start + 48 * hour }, { ...web, status: 'Stopped' });
    account.affected('2', { notBefore: start + 48 * hour }, web);
    account.affected('3', { notBefore: start + 48 * hour }, web);
    for (let turn = 0; turn < 45; turn += 1) {
      if (turn % 5 === 0) await account.plan({ settings });
      await tick({ settings });
    }
    expect(account.row('i-3')).toMatchObject({ status: 'Avoided', execute_at: '2026-12-01T18:50:00Z' });
  });
});

describe('a plan does not wait for ever', () => {
  it('for members of its group that wait for an approval', async () => {
    const approval = { tags: { ...web.tags, 'reboot-planner:approval': 'required' } };
    account.affected('1', {}, approval);
    account.affected('2', {}, web);
    await account.plan({ settings: loose });
    expect(account.row('i-1')).toMatchObject({ status: 'AwaitingApproval' });
    expect(await account.execute()).toMatchObject({ rebooted: 1 });
    expect(account.row('i-2')).toMatchObject({ status: 'Avoided' });
  });

  it('for a member whose restart ECS refuses for now', async () => {
    await dueTogether(2);
    account.faults.add({
      operation: 'RebootInstance',
      matching: (request) => (request as { params: Record<string, string> }).params['InstanceId'] === 'i-1',
      times: 1_000,
      fault: { kind: 'error', status: 403, code: 'IncorrectInstanceStatus' },
    });
    await tick();
    expect(account.row('i-2')['status']).toBe('Planned');
    await tick();
    expect(account.row('i-2')['status']).toBe('Avoided');
  });

  it('for a member whose execution died in Preparing: it counts until another execution takes it over', async () => {
    await dueTogether(2);
    // The call after the claim never returns, as where the process is gone.
    const dying = account.execute({
      ecs: (real) => ({ ...real, turnToReboot: () => new Promise<never>(() => undefined) }),
    });
    for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
    void dying;
    expect(account.row('i-1')).toMatchObject({ status: 'Preparing' });
    account.pass(minute);
    await account.execute({ timeoutMs: 40 * second });
    expect(account.row('i-2')).toMatchObject({ status: 'Planned' });
    expect(account.reason('i-2')).toEqual(waitsForFirst);
    account.pass(2 * minute);
    for (let turn = 0; turn < 4; turn += 1) await tick();
    expect(sentAt().map(([id]) => id)).toEqual(['i-1', 'i-2']);
    expect(statuses(2)).toEqual(['Avoided', 'Avoided']);
  });
});

describe('a row that was never planned, and that a person set to be under way', () => {
  it('counts in every group, because it names none', async () => {
    const tags = { 'reboot-planner:group': 'web', 'reboot-planner:enabled': 'false' };
    account.affected('2', {}, { tags });
    await dueTogether(1);
    account.edit('i-2', { status: 'Preparing' });
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 0 });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned' });
    expect(account.reason('i-1')).toEqual({
      code: 'waits-for-group',
      values: { group: 'web', limit: 1, mates: ['i-2'] },
    });
  });
});

describe('limits that are lowered', () => {
  it('between planning and execution count at once', async () => {
    await dueTogether(3);
    await tick({ settings: settingsOf({ MAX_CONCURRENT_REBOOTS: '1' }) });
    expect(sentAt().map(([id]) => id)).toEqual(['i-1']);
  });

  it('move the least urgent of the plans that are not due yet', async () => {
    const later = (environment: Record<string, string>): PlannerSettings =>
      settingsOf({ MAINTENANCE_WINDOWS: 'daily 03:00-05:00', ...environment });
    await dueTogether(3, {}, later({}));
    await account.plan({ settings: later({ MAX_CONCURRENT_REBOOTS: '1' }) });
    expect([1, 2, 3].map((number) => account.row(`i-${number}`)['execute_at'])).toEqual([
      '2026-12-01T19:00:00Z',
      '2026-12-01T19:15:00Z',
      '2026-12-01T19:30:00Z',
    ]);
  });
});

describe('executions that overlap', () => {
  const ids = ['1', '2', '3'] as const;

  /** Makes every call wait twice for the scheduler: before it arrives, and before its answer does. */
  function interleave(world: Account, scheduler: fc.Scheduler): { ecs: (real: Ecs) => Ecs } {
    const inTurn = async <T>(name: string, work: () => T | Promise<T>): Promise<T> => {
      await scheduler.schedule(Promise.resolve(), `${name} is on its way`);
      const result = await work();
      await scheduler.schedule(Promise.resolve(), `${name} is answered`);
      return result;
    };
    world.carry = inTurn;
    return {
      ecs: (real) => ({
        ...real,
        eventsById: (...asked) => inTurn('eventsById', () => real.eventsById(...asked)),
        instancesById: (...asked) => inTurn('instancesById', () => real.instancesById(...asked)),
        reboot: (...asked) => inTurn('reboot', () => real.reboot(...asked)),
      }),
    };
  }

  /**
   * Two executions at the same time on a group whose events show Avoided only later. Returns how many instances both
   * restarted together.
   */
  async function sentTogether(
    world: Account,
    scheduler: fc.Scheduler,
    settings: PlannerSettings,
    store?: (real: PlanStore) => PlanStore,
  ): Promise<number> {
    for (const id of ids) world.affected(id, { avoidedAfterMs: 4 * minute }, web);
    await world.plan({ settings: loose });
    const { ecs } = interleave(world, scheduler);
    const runs = ['a', 'b'].map((owner) =>
      world.execute({
        ecs,
        owner,
        settings,
        timeoutMs: 40 * second,
        ...(store === undefined ? {} : { store }),
      }),
    );
    await scheduler.waitFor(Promise.all(runs));
    world.carry = (_operation, work) => Promise.resolve().then(work);
    return world.sent;
  }

  it.each([
    ['group', settingsOf({ GROUP_LIMIT: '1' }), 1],
    ['group of two', settingsOf({ GROUP_LIMIT: '2' }), 2],
    ['region', settingsOf({ GROUP_LIMIT: '9', MAX_CONCURRENT_REBOOTS: '1' }), 1],
  ])(
    'never restart more of a %s at once than its limit, and leave no plan open',
    async (_, settings, most) => {
      await fc.assert(
        fc.asyncProperty(fc.scheduler(), async (scheduler) => {
          const world = new Account();
          expect(await sentTogether(world, scheduler, settings)).toBeLessThanOrEqual(most);
          for (let turn = 0; turn < 20; turn += 1) {
            world.pass(minute);
            await world.execute({ settings });
          }
          for (const id of ids) {
            expect(world.row(`i-${id}`)).toMatchObject({ status: 'Avoided' });
            expect(world.restarts(`i-${id}`)).toBe(1);
          }
        }),
        { seed: 31, numRuns: 12 },
      );
    },
  );

  it('exceed the limit where they do not look a second time: the orders above are hard enough', async () => {
    const settings = settingsOf({ GROUP_LIMIT: '1' });
    const exceeded = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      // Each execution sees the rows under way as they were when it first looked.
      const once = (real: PlanStore): PlanStore => {
        const seen = new Map<string, ReturnType<PlanStore['readUnderWay']>>();
        return replacing(real, {
          readUnderWay: (regionId) => {
            const first = seen.get(regionId) ?? real.readUnderWay(regionId);
            seen.set(regionId, first);
            return first;
          },
        });
      };
      return (await sentTogether(new Account(), scheduler, settings, once)) <= 1;
    });
    const { failed } = await fc.check(exceeded, { seed: 32, numRuns: 40, endOnFailure: true });
    expect(failed).toBe(true);
  });
});

describe('a plan that waited for its group until it was too late', () => {
  it('says what it waited for', async () => {
    const settings = settingsOf({ VERIFY_TIMEOUT: '2h' });
    account.affected('1', { neverAvoided: true, notBefore: start + 48 * hour }, web);
    await account.plan({ settings });
    await account.execute({ settings, timeoutMs: 40 * second });
    account.affected('2', { notBefore: start + hour }, web);
    await account.plan({ settings: loose });
    await account.execute({ settings, timeoutMs: 40 * second });
    expect(account.reason('i-2')).toEqual(waitsForFirst);
    account.pass(31 * minute);
    await account.plan({ settings });
    expect(account.row('i-2')).toMatchObject({ status: 'Missed' });
    expect(account.reason('i-2')).toEqual({
      code: 'too-late',
      values: {
        marginMs: 1_800_000,
        notBefore: '2026-12-01T19:30:00Z',
        timeZone: 'Asia/Shanghai',
        also: [waitsForFirst],
      },
    });
  });
});
