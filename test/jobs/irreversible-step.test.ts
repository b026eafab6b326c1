// The irreversible step under crashes, freezes, races and edits: at most one RebootInstance for a plan, ever.
import { beforeEach, describe, expect, it } from 'vitest';
import { TablestoreFault } from '../../lib/alibaba/tablestore/api.ts';
import type { PlanStatus } from '../../lib/plan/plan.ts';
import type { PlanStore, PlanWrite } from '../../lib/ports.ts';
import { Account, minute, second, settingsOf, start } from './stage.ts';

let account: Account;

beforeEach(async () => {
  account = new Account();
  account.affected('1');
  await account.plan();
});

/** A store in which something happens around the write of one status. */
function around(status: PlanStatus, happen: (write: () => Promise<unknown>) => Promise<void>) {
  return (real: PlanStore): PlanStore => ({
    ...real,
    write: async (write: PlanWrite) => {
      if (write.plan.status !== status) return real.write(write);
      let outcome: Awaited<ReturnType<PlanStore['write']>> = { kind: 'failed', message: 'never written' };
      await happen(async () => (outcome = await real.write(write)));
      return outcome;
    },
  });
}

/** The process is gone at that moment: nothing of it goes on. */
function dieAt(status: PlanStatus, when: 'before' | 'after') {
  return around(status, async (write) => {
    if (when === 'after') await write();
    throw new Error('the process is gone');
  });
}

describe('an execution that dies', () => {
  it('before its intent is recorded leaves a plan that another takes up after the lease', async () => {
    await account.execute({ store: dieAt('Rebooting', 'before') });
    expect(account.row('i-1')).toMatchObject({ status: 'Preparing', due_at: BigInt(start + 150 * second) });
    account.pass(149 * second);
    expect(await account.execute()).toMatchObject({ due: 0 });
    account.pass(second);
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 1, avoided: 1 });
    expect(account.sent).toBe(1);
    expect(account.story('i-1')).toContain('Took over from an execution that did not finish.');
  });

  it('after its intent is recorded leaves a plan for which nothing is sent any more', async () => {
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

describe('an execution that freezes between the intent and the sending', () => {
  it('sends nothing and puts the plan back', async () => {
    const freeze = around('Rebooting', async (write) => {
      await write();
      account.pass(11 * second);
    });
    expect(await account.execute({ store: freeze })).toMatchObject({ rebooted: 0, waiting: 1 });
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).toMatchObject({
      status: 'Planned',
      reason:
        'Nothing was sent: 11s passed between the intent and the sending, too long to rely on what was read before.',
    });
    expect(account.row('i-1')).not.toHaveProperty('intent_at');
    expect(await account.execute()).toMatchObject({ rebooted: 1, avoided: 1 });
  });

  it('for less than ten seconds still sends: a slow write is no freeze', async () => {
    const slow = around('Rebooting', async (write) => {
      await write();
      account.pass(9 * second);
    });
    expect(await account.execute({ store: slow })).toMatchObject({ rebooted: 1 });
  });

  it('sends nothing either where the interval ended meanwhile', async () => {
    account.pass(135 * minute - 5 * second);
    const slow = around('Rebooting', async (write) => {
      await write();
      account.pass(6 * second);
    });
    await account.execute({ store: slow });
    expect(account.sent).toBe(0);
    expect(account.row('i-1')['reason']).toBe(
      "Nothing was sent: Wed 2026-12-02 04:45 Asia/Shanghai is outside the plan's interval.",
    );
  });

  it('for so long that another execution took the row over changes nothing any more', async () => {
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
  ])('is lost where a person changed %s in the console, past the version', async (column, value) => {
    const raced = around('Rebooting', async (write) => {
      account.edit('i-1', { [column]: value });
      await write();
    });
    await account.execute({ store: raced });
    expect(account.sent).toBe(0);
  });

  it('whose outcome is unknown gives no right to send, and the plan goes on by itself', async () => {
    let isCut = false;
    account.carry = async (operation, work) => {
      const result = await Promise.resolve().then(work);
      if (operation === 'UpdateRow' && account.row('i-1')['status'] === 'Rebooting') isCut = true;
      if (isCut) throw new TablestoreFault('no answer', undefined);
      return result;
    };
    await account.execute();
    account.carry = (_operation, work) => Promise.resolve().then(work);
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).toMatchObject({ status: 'Rebooting' });
    account.pass(150 * second);
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying' });
    expect(account.sent).toBe(0);
  });

  it('whose answer alone was lost is settled by its token, and sends', async () => {
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
  it('that read the same row send once', async () => {
    const reports = await Promise.all([account.execute({ owner: 'a' }), account.execute({ owner: 'b' })]);
    expect(account.sent).toBe(1);
    expect(reports.reduce((sum, { rebooted }) => sum + rebooted, 0)).toBe(1);
  });

  it('of which the second comes while the first is about to send leave it alone', async () => {
    const visited = around('Rebooting', async (write) => {
      await write();
      expect(await account.execute({ owner: 'b' })).toMatchObject({ due: 0, rebooted: 0 });
    });
    expect(await account.execute({ owner: 'a', store: visited })).toMatchObject({ rebooted: 1 });
    expect(account.sent).toBe(1);
  });
});

describe('the time that is left of the invocation', () => {
  it('is too short to begin: the plan stays as it is, and that is reported', async () => {
    const before = account.row('i-1');
    const report = await account.execute({ timeoutMs: 29 * second });
    expect(report).toMatchObject({ due: 1, rebooted: 0, waiting: 1 });
    expect(report.problems).toEqual([
      {
        regionId: 'cn-hangzhou',
        problem: "1 due plans are left to the next tick: the invocation's time is up.",
      },
    ]);
    expect(account.row('i-1')).toEqual(before);
  });

  it('ran short after the claim: the plan goes back', async () => {
    const slow = (real: PlanStore): PlanStore => ({
      ...real,
      writeAll: async (writes) => {
        const outcomes = await real.writeAll(writes);
        account.pass(95 * second);
        return outcomes;
      },
    });
    expect(await account.execute({ store: slow })).toMatchObject({ rebooted: 0, waiting: 1 });
    expect(account.row('i-1')).toMatchObject({
      status: 'Planned',
      reason: 'Too little of the invocation was left to begin.',
    });
    expect(account.sent).toBe(0);
  });

  it('is enough although the facts grew old: they are read again', async () => {
    const slow = (real: PlanStore): PlanStore => ({
      ...real,
      write: async (write) => {
        // The first of the two to be sent takes long to record its intent.
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
  it('are not held up by one that cannot be read', async () => {
    account.affected('2');
    account.affected('3');
    await account.plan();
    account.edit('i-2', { not_before: 'whenever' });
    const report = await account.execute();
    expect(report).toMatchObject({ due: 3, rebooted: 2, avoided: 2, escalated: 1, waiting: 0 });
    expect(account.row('i-2')).toMatchObject({ status: 'Escalated' });
  });

  it('with a final status that a person set are left as they are, and are due no more', async () => {
    account.edit('i-1', { status: 'Avoided' });
    expect(await account.execute()).toMatchObject({ due: 1, avoided: 0, waiting: 0, problems: [] });
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.row('i-1')).not.toHaveProperty('due_at');
    expect(account.sent).toBe(0);
  });

  it('in Preparing or Rebooting whose lease still holds are left alone', async () => {
    account.edit('i-1', { status: 'Preparing', owner: 'a', lease_until: '2026-12-01T18:31:00Z' });
    expect(await account.execute()).toMatchObject({ due: 1, waiting: 1, rebooted: 0 });
    account.edit('i-1', { status: 'Rebooting', intent_at: '2026-12-01T18:29:00Z' });
    expect(await account.execute()).toMatchObject({ due: 1, waiting: 1, rebooted: 0 });
    expect(account.row('i-1')).toMatchObject({ status: 'Rebooting' });
    expect(account.sent).toBe(0);
  });
});

describe('an event that is announced while the restart is under way', () => {
  it('and that the same restart answers is recorded with the plan', async () => {
    const late = around('Verifying', async (write) => {
      account.ecs.addEvent({ id: 'e-2', instanceId: 'i-1', notBefore: start + 24 * 60 * minute });
      await write();
      account.edit('i-1', { later_event_ids: '["e-2"]' });
    });
    // Too short for the proof.
    await account.execute({ store: late, timeoutMs: 40_000 });
    account.ecs.schedule(start, { kind: 'event-ended', eventId: 'e-2', status: 'Avoided' });
    account.pass(2 * minute);
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.row('i-1')['event_ids']).toBe('["e-1","e-2"]');
    expect(account.row('i-1')).not.toHaveProperty('later_event_ids');
    expect(account.story('i-1').at(-1)).toBe('The same restart answered e-2.');
  });
});
