// The course of a due plan (lib/jobs/execute/course.ts): which steps it takes, in which order, and what it judges again. A
// step is a call of the store, or a call as ECS recorded it. It is 02:30 in Shanghai, and all plans are due.
import { beforeEach, describe, expect, it } from 'vitest';
import { plus } from '../../lib/plan/calendar/instant.ts';
import type { Ecs, PlanStore, PlanWrite } from '../../lib/ports.ts';
import { replacing } from './replacing.ts';
import { Account, hour, minute, second, settingsOf, start, type Invocation } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
});

/** A write, with the code of its news. */
const nameOf = ({ plan }: PlanWrite): string =>
  `write ${plan.status} (${plan.timeline.at(-1)?.what.code ?? ''})`;

/** Who is down is read with one call per status, and a list of the events by which others go down soon: one step. */
function stepsOf({ action, params }: { action: string; params: Record<string, string> }): string[] {
  const { Status: status } = params;
  if (action === 'DescribeInstanceHistoryEvents' && params['EventId.1'] === undefined) return [];
  if (status === undefined) return [action];
  return status === 'Stopping' ? ['who is down'] : [];
}

/**
 * Runs the execute function. Returns its steps in cn-hangzhou, up to the write of Verifying: what follows is the watch.
 * `after` is called after each step of the store, with the number of steps of this name so far.
 */
async function courseOf(
  invocation: Invocation = {},
  after: (step: string, count: number) => void = () => undefined,
): Promise<string[]> {
  const steps: string[] = [];
  let seen = account.ecs.record.calls().length;
  const noteCalls = (): void => {
    const calls = account.ecs.record.calls().slice(seen);
    seen += calls.length;
    steps.push(...calls.flatMap(stepsOf));
  };
  const noted = async <T>(step: string, work: () => Promise<T>): Promise<T> => {
    noteCalls();
    steps.push(step);
    const result = await work();
    after(step, steps.filter((one) => one === step).length);
    return result;
  };
  const store = (real: PlanStore): PlanStore =>
    replacing(real, {
      readDue: (region, now) =>
        region === 'cn-hangzhou'
          ? noted('readDue', () => real.readDue(region, now))
          : real.readDue(region, now),
      readUnproven: (region) => noted('readUnproven', () => real.readUnproven(region)),
      readUnderWay: (region) => noted('readUnderWay', () => real.readUnderWay(region)),
      unfinishedInstances: (region) => noted('unfinishedInstances', () => real.unfinishedInstances(region)),
      readByInstance: (region, ids) =>
        ids.length === 0
          ? real.readByInstance(region, ids)
          : noted('readByInstance', () => real.readByInstance(region, ids)),
      write: (write) => noted(nameOf(write), () => real.write(write)),
      writeAll: (writes) => noted(writes.map(nameOf).join(', '), () => real.writeAll(writes)),
    });
  await account.execute({ ...invocation, store });
  noteCalls();
  const end = steps.indexOf('write Verifying (accepted)');
  return end === -1 ? steps : steps.slice(0, end + 1);
}

/** Lets time pass during the read of the neighbours after the claim: the facts grow older by it. */
const slowNeighbours =
  (ms: number) =>
  (step: string, count: number): void => {
    if (step === 'readUnderWay' && count === 2) account.pass(ms);
  };

describe('a due plan', () => {
  beforeEach(async () => {
    account.affected('1');
    await account.plan();
  });

  it('reads the facts, is claimed, reads its neighbours, records the intent, and only then is restarted', async () => {
    expect(await courseOf()).toEqual([
      'readDue',
      'readUnderWay',
      'readUnproven',
      'who is down',
      'DescribeInstanceHistoryEvents',
      'DescribeInstances',
      'write Preparing (preparing)',
      'readUnderWay',
      'DescribeInstancesFullStatus',
      'write Rebooting (sending)',
      'RebootInstance',
      'write Verifying (accepted)',
    ]);
  });

  it('reads the facts again before the intent where they are older than 15 seconds', async () => {
    expect(await courseOf({}, slowNeighbours(15 * second + 1))).toEqual([
      'readDue',
      'readUnderWay',
      'readUnproven',
      'who is down',
      'DescribeInstanceHistoryEvents',
      'DescribeInstances',
      'write Preparing (preparing)',
      'readUnderWay',
      'readUnproven',
      'who is down',
      'DescribeInstancesFullStatus',
      'DescribeInstanceHistoryEvents',
      'DescribeInstances',
      'write Rebooting (sending)',
      'RebootInstance',
      'write Verifying (accepted)',
    ]);
  });

  it('does not read facts again that are 15 seconds old', async () => {
    expect(await courseOf({}, slowNeighbours(15 * second))).toEqual([
      'readDue',
      'readUnderWay',
      'readUnproven',
      'who is down',
      'DescribeInstanceHistoryEvents',
      'DescribeInstances',
      'write Preparing (preparing)',
      'readUnderWay',
      'DescribeInstancesFullStatus',
      'write Rebooting (sending)',
      'RebootInstance',
      'write Verifying (accepted)',
    ]);
  });

  it('is not restarted where the instance is locked between the claim and the intent', async () => {
    account.ecs.schedule(start + second, {
      kind: 'instance-locked',
      instanceId: 'i-1',
      reasons: ['security'],
    });
    expect(await courseOf({}, slowNeighbours(16 * second))).toEqual([
      'readDue',
      'readUnderWay',
      'readUnproven',
      'who is down',
      'DescribeInstanceHistoryEvents',
      'DescribeInstances',
      'write Preparing (preparing)',
      'readUnderWay',
      'readUnproven',
      'who is down',
      'DescribeInstancesFullStatus',
      'DescribeInstanceHistoryEvents',
      'DescribeInstances',
      'write Planned (instance-locked)',
    ]);
    expect(account.reason('i-1')).toEqual({ code: 'instance-locked', values: { locks: ['security'] } });
    expect(account.sent).toBe(0);
  });

  describe('whose event moves between the claim and the intent', () => {
    beforeEach(() => {
      account.ecs.schedule(start + second, {
        kind: 'event-moved',
        eventId: 'e-1',
        notBefore: start + 20 * hour,
      });
    });

    it('is planned again instead of restarted, where the facts are read again', async () => {
      expect(await courseOf({}, slowNeighbours(16 * second))).toEqual([
        'readDue',
        'readUnderWay',
        'readUnproven',
        'who is down',
        'DescribeInstanceHistoryEvents',
        'DescribeInstances',
        'write Preparing (preparing)',
        'readUnderWay',
        'readUnproven',
        'who is down',
        'DescribeInstancesFullStatus',
        'DescribeInstanceHistoryEvents',
        'DescribeInstances',
        'unfinishedInstances',
        'readByInstance',
        'write Planned (planned)',
      ]);
      expect(account.story('i-1').at(-1)).toBe('planned/not-before-moved');
      expect(account.row('i-1')).toMatchObject({ not_before: '2026-12-02T14:30:00Z' });
      expect(account.sent).toBe(0);
    });

    it('is restarted where the facts still count: the test above can fail', async () => {
      await courseOf({}, slowNeighbours(15 * second));
      expect(account.sent).toBe(1);
    });
  });
});

describe('a due plan with a pre-command', () => {
  const settings = settingsOf({ PRE_COMMAND: 'c-drain' });

  beforeEach(async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 9 * second, exitCode: 0, output: '' }] });
    account.affected('1');
    await account.plan({ settings });
  });

  it('is restarted in the same run, after the command ended and the facts were read again', async () => {
    // The facts are 16 seconds old when the last look shows the end of the command.
    expect(await courseOf({ settings }, slowNeighbours(6 * second))).toEqual([
      'readDue',
      'readUnderWay',
      'readUnproven',
      'who is down',
      'DescribeInstanceHistoryEvents',
      'DescribeInstances',
      'write Preparing (preparing)',
      'readUnderWay',
      'DescribeInstancesFullStatus',
      'write Preparing (command-begins)',
      'InvokeCommand',
      'write Preparing (command-runs)',
      'DescribeInvocationResults',
      'DescribeInvocationResults',
      'DescribeInvocationResults',
      'DescribeInvocationResults',
      'write Preparing (command-succeeded)',
      'DescribeInstancesFullStatus',
      'readUnproven',
      'who is down',
      'DescribeInstanceHistoryEvents',
      'DescribeInstances',
      'write Rebooting (sending)',
      'RebootInstance',
      'write Verifying (accepted)',
    ]);
  });

  it('is not restarted where ECS cancels its event during the command', async () => {
    account.ecs.schedule(start + 10 * second, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
    const steps = await courseOf({ settings }, slowNeighbours(6 * second));
    expect(steps.slice(steps.indexOf('write Preparing (command-succeeded)'))).toEqual([
      'write Preparing (command-succeeded)',
      'DescribeInstancesFullStatus',
      'readUnproven',
      'who is down',
      'DescribeInstanceHistoryEvents',
      'DescribeInstances',
      'write Cleared (ended)',
    ]);
    expect(account.reason('i-1')).toEqual({
      code: 'answered-elsewhere',
      values: {
        avoided: [],
        canceled: ['e-1'],
        also: [{ code: 'undo-pre-command', values: { commandId: 'c-drain' } }],
      },
    });
    expect(account.sent).toBe(0);
  });

  it('is not restarted either where the command was so short that the first facts would still count', async () => {
    account.ecs.schedule(start + 2 * second, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
    const steps = await courseOf({ settings });
    expect(steps.slice(steps.indexOf('write Preparing (command-succeeded)'))).toEqual([
      'write Preparing (command-succeeded)',
      'DescribeInstancesFullStatus',
      'DescribeInstanceHistoryEvents',
      'DescribeInstances',
      'write Cleared (ended)',
    ]);
    expect(account.sent).toBe(0);
  });

  it('waits again before the command begins, where ECS throttles restarts', async () => {
    expect(await courseOf({ settings, ecs: throttledForAMinute })).toEqual([
      'readDue',
      'readUnderWay',
      'readUnproven',
      'who is down',
      'DescribeInstanceHistoryEvents',
      'DescribeInstances',
      'write Preparing (preparing)',
      'readUnderWay',
      'DescribeInstancesFullStatus',
      'write Planned (throttled)',
    ]);
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', due_at: BigInt(start + minute) });
    expect(account.ecs.invocations()).toEqual([]);
  });
});

describe('a due plan with a backup', () => {
  const settings = settingsOf({ BACKUP: 'snapshot' });
  /** A snapshot that is complete at once. */
  const quick = (id: string): object => ({ disks: [{ id: `d-${id}`, snapshotMs: 0 }] });

  it('gets in line again after its backup, and goes through all steps again', async () => {
    account.affected('1', {}, quick('1'));
    await account.plan({ settings });
    expect(await courseOf({ settings })).toEqual([
      'readDue',
      'readUnderWay',
      'DescribeInstanceHistoryEvents',
      'DescribeInstances',
      'write Preparing (preparing)',
      'readUnderWay',
      'readUnproven',
      'who is down',
      'DescribeDisks',
      'write Preparing (backup-begins)',
      'CreateSnapshot',
      'write Preparing (backup-runs)',
      'DescribeSnapshots',
      'write Preparing (backup-complete)',
      'write Planned (prepared)',
      'DescribeInstanceHistoryEvents',
      'DescribeInstances',
      'write Preparing (preparing-again)',
      'readUnderWay',
      'DescribeInstancesFullStatus',
      'write Rebooting (sending)',
      'RebootInstance',
      'write Verifying (accepted)',
    ]);
  });

  it('begins its backup even where ECS throttles restarts', async () => {
    account.affected('1', {}, quick('1'));
    await account.plan({ settings });
    await courseOf({ settings, ecs: throttledForAMinute });
    expect(account.ecs.snapshots()).toMatchObject([{ status: 'accomplished' }]);
    expect(account.reason('i-1')).toEqual({ code: 'throttled', values: {} });
    expect(account.sent).toBe(0);
  });

  it.each([
    [
      'its group',
      { GROUP_LIMIT: '1' },
      { code: 'waits-for-group', values: { group: 'web', limit: 1, mates: ['i-1'] } },
    ],
    ['the region', { MAX_CONCURRENT_REBOOTS: '1' }, { code: 'waits-for-region', values: { limit: 1 } }],
  ])(
    'waits after its backup for the limit of %s, which no backup counts against',
    async (_, limit, reason) => {
      const loose = { BACKUP: 'snapshot', GROUP_LIMIT: '9', MAX_CONCURRENT_REBOOTS: '9' };
      const tags = { 'reboot-planner:group': 'web' };
      for (const id of ['1', '2'])
        account.affected(id, { avoidedAfterMs: 5 * minute }, { ...quick(id), tags });
      await account.plan({ settings: settingsOf(loose) });
      const limited = settingsOf({ ...loose, ...limit });
      await courseOf({ settings: limited, timeoutMs: 40 * second });
      expect(account.ecs.snapshots()).toMatchObject([{ status: 'accomplished' }, { status: 'accomplished' }]);
      expect(account.ecs.record.calls('RebootInstance').map(({ params }) => params['InstanceId'])).toEqual([
        'i-1',
      ]);
      expect(account.row('i-1')).toMatchObject({ status: 'Verifying' });
      expect(account.row('i-2')).toMatchObject({ status: 'Planned' });
      expect(account.story('i-2').slice(-2)).toEqual(['prepared', reason.code]);
      expect(account.reason('i-2')).toEqual(reason);
    },
  );
});

/** ECS throttles RebootInstance, as an earlier restart of this run has shown. */
function throttledForAMinute(real: Ecs): Ecs {
  return replacing(real, { turnToReboot: () => Promise.resolve(plus(account.clock.now(), minute)) });
}
