// Clocks that jump, and facts that grow old before the restart. Old facts no longer count.
import { beforeEach, describe, expect, it } from 'vitest';
import { EcsReadFailed } from '../../lib/failures.ts';
import { plus } from '../../lib/plan/calendar/instant.ts';
import type { Clock, Ecs, PlanStore } from '../../lib/ports.ts';
import { replacing } from './replacing.ts';
import { Account, hour, minute, second, start, type Invocation } from './stage.ts';

let account: Account;

beforeEach(async () => {
  account = new Account();
  account.affected('1');
  await account.plan();
});

/** The clock of one machine, which `skew` sets wrong by some milliseconds. */
function skewed(): { clock: (real: Clock) => Clock; skew: (ms: number) => void } {
  let offset = 0;
  return {
    clock: (real) => ({ ...real, now: () => plus(real.now(), offset) }),
    skew: (ms) => (offset = ms),
  };
}

/** An invocation whose clock jumps when the intent is written. */
function jumping(ms: number): Invocation {
  const { clock, skew } = skewed();
  return {
    clock,
    store: (real) =>
      replacing(real, {
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
    ['a millisecond back', -1, 1],
    ['a second back', -1 * second, 1_000],
    ['just over ten seconds ahead', 10 * second + 1, 10_001],
    ['two hours ahead', 2 * hour, 7_200_000],
  ])('%s: nothing is sent, and the plan waits again and says how long', async (_, ms, waitedMs) => {
    expect(await account.execute(jumping(ms))).toMatchObject({ rebooted: 0, waiting: 1 });
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).toMatchObject({ status: 'Planned' });
    expect(account.reason('i-1')).toEqual({ code: 'stale-intent', values: { waitedMs } });
    expect(account.row('i-1')).not.toHaveProperty('intent_at');
  });

  it.each([
    ['not at all', 0],
    ['ten seconds ahead', 10 * second],
  ])('%s: the restart is sent', async (_, ms) => {
    expect(await account.execute(jumping(ms))).toMatchObject({ rebooted: 1 });
    expect(account.sent).toBe(1);
  });
});

describe('an execution that is frozen after its claim', () => {
  it('reads the facts again, and sends nothing for an event that was canceled meanwhile', async () => {
    const frozen = (real: PlanStore): PlanStore =>
      replacing(real, {
        write: async (write) => {
          const outcome = await real.write(write);
          if (write.from?.status === 'Planned') {
            account.ecs.schedule(start, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
            account.pass(40 * second);
          }
          return outcome;
        },
      });
    expect(await account.execute({ store: frozen })).toMatchObject({ rebooted: 0, waiting: 0 });
    expect(account.row('i-1')).toMatchObject({ status: 'Cleared' });
    expect(account.sent).toBe(0);
  });
});

describe('a clock that is set back after the last reading', () => {
  it('makes the age of the facts unknown: they are read again, and nothing is sent for a canceled event', async () => {
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

describe('timers that do not fire', () => {
  it('for the rest of the window leave the plan for the next window', async () => {
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

  it('until after NotBefore lead to no restart, and the row says that ECS did it', async () => {
    account.pass(24 * hour + 10 * minute);
    const report = await account.execute();
    expect(report).toMatchObject({ due: 1, rebooted: 0, waiting: 0 });
    expect(account.row('i-1')).toMatchObject({ status: 'Missed' });
    expect(account.reason('i-1')).toEqual({ code: 'executed-before-us', values: { eventIds: ['e-1'] } });
    expect(report.problems).toMatchObject([
      { code: 'executed-before-us', regionId: 'cn-hangzhou', instanceId: 'i-1' },
    ]);
    expect(account.sent).toBe(0);
  });
});

describe('the facts that a restart rests on', () => {
  it('are never older than staleFactsMs (15 s), even where they were read again', async () => {
    let reads = 0;
    await account.execute({
      ecs: (real) => ({
        ...real,
        instancesById: async (...asked) => {
          const found = await real.instancesById(...asked);
          // Each read of instances takes 20 s. During the third one, after the events were read, ECS cancels the event.
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
  it('leave the claimed plan waiting and due at once where they cannot be read again', async () => {
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
      { code: 'facts-unreadable', regionId: 'cn-hangzhou', instanceId: 'i-1' },
    ]);
    expect(account.row('i-1')).toMatchObject({
      status: 'Planned',
      due_at: BigInt(account.clock.now().epochMilliseconds),
    });
    expect(account.reason('i-1')).toEqual({
      code: 'facts-unreadable',
      values: { message: 'ECS throttles until the next minute.' },
    });
    expect(account.sent).toBe(0);
    expect(await account.execute()).toMatchObject({ rebooted: 1 });
  });
});
