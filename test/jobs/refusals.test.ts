// What becomes of a plan when ECS answers RebootInstance with an error. The table of codes has tests of its own: here stands
// one code of each kind. Whatever the code, no answer by itself leads to a second call.
import { beforeEach, describe, expect, it } from 'vitest';
import { Account, hour, minute, second, start } from './stage.ts';

let account: Account;

beforeEach(async () => {
  account = new Account();
  account.affected('1');
  await account.plan();
});

function refuseWith(code: string, status: number): void {
  account.faults.add({ operation: 'RebootInstance', fault: { kind: 'error', status, code } });
}

/** An hour of both timers: plan every fifteen minutes, execute every minute. */
async function anHour(): Promise<void> {
  for (let tick = 1; tick <= 60; tick += 1) {
    account.pass(minute);
    if (tick % 15 === 0) await account.plan();
    await account.execute();
  }
}

describe('an error that proves that nothing happened', () => {
  it.each<[string, string, number, number]>([
    ['a throttled call', 'Throttling.User', 400, minute],
    ['an instance that is not Running', 'IncorrectInstanceStatus', 403, 2 * minute],
  ])('and may pass lets the plan wait and tries again once: %s (%s)', async (_, errorCode, status, ms) => {
    refuseWith(errorCode, status);
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 0, waiting: 1, escalated: 0 });
    expect(account.sent).toBe(1);
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', due_at: BigInt(start + ms) });
    expect(account.reason('i-1')).toMatchObject({ code: 'refused', values: { errorCode } });
    for (const column of ['intent_at', 'owner', 'lease_until']) {
      expect(account.row('i-1')).not.toHaveProperty(column);
    }
    account.pass(ms - second);
    expect(await account.execute()).toMatchObject({ due: 0 });
    expect(account.sent).toBe(1);
    account.pass(second);
    expect(await account.execute()).toMatchObject({ rebooted: 1, avoided: 1 });
    expect(account.sent).toBe(2);
    expect(account.restarts('i-1')).toBe(1);
  });

  it('and needs a person ends the plan for good', async () => {
    const errorCode = 'InstanceLockedForSecurity';
    refuseWith(errorCode, 403);
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 0, waiting: 0, escalated: 1 });
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'refused' });
    expect(account.reason('i-1')).toMatchObject({ code: 'refused-for-good', values: { errorCode } });
    await anHour();
    expect(account.sent).toBe(1);
    expect(account.restarts('i-1')).toBe(0);
  });
});

describe('an error that proves nothing', () => {
  it.each<[string, string, number]>([
    ['a code that is not documented', 'SomethingNew', 400],
    ['the code of a refusal in a server error', 'IncorrectInstanceStatus', 500],
  ])(
    'makes the outcome unknown, is never sent again, and escalates in the end: %s (%s)',
    async (...asked) => {
      const [, errorCode, status] = asked;
      refuseWith(errorCode, status);
      expect(await account.execute()).toMatchObject({ due: 1, rebooted: 1, avoided: 0, waiting: 1 });
      expect(account.row('i-1')).toMatchObject({ status: 'Verifying', intent_outcome: 'unknown' });
      await anHour();
      expect(account.row('i-1')).toMatchObject({ status: 'Escalated', intent_outcome: 'unknown' });
      expect(account.sent).toBe(1);
      account.pass(20 * hour);
      await account.plan();
      await account.execute();
      expect(account.sent).toBe(1);
    },
  );
});

describe('a refusal that ends the plan', () => {
  it('is reported once, and the timeline keeps the request id of the call', async () => {
    refuseWith('Forbidden.RAM', 403);
    const { problems } = await account.execute();
    expect(problems).toMatchObject([
      { code: 'refused-for-good', regionId: 'cn-hangzhou', instanceId: 'i-1' },
    ]);
    const [call] = account.ecs.record.calls('RebootInstance');
    expect(account.timeline('i-1').at(-1)).toMatchObject({
      code: 'ended',
      requestId: call?.requestId,
      values: {
        status: 'Escalated',
        why: { code: 'refused-for-good', values: { errorCode: 'Forbidden.RAM' } },
      },
    });
    expect(call?.requestId).toMatch(/^00000000-/);
  });
});
