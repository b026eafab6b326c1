// The irreversible step under crashes, freezes, races and edits: for one plan at most one RebootInstance is ever sent.
import { beforeEach, describe, expect, it } from 'vitest';
import { TablestoreFault } from '../../lib/alibaba/tablestore/api.ts';
import type { PlanStatus } from '../../lib/plan/status.ts';
import type { PlanStore, PlanWrite } from '../../lib/ports.ts';
import { replacing } from './replacing.ts';
import { Account, minute, second, settingsOf, start } from './stage.ts';

let account: Account;

beforeEach(async () => {
  account = new Account();
  account.affected('1');
  await account.plan();
});

/** A store in which something happens around the write of one status. */
function around(status: PlanStatus, happen: (write: () => Promise<unknown>) => Promise<void>) {
  return (real: PlanStore): PlanStore =>
    replacing(real, {
      write: async (write: PlanWrite) => {
        if (write.plan.status !== status) return real.write(write);
        let outcome: Awaited<ReturnType<PlanStore['write']>> = { kind: 'failed', message: 'never written' };
        await happen(async () => (outcome = await real.write(write)));
        return outcome;
      },
    });
}

/** The process dies at that moment: it reads and writes nothing any more. */
function dieAt(status: PlanStatus, when: 'before' | 'after') {
  let isDead = false;
  const dying = around(status, async (write) => {
    if (when === 'after') await write();
    isDead = true;
    throw new Error('the process is gone');
  });
  return (real: PlanStore): PlanStore =>
    replacing(dying(real), {
      readByInstance: (regionId, ids) =>
        isDead ? Promise.reject(new Error('the process is gone')) : real.readByInstance(regionId, ids),
    });
}

describe('an execution that dies', () => {
  it('before its intent is recorded leaves a plan that another execution takes over after the lease', async () => {
    await account.execute({ store: dieAt('Rebooting', 'before') });
    expect(account.row('i-1')).toMatchObject({ status: 'Preparing', due_at: BigInt(start + 150 * second) });
    account.pass(149 * second);
    expect(await account.execute()).toMatchObject({ due: 0 });
    account.pass(second);
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 1, avoided: 1 });
    expect(account.sent).toBe(1);
    expect(account.story('i-1')).toContain('took-over');
  });

  it('after its intent is recorded leaves a plan for which nothing is sent', async () => {
    await account.execute({ store: dieAt('Rebooting', 'after') });
    expect(account.row('i-1')).toMatchObject({ status: 'Rebooting' });
    account.pass(149 * second);
    expect(await account.execute()).toMatchObject({ due: 0 });
    account.pass(second);
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 0, waiting: 1 });
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying', intent_outcome: 'unknown' });
    account.pass(30 * minute);
    expect(await account.execute()).toMatchObject({ escalated: 1 });
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
  });

  it('after the sending leaves a plan that the event proves', async () => {
    await account.execute({ store: dieAt('Verifying', 'before') });
    expect(account.row('i-1')).toMatchObject({ status: 'Rebooting' });
    account.pass(150 * second);
    expect(await account.execute()).toMatchObject({ rebooted: 0, avoided: 1 });
    expect(account.sent).toBe(1);
  });
});

describe('an execution whose intent gets no answer', () => {
  /** The first write of an intent is not applied when it is sent, but before the update of this number, as on a slow network. */
  function delayIntent(until: number): void {
    const { carry } = account;
    let late: (() => unknown) | undefined;
    let updates = 0;
    account.carry = async (operation, work) => {
      if (operation !== 'UpdateRow') return carry(operation, work);
      updates += 1;
      if (updates === until) await Promise.allSettled([carry('UpdateRow', () => late?.())]);
      // The first update is the claim.
      if (updates !== 2) return carry(operation, work);
      late = work;
      throw new TablestoreFault('UpdateRow: no answer', undefined);
    };
  }

  it.each([
    ['refused', 4],
    ['taken back where it arrives before that', 3],
  ])('gives the plan back: a late intent is %s, and the next run restarts once', async (_, until) => {
    delayIntent(until);
    expect(await account.execute()).toMatchObject({ rebooted: 0, problems: [{ code: 'not-written' }] });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', reason_code: 'plan-not-worked-on' });
    expect(account.row('i-1')).not.toHaveProperty('intent_at');
    expect(account.past('i-1', 'e-1')).not.toHaveProperty('intent_at');
    account.pass(minute);
    expect(await account.execute()).toMatchObject({ rebooted: 1, avoided: 1 });
    expect(account.sent).toBe(1);
  });
});

describe('an execution that freezes between the intent and the sending', () => {
  it('sends nothing and takes the intent back', async () => {
    const freeze = around('Rebooting', async (write) => {
      await write();
      account.pass(11 * second);
    });
    expect(await account.execute({ store: freeze })).toMatchObject({ rebooted: 0, waiting: 1 });
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).toMatchObject({ status: 'Planned' });
    expect(account.reason('i-1')).toEqual({ code: 'stale-intent', values: { waitedMs: 11_000 } });
    expect(account.row('i-1')).not.toHaveProperty('intent_at');
    expect(await account.execute()).toMatchObject({ rebooted: 1, avoided: 1 });
  });

  it('for less than ten seconds sends: a slow write is no freeze', async () => {
    const slow = around('Rebooting', async (write) => {
      await write();
      account.pass(9 * second);
    });
    expect(await account.execute({ store: slow })).toMatchObject({ rebooted: 1 });
  });

  it('sends nothing where the interval ended meanwhile', async () => {
    account.pass(135 * minute - 5 * second);
    const slow = around('Rebooting', async (write) => {
      await write();
      account.pass(6 * second);
    });
    await account.execute({ store: slow });
    expect(account.sent).toBe(0);
    expect(account.reason('i-1')).toEqual({
      code: 'outside-interval',
      values: { at: '2026-12-01T20:45:01Z', timeZone: 'Asia/Shanghai' },
    });
  });

  it('sends nothing and writes nothing where another execution took the row over meanwhile', async () => {
    const freeze = around('Rebooting', async (write) => {
      await write();
      account.pass(151 * second);
      await account.execute();
    });
    expect(await account.execute({ store: freeze })).toMatchObject({ rebooted: 0 });
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying', intent_outcome: 'unknown' });
  });
});

describe('the write of the intent', () => {
  it('that is lost to another execution gives no right to send', async () => {
    const raced = around('Rebooting', async (write) => {
      account.edit('i-1', { version: 99n });
      await write();
    });
    expect(await account.execute({ store: raced })).toMatchObject({ rebooted: 0 });
    expect(account.sent).toBe(0);
  });

  it.each([
    ['owner', 'somebody else'],
    ['execute_at', '2026-12-01T19:00:00Z'],
    ['latest_start', '2026-12-01T18:30:00Z'],
    ['status', 'Skipped'],
    ['pinned', 'true'],
  ])('is lost where a person changed %s in the console, without a new version', async (column, value) => {
    const raced = around('Rebooting', async (write) => {
      account.edit('i-1', { [column]: value });
      await write();
    });
    await account.execute({ store: raced });
    expect(account.sent).toBe(0);
  });

  it('whose outcome is unknown gives no right to send, and the plan goes on to verification where nothing more arrives', async () => {
    const straight = account.carry;
    let isCut = false;
    account.carry = async (operation, work) => {
      const result = isCut ? undefined : await straight(operation, work);
      if (operation === 'UpdateRow' && account.row('i-1')['status'] === 'Rebooting') isCut = true;
      if (isCut || result === undefined) throw new TablestoreFault('no answer', undefined);
      return result;
    };
    await account.execute();
    account.carry = straight;
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).toMatchObject({ status: 'Rebooting' });
    account.pass(150 * second);
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying' });
    expect(account.sent).toBe(0);
  });

  it('whose answer was lost is confirmed by its token, and gives the right to send', async () => {
    let isDone = false;
    account.carry = async (operation, work) => {
      const result = await Promise.resolve().then(work);
      if (operation === 'UpdateRow' && !isDone && account.row('i-1')['status'] === 'Rebooting') {
        isDone = true;
        throw new TablestoreFault('no answer', undefined);
      }
      return result;
    };
    expect(await account.execute()).toMatchObject({ rebooted: 1, avoided: 1 });
    expect(account.sent).toBe(1);
  });
});

describe('two executions at once', () => {
  it('send once where both read the same row', async () => {
    const reports = await Promise.all([account.execute({ owner: 'a' }), account.execute({ owner: 'b' })]);
    expect(account.sent).toBe(1);
    expect(reports.reduce((sum, { rebooted }) => sum + rebooted, 0)).toBe(1);
  });

  it('send once where the second begins while the first is about to send', async () => {
    const visited = around('Rebooting', async (write) => {
      await write();
      expect(await account.execute({ owner: 'b' })).toMatchObject({ due: 0, rebooted: 0 });
    });
    expect(await account.execute({ owner: 'a', store: visited })).toMatchObject({ rebooted: 1 });
    expect(account.sent).toBe(1);
  });
});

describe('the time left in the invocation', () => {
  it('may be too short to begin: the plan stays as it is, and the report says so', async () => {
    const before = account.row('i-1');
    const report = await account.execute({ timeoutMs: 29 * second });
    expect(report).toMatchObject({ due: 1, rebooted: 0, waiting: 1 });
    expect(report.problems).toEqual([
      { code: 'out-of-time', regionId: 'cn-hangzhou', problem: expect.stringContaining('1') as string },
    ]);
    expect(account.row('i-1')).toEqual(before);
  });

  it('may become too short after the claim: the plan waits again', async () => {
    const slow = around('Preparing', async (write) => {
      await write();
      account.pass(95 * second);
    });
    expect(await account.execute({ store: slow })).toMatchObject({ rebooted: 0, waiting: 1 });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', reason_code: 'too-little-time' });
    expect(account.sent).toBe(0);
  });

  it('may suffice although the facts became old: they are read again', async () => {
    const slow = (real: PlanStore): PlanStore =>
      replacing(real, {
        write: async (write) => {
          // The first restart takes long to record its intent.
          if (write.plan.status === 'Rebooting' && write.plan.instanceId === 'i-1') account.pass(16 * second);
          return real.write(write);
        },
      });
    for (let number = 2; number <= 12; number += 1) account.affected(String(number));
    const settings = settingsOf({ MAX_CONCURRENT_REBOOTS: '12' });
    await account.plan({ settings });
    const before = account.callsOf('DescribeInstanceHistoryEvents');
    expect(await account.execute({ store: slow, settings })).toMatchObject({ due: 12, avoided: 11 });
    expect(account.callsOf('DescribeInstanceHistoryEvents') - before).toBeGreaterThan(6);
    expect(account.sent).toBe(11);
  });
});

describe('other rows that are due', () => {
  it('do not wait for a row that cannot be read', async () => {
    account.affected('2');
    account.affected('3');
    await account.plan();
    account.edit('i-2', { not_before: 'whenever' });
    const report = await account.execute();
    expect(report).toMatchObject({ due: 3, rebooted: 2, avoided: 2, escalated: 1, waiting: 0 });
    expect(account.row('i-2')).toMatchObject({ status: 'Escalated' });
  });

  it('keep a final status that a person set, and are no longer due', async () => {
    account.edit('i-1', { status: 'Avoided' });
    expect(await account.execute()).toMatchObject({ due: 1, avoided: 0, waiting: 0, problems: [] });
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.row('i-1')).not.toHaveProperty('due_at');
    expect(account.sent).toBe(0);
  });

  it('stay as they are in Preparing or Rebooting while their lease holds', async () => {
    account.edit('i-1', { status: 'Preparing', owner: 'a', lease_until: '2026-12-01T18:31:00Z' });
    expect(await account.execute()).toMatchObject({ due: 1, waiting: 1, rebooted: 0 });
    account.edit('i-1', {
      status: 'Rebooting',
      intent_at: '2026-12-01T18:29:00Z',
      sent_event_ids: '["e-1"]',
    });
    expect(await account.execute()).toMatchObject({ due: 1, waiting: 1, rebooted: 0 });
    expect(account.row('i-1')).toMatchObject({ status: 'Rebooting' });
    expect(account.sent).toBe(0);
  });
});

describe('an event that ECS announces during the restart', () => {
  it('is recorded with the plan where the same restart answers it', async () => {
    const late = around('Verifying', async (write) => {
      account.ecs.addEvent({ id: 'e-2', instanceId: 'i-1', notBefore: start + 24 * 60 * minute });
      await write();
      account.edit('i-1', { later_event_ids: '["e-2"]' });
    });
    // The invocation is too short for the proof.
    await account.execute({ store: late, timeoutMs: 40_000 });
    account.ecs.schedule(start, { kind: 'event-ended', eventId: 'e-2', status: 'Avoided' });
    account.pass(2 * minute);
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.row('i-1')['event_ids']).toBe('["e-1","e-2"]');
    expect(account.row('i-1')).not.toHaveProperty('later_event_ids');
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
  });
});
