// Clocks that jump, and facts that grow old before the restart: what was read then no longer counts.
import { beforeEach, describe, expect, it } from 'vitest';
import { EcsReadFailed } from '../../lib/failures.ts';
import { plus } from '../../lib/plan/calendar/instant.ts';
import type { Clock, Ecs, PlanStore } from '../../lib/ports.ts';
import { Account, hour, minute, second, start, type Invocation } from './stage.ts';

let account: Account;

beforeEach(async () => {
  account = new Account();
  account.affected('1');
  await account.plan();
});

/** An invocation whose machine's clock goes wrong at some moment, by so many milliseconds. */
function skewed(): { clock: (real: Clock) => Clock; skew: (ms: number) => void } {
  let offset = 0;
  return {
    clock: (real) => ({ ...real, now: () => plus(real.now(), offset) }),
    skew: (ms) => (offset = ms),
  };
}

/** The clock jumps when the intent has been written. */
function jumping(ms: number): Invocation {
  const { clock, skew } = skewed();
  return {
    clock,
    store: (real) => ({
      ...real,
      write: async (write) => {
        const outcome = await real.write(write);
        if (write.plan.status === 'Rebooting') skew(ms);
        return outcome;
      },
    }),
  };
}

describe('a clock that jumps between the intent and the sending', () => {
  it.each([
    [-1, '0s'],
    [-1 * second, '1s'],
    [10 * second + 1, '10s'],
    [2 * hour, '2h'],
  ])('by %i ms sends nothing, puts the plan back, and says how long', async (ms, waited) => {
    expect(await account.execute(jumping(ms))).toMatchObject({ rebooted: 0, waiting: 1 });
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).toMatchObject({
      status: 'Planned',
      reason: `Nothing was sent: ${waited} passed between the intent and the sending, too long to rely on what was read before.`,
    });
    expect(account.row('i-1')).not.toHaveProperty('intent_at');
  });

  it.each([0, 10 * second])('by %i ms sends', async (ms) => {
    expect(await account.execute(jumping(ms))).toMatchObject({ rebooted: 1 });
    expect(account.sent).toBe(1);
  });
});

describe('an execution that is frozen after its claim', () => {
  it('reads again what became of the event, and does not send for one that is cancelled by now', async () => {
    const frozen = (real: PlanStore): PlanStore => ({
      ...real,
      writeAll: async (writes) => {
        const outcomes = await real.writeAll(writes);
        account.ecs.schedule(start, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
        account.pass(40 * second);
        return outcomes;
      },
    });
    expect(await account.execute({ store: frozen })).toMatchObject({ rebooted: 0, waiting: 0 });
    expect(account.row('i-1')).toMatchObject({ status: 'Cleared' });
    expect(account.sent).toBe(0);
  });
});

describe('a clock that is set back after the last reading', () => {
  it('tells no age of what was read: it is read again, and nothing is sent for a cancelled event', async () => {
    account.pass(minute);
    const { clock, skew } = skewed();
    let reads = 0;
    const setBack = (real: Ecs): Ecs => ({
      ...real,
      instancesById: async (...asked) => {
        const found = await real.instancesById(...asked);
        reads += 1;
        if (reads === 1) {
          account.ecs.schedule(start, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
          skew(-1 * second);
        }
        return found;
      },
    });
    expect(await account.execute({ clock, ecs: setBack })).toMatchObject({ due: 1, rebooted: 0, waiting: 0 });
    expect(reads).toBe(2);
    expect(account.row('i-1')).toMatchObject({ status: 'Cleared' });
    expect(account.sent).toBe(0);
  });
});

describe('timers that stay away', () => {
  it('for the rest of the window leave the plan for the next one', async () => {
    account.affected('2', { notBefore: start + 30 * hour });
    await account.plan();
    account.pass(4 * hour);
    expect(await account.execute()).toMatchObject({ due: 2, rebooted: 0, waiting: 2 });
    expect(account.row('i-2')).toMatchObject({
      status: 'Planned',
      execute_at: '2026-12-02T18:00:00Z',
      latest_start: '2026-12-02T20:45:00Z',
    });
    expect(account.sent).toBe(0);
  });

  it('beyond NotBefore restart nothing, and tell that ECS did', async () => {
    account.pass(24 * hour + 10 * minute);
    const report = await account.execute();
    expect(report).toMatchObject({ due: 1, rebooted: 0, waiting: 0 });
    expect(account.row('i-1')).toMatchObject({
      status: 'Missed',
      reason: 'ECS carried out event e-1 by itself before we could.',
    });
    expect(report.problems.map(({ problem }) => problem)).toEqual([
      'ECS carried out event e-1 by itself before we could.',
    ]);
    expect(account.sent).toBe(0);
  });
});

describe('the facts that a restart rests on', () => {
  it('are no older than staleFactsMs (15 s), also where they had to be read again', async () => {
    let reads = 0;
    await account.execute({
      ecs: (real) => ({
        ...real,
        instancesById: async (...asked) => {
          const found = await real.instancesById(...asked);
          // Each read of instances takes 20 s; during the third, after the events were read, ECS cancels the event.
          reads += 1;
          if (reads === 3) {
            account.ecs.schedule(start + 41 * second, {
              kind: 'event-ended',
              eventId: 'e-1',
              status: 'Canceled',
            });
          }
          account.pass(20 * second);
          return found;
        },
      }),
    });
    expect(account.sent).toBe(0);
  });
});

describe('facts that were read slowly, as where ECS throttles until the next minute', () => {
  it('and cannot be read again once the plan is claimed, leave it waiting and due at once', async () => {
    let reads = 0;
    const ecs = (real: Ecs): Ecs => ({
      ...real,
      eventsById: (...asked) => {
        reads += 1;
        if (reads === 1) account.pass(20 * second);
        if (reads === 2) return Promise.reject(new EcsReadFailed('ECS throttles until the next minute.'));
        return real.eventsById(...asked);
      },
    });
    const report = await account.execute({ ecs });
    expect(report.problems).toMatchObject([
      { regionId: 'cn-hangzhou', problem: expect.stringContaining('ECS throttles') as string },
    ]);
    expect(account.row('i-1')).toMatchObject({
      status: 'Planned',
      due_at: BigInt(account.clock.now().epochMilliseconds),
    });
    expect(account.sent).toBe(0);
    expect(await account.execute()).toMatchObject({ rebooted: 1 });
  });
});
