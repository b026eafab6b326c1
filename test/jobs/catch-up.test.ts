// After an outage in which neither function ran: every plan is judged again, whichever function runs first.
import { beforeEach, describe, expect, it } from 'vitest';
import { Account, hour, minute, settingsOf, start } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
});

/** The orders in which the timers may fire after the outage. */
const orders = ['plan execute', 'execute plan', 'execute execute plan', 'plan plan execute'] as const;

/** Invokes the functions in this order. */
async function run(order: string, settings = settingsOf()): Promise<void> {
  for (const name of order.split(' ')) await account[name === 'plan' ? 'plan' : 'execute']({ settings });
}

/** Runs both functions as the timers of s.yaml fire them, for this long. */
async function ticks(length: number, settings = settingsOf()): Promise<void> {
  const until = account.clock.now().epochMilliseconds + length;
  for (let turn = 0; account.clock.now().epochMilliseconds < until; turn += 1) {
    const before = account.clock.now().epochMilliseconds;
    if (turn % 15 === 0) await account.plan({ settings });
    await account.execute({ settings });
    account.pass(Math.max(0, before + minute - account.clock.now().epochMilliseconds));
  }
}

/** Minutes of the day in Shanghai at which RebootInstance was sent. */
const sentAt = (): number[] =>
  account.ecs.record
    .calls('RebootInstance')
    .map(({ at }) => Math.floor(((at + 8 * hour) % (24 * hour)) / minute));

describe.each(orders)('after an outage, %s first', (order) => {
  it('moves a plan whose window is over to the next window, and restarts the instance there', async () => {
    account.affected('1', { notBefore: start + 40 * hour });
    await account.plan();
    // From 02:30 to 12:30 in Shanghai.
    account.pass(10 * hour);
    await run(order);
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).toMatchObject({
      status: 'Planned',
      execute_at: '2026-12-02T18:00:00Z',
      latest_start: '2026-12-02T20:45:00Z',
    });
    expect(account.story('i-1').at(-1)).toBe('planned/interval-unused');
    account.pass(13 * hour + 30 * minute);
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(sentAt()).toEqual([120]);
  });

  it('restarts an instance at once while the interval of its plan still lasts', async () => {
    account.affected('1', { notBefore: start + 40 * hour });
    await account.plan();
    account.pass(2 * hour + 15 * minute);
    await run(order);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    // 04:45, the last moment.
    expect(sentAt()).toEqual([285]);
  });

  it('plans a last resort where the window is over and NotBefore is near', async () => {
    account.affected('1', { notBefore: start + 16 * hour });
    await account.plan();
    account.pass(10 * hour);
    await run(order);
    // NotBefore is 10:30 UTC. The lead is two hours, the margin half an hour.
    expect(account.row('i-1')).toMatchObject({
      status: 'Planned',
      decision: 'last-resort',
      execute_at: '2026-12-02T08:30:00Z',
      latest_start: '2026-12-02T10:00:00Z',
    });
    expect(account.sent).toBe(0);
  });

  it('ends a plan within the safety margin as Missed and sends nothing', async () => {
    account.affected('1', { notBefore: start + 16 * hour });
    await account.plan();
    account.pass(15 * hour + 31 * minute);
    await run(order);
    expect(account.row('i-1')).toMatchObject({
      status: 'Missed',
      cause: 'too-late',
      reason_code: 'too-late',
    });
    expect(account.sent).toBe(0);
  });

  it('ends a plan whose event ECS carried out as Missed, and names the event', async () => {
    account.affected('1', { notBefore: start + 16 * hour });
    await account.plan();
    account.pass(3 * 24 * hour);
    await run(order);
    expect(account.row('i-1')).toMatchObject({ status: 'Missed' });
    expect(account.reason('i-1')).toEqual({ code: 'executed-before-us', values: { eventIds: ['e-1'] } });
    expect(account.sent).toBe(0);
  });

  it('ends a plan whose event ECS canceled as Cleared', async () => {
    account.affected('1', { notBefore: start + 40 * hour });
    await account.plan();
    account.ecs.schedule(start, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
    account.pass(10 * hour);
    await run(order);
    expect(account.row('i-1')).toMatchObject({ status: 'Cleared' });
    expect(account.sent).toBe(0);
  });

  it('spaces a group again in the next window where its window is over', async () => {
    for (const id of ['1', '2', '3', '4']) {
      account.affected(id, { notBefore: start + 40 * hour }, { tags: { 'reboot-planner:group': 'web' } });
    }
    await account.plan();
    account.pass(10 * hour);
    await run(order);
    expect(['1', '2', '3', '4'].map((id) => account.row(`i-${id}`)['execute_at'])).toEqual([
      '2026-12-02T18:00:00Z',
      '2026-12-02T18:15:00Z',
      '2026-12-02T18:30:00Z',
      '2026-12-02T18:45:00Z',
    ]);
  });

  it('watches a restart that was sent before the outage to its end', async () => {
    account.affected('1', { avoidedAfterMs: 5 * minute });
    await account.plan();
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying' });
    account.pass(2 * 24 * hour);
    await run(order);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.sent).toBe(1);
  });

  it('plans an event that ECS announced during the outage only where the event is still open', async () => {
    account.affected('1', { publishAt: start + hour, notBefore: start + 10 * hour });
    account.affected('2', { publishAt: start + hour, notBefore: start + 72 * hour });
    await account.plan();
    account.pass(24 * hour);
    await run(`${order} plan`);
    expect(account.row('i-1')).toEqual({});
    expect(account.row('i-2')['status']).toMatch(/^(Planned|Avoided)$/);
  });
});

describe('an outage of any length', () => {
  const settings = settingsOf({
    MAINTENANCE_WINDOWS: 'daily 02:00-05:00',
    NO_WINDOW: 'leave',
    GROUP_LIMIT: '1',
  });

  it.each([1, 5, 9, 20, 26, 47, 80].flatMap((hours) => orders.map((order) => [hours, order] as const)))(
    'of %d hours, %s first, leads to no restart outside the windows and leaves no plan open',
    async (hours, order) => {
      for (const [id, notice] of Object.entries({ 1: 20, 2: 30, 3: 30, 4: 55, 5: 100 })) {
        account.affected(
          id,
          { notBefore: start + notice * hour },
          id === '5' ? {} : { tags: { 'reboot-planner:group': 'web' } },
        );
      }
      // It is 15:30 in Shanghai when they are found.
      account.pass(13 * hour);
      await account.plan({ settings });
      account.pass(hours * hour);
      await run(order, settings);
      await ticks(30 * minute, settings);
      for (let days = 0; days < 4; days += 1) {
        // To 02:00 in Shanghai.
        const now = account.clock.now().epochMilliseconds;
        account.pass(24 * hour - ((now + 6 * hour) % (24 * hour)));
        await ticks(65 * minute, settings);
      }
      for (const at of sentAt()) {
        expect(at).toBeGreaterThanOrEqual(120);
        expect(at).toBeLessThanOrEqual(285);
      }
      const events = account.ecs.events();
      for (const id of ['1', '2', '3', '4', '5']) {
        const status = account.row(`i-${id}`)['status'];
        const event = events.find((seen) => seen.id === `e-${id}`)?.status;
        expect(['Avoided', 'Missed', 'Skipped', undefined]).toContain(status);
        expect(status === 'Avoided').toBe(event === 'Avoided');
        expect(account.restarts(`i-${id}`)).toBe(status === 'Avoided' ? 1 : 0);
      }
    },
  );
});
