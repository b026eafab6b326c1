// Events that ECS announces while a restart is under way. The same restart answers them, or they are planned after it.
import { beforeEach, describe, expect, it } from 'vitest';
import type { PlanStore } from '../../lib/ports.ts';
import { replacing } from './replacing.ts';
import { Account, hour, minute, second, start } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
});

/** ECS announces e-2 between the intent and the sending, so that the restart also answers it. */
function announcing(avoidedAfterMs: number): (real: PlanStore) => PlanStore {
  return (real) =>
    replacing(real, {
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
  it('is waited for and recorded where the same restart answers it later: one restart for both', async () => {
    account.affected('1', { avoidedAfterMs: 90 * second });
    await account.plan();
    await account.execute({ store: announcing(3 * minute) });
    expect(await account.plan()).toMatchObject({ updated: 1, problems: [] });
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying', later_event_ids: '["e-2"]' });

    account.pass(minute);
    expect(await account.execute()).toMatchObject({ due: 1, avoided: 0, waiting: 1 });
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying' });
    expect(account.reason('i-1')).toEqual({ code: 'later-events-lag', values: { eventIds: ['e-2'] } });

    account.pass(2 * minute);
    expect(await account.execute()).toMatchObject({ avoided: 1, waiting: 0 });
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided', event_ids: '["e-1","e-2"]' });
    expect(account.row('i-1')).not.toHaveProperty('later_event_ids');
    expect(account.reason('i-1')).toEqual({
      code: 'avoided',
      values: { eventIds: ['e-1'], also: [{ code: 'also-answered', values: { eventIds: ['e-2'] } }] },
    });
    expect(account.timeline('i-1').at(-1)).toMatchObject({
      code: 'ended',
      values: {
        status: 'Avoided',
        why: {
          code: 'avoided',
          values: { eventIds: ['e-1'] },
          also: [{ code: 'also-answered', values: { eventIds: ['e-2'] } }],
        },
      },
    });
    expect(await account.plan()).toMatchObject({ events: 0, created: 0 });
    expect(account.sent).toBe(1);
  });

  it('is cleared without a restart where it shows its answer only after the plan has ended', async () => {
    account.affected('1');
    await account.plan();
    // The plan function does not run during the watch, so that it finds e-2 only afterwards.
    await account.execute({ store: announcing(5 * minute) });
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided', event_ids: '["e-1"]' });
    expect(await account.plan()).toMatchObject({ created: 1 });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', event_ids: '["e-2"]' });
    account.pass(15 * minute);
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Cleared' });
    expect(account.sent).toBe(1);
  });

  it('is planned only when the plan has ended, where nothing proves the restart', async () => {
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
  it('gets its own plan, and its own restart once the last restart can no longer have answered it', async () => {
    account.affected('1');
    await account.plan();
    await account.execute();
    account.ecs.addEvent({ id: 'e-2', instanceId: 'i-1', notBefore: start + 24 * hour });
    expect(await account.plan()).toMatchObject({ created: 1, problems: [] });
    // The restart of 02:30 may have answered it. ECS would show that by 02:40.
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

describe('an event that was noted during the restart', () => {
  it.each(['Executed', 'Failed'] as const)(
    'is named in the row and in the report where it is %s when the plan ends',
    async (status) => {
      account.affected('1', { avoidedAfterMs: 5 * minute });
      await account.plan();
      await account.execute();
      account.ecs.addEvent({ id: 'e-2', instanceId: 'i-1', notBefore: start + 24 * hour });
      await account.plan();
      account.ecs.schedule(start, { kind: 'event-ended', eventId: 'e-2', status });
      account.pass(6 * minute);
      const { problems } = await account.execute();
      expect(problems).toMatchObject([
        { code: 'later-event-struck', regionId: 'cn-hangzhou', instanceId: 'i-1' },
      ]);
      expect(account.row('i-1')).toMatchObject({ status: 'Avoided', later_event_ids: '["e-2"]' });
      expect(account.reason('i-1')).toEqual({
        code: 'avoided',
        values: {
          eventIds: ['e-1'],
          also: [{ code: 'later-event-struck', values: { eventId: 'e-2', status } }],
        },
      });
      expect(await account.plan()).toMatchObject({ created: 0, problems: [] });
    },
  );
});
