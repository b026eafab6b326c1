// Every error that RebootInstance may be refused with, one by one: which prove that nothing happened, which prove nothing,
// and what becomes of the plan. Whatever the code, no answer makes a second call by itself.
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

describe('a code that proves that nothing happened', () => {
  it.each<[string, number, number]>([
    ['Throttling', 400, minute],
    ['Throttling.User', 400, minute],
    ['Throttling.Api', 429, minute],
    ['IncorrectInstanceStatus', 403, 2 * minute],
    ['SignatureDoesNotMatch', 400, 2 * minute],
    ['IncompleteSignature', 400, 2 * minute],
    ['InvalidTimeStamp.Expired', 400, 2 * minute],
    ['IllegalTimestamp', 400, 2 * minute],
    ['InvalidSecurityToken.Expired', 400, 2 * minute],
    ['MissingSecurityToken', 400, 2 * minute],
  ])(
    'and may pass, %s (%i), sends the plan back; %i ms later it is tried once more',
    async (code, status, ms) => {
      refuseWith(code, status);
      expect(await account.execute()).toMatchObject({ due: 1, rebooted: 0, waiting: 1, escalated: 0 });
      expect(account.sent).toBe(1);
      expect(account.row('i-1')).toMatchObject({ status: 'Planned', due_at: BigInt(start + ms) });
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
    },
  );

  it.each<[string, number]>([
    ['InvalidInstanceId.NotFound', 404],
    ['InstanceLockedForSecurity', 403],
    ['DiskError', 403],
    ['InstanceExpiredOrInArrears', 403],
    ['Forbidden', 403],
    ['Forbidden.RAM', 403],
    ['NoPermission', 403],
    ['InvalidAccessKeyId.NotFound', 404],
    ['InvalidAccessKeyId.Inactive', 400],
  ])('and needs a person, %s (%i), ends the plan: nothing is sent any more', async (code, status) => {
    refuseWith(code, status);
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 0, waiting: 0, escalated: 1 });
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'refused' });
    expect(account.row('i-1')['reason']).toMatch(
      / nothing happened\. Remove the cause, or restart the instance yourself before NotBefore\.$/,
    );
    await anHour();
    expect(account.sent).toBe(1);
    expect(account.restarts('i-1')).toBe(0);
  });
});

describe('an error that proves nothing', () => {
  it.each<[string, number]>([
    ['SignatureNonceUsed', 400],
    ['OperationConflict', 409],
    ['SomethingNew', 400],
    ['IncorrectInstanceStatus', 500],
    ['Throttling.User', 503],
    ['InternalError', 500],
    ['ServiceUnavailable', 503],
  ])(
    '%s (%i) is an unknown outcome: it is watched for, never sent again, and a person is called',
    async (code, status) => {
      refuseWith(code, status);
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
  it('is told once, and keeps its request id', async () => {
    account.faults.add({
      operation: 'RebootInstance',
      fault: { kind: 'error', status: 403, code: 'Forbidden.RAM' },
    });
    const report = await account.execute();
    expect(report.problems).toHaveLength(1);
  });

  it('leaves its request id in the timeline', async () => {
    account.faults.add({
      operation: 'RebootInstance',
      fault: { kind: 'error', status: 403, code: 'Forbidden.RAM' },
    });
    await account.execute();
    const entries = JSON.parse(String(account.row('i-1')['timeline'])) as { requestId?: string }[];
    expect(entries.at(-1)).toHaveProperty('requestId');
  });
});
