// Events that ECS announces while a restart is under way: answered by the same restart, or planned on their own after it.
import { beforeEach, describe, expect, it } from 'vitest';
import type { PlanStore } from '../../lib/ports.ts';
import { Account, hour, minute, second, start } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
});

/** ECS announces e-2 between the intent and the sending, so that the restart answers it, too. */
function announcing(avoidedAfterMs: number): (real: PlanStore) => PlanStore {
  return (real) => ({
    ...real,
    write: (write) => {
      if (write.plan.status === 'Rebooting') {
        account.ecs.addEvent({
          id: 'e-2',
          instanceId: 'i-1',
          notBefore: start + 24 * hour,
          avoidedAfterMs,
        });
      }
      return real.write(write);
    },
  });
}

describe('an event that is announced while the restart is under way', () => {
  it('and that the same restart answers later is waited for and recorded: one restart for both', async () => {
    account.affected('1', { avoidedAfterMs: 90 * second });
    await account.plan();
    await account.execute({ store: announcing(3 * minute) });
    expect(await account.plan()).toMatchObject({ updated: 1, problems: [] });
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying', later_event_ids: '["e-2"]' });

    account.pass(minute);
    expect(await account.execute()).toMatchObject({ due: 1, avoided: 0, waiting: 1 });
    expect(account.row('i-1')).toMatchObject({
      status: 'Verifying',
      reason: 'Answered. Event e-2, announced meanwhile, may have been answered too and show it later.',
    });

    account.pass(2 * minute);
    expect(await account.execute()).toMatchObject({ avoided: 1, waiting: 0 });
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided', event_ids: '["e-1","e-2"]' });
    expect(account.row('i-1')).not.toHaveProperty('later_event_ids');
    expect(account.story('i-1').slice(-2)).toEqual([
      'Avoided: Event e-1 shown as Avoided, the instance Running.',
      'The same restart answered e-2.',
    ]);
    expect(await account.plan()).toMatchObject({ events: 0, created: 0 });
    expect(account.sent).toBe(1);
  });

  it('and that shows its answer only after the plan has ended is cleared, not restarted for', async () => {
    account.affected('1');
    await account.plan();
    // Nobody plans while the restart is being watched, so that e-2 is found only afterwards.
    await account.execute({ store: announcing(5 * minute) });
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided', event_ids: '["e-1"]' });
    expect(await account.plan()).toMatchObject({ created: 1 });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', event_ids: '["e-2"]' });
    account.pass(15 * minute);
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Cleared' });
    expect(account.sent).toBe(1);
  });

  it('of a plan for which nothing is proven is planned only when that plan has ended', async () => {
    account.affected('1', { neverAvoided: true });
    await account.plan();
    await account.execute();
    account.ecs.addEvent({ id: 'e-2', instanceId: 'i-1', notBefore: start + 24 * hour });
    await account.plan();
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying', event_ids: '["e-1"]' });
    account.pass(30 * minute);
    expect(await account.execute()).toMatchObject({ escalated: 1 });
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', plan_id: 'e-1' });
    expect(await account.plan()).toMatchObject({ created: 1 });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', event_ids: '["e-2"]' });
    expect(account.sent).toBe(1);
  });
});

describe('an event that is announced right after a restart', () => {
  it('gets a plan of its own, and its own restart once it cannot be answered any more', async () => {
    account.affected('1');
    await account.plan();
    await account.execute();
    account.ecs.addEvent({ id: 'e-2', instanceId: 'i-1', notBefore: start + 24 * hour });
    expect(await account.plan()).toMatchObject({ created: 1, problems: [] });
    // The restart of 02:30 may have answered it: until 02:40 that might only not show yet.
    expect(account.row('i-1')).toMatchObject({
      status: 'Planned',
      plan_id: 'e-2.7',
      event_ids: '["e-2"]',
      former_event_ids: '["e-1"]',
      wait_until: '2026-12-01T18:40:00Z',
      due_at: BigInt(start + 10 * minute),
    });
    expect(account.history('i-1')).toEqual(['e-1']);
    account.pass(8 * minute);
    expect(await account.execute()).toMatchObject({ due: 0 });
    account.pass(12 * minute);
    expect(await account.execute()).toMatchObject({ rebooted: 1, avoided: 1 });
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided', plan_id: 'e-2.7' });
    expect(account.sent).toBe(2);
  });
});

describe('an event that was noted while the restart was under way', () => {
  it.each(['Executed', 'Failed'] as const)(
    'and that is %s when the plan ends is told of: in the row, and to the operator',
    async (status) => {
      account.affected('1', { avoidedAfterMs: 5 * minute });
      await account.plan();
      await account.execute();
      account.ecs.addEvent({ id: 'e-2', instanceId: 'i-1', notBefore: start + 24 * hour });
      await account.plan();
      account.ecs.schedule(start, { kind: 'event-ended', eventId: 'e-2', status });
      account.pass(6 * minute);
      const executed = await account.execute();
      const planned = await account.plan();
      const told = [...executed.problems, ...planned.problems].map(({ problem }) => problem).join(' ');
      expect(`${told} ${account.story('i-1').at(-1) ?? ''}`).toContain('e-2');
    },
  );
});
