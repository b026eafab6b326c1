// What a pre-command began and no restart followed is undone: over ticks, crashes and refusals. It is 02:30 in Shanghai, the
// window ends at 05:00, and the maintenance comes a day later.
import { beforeEach, describe, expect, it } from 'vitest';
import type { PlanStore } from '../../lib/ports.ts';
import { ticks } from './preparation.ts';
import { replacing } from './replacing.ts';
import { Account, hour, minute, second, settingsOf, start } from './stage.ts';

let account: Account;

const settings = settingsOf({ PRE_COMMAND: 'c-drain', UNDO_COMMAND: 'c-undrain' });

beforeEach(() => {
  account = new Account();
});

function commands({ drainMs = second, undrain = 0 }: { drainMs?: number; undrain?: number } = {}): void {
  account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: drainMs, exitCode: 0, output: 'drained' }] });
  account.ecs.addCommand({ id: 'c-undrain', outcomes: [{ ms: second, exitCode: undrain, output: 'back' }] });
}

/** The commands that ran on i-1, in order, with how each ended. */
function runs(): string[] {
  return account.ecs
    .invocations()
    .filter(({ instanceId }) => instanceId === 'i-1')
    .map(({ commandId, status }) => `${commandId} ${status}`);
}

/** The pre-command is done, and ECS throttles the restart: the plan waits in its interval. */
async function drainedPlan(): Promise<void> {
  account.affected('1');
  await account.plan({ settings });
  const fault = { kind: 'error', status: 400, code: 'Throttling' } as const;
  account.faults.add({ operation: 'RebootInstance', times: 50, fault });
  await account.execute({ settings });
  expect(runs()).toEqual(['c-drain Success']);
}

function cancel(): void {
  const now = account.clock.now().epochMilliseconds;
  account.ecs.schedule(now, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
}

const undone = { code: 'undone', values: { commandId: 'c-drain', undoId: 'c-undrain' } };
const owed = { code: 'undo-owed', values: { commandId: 'c-drain', undoId: 'c-undrain' } };
const byHand = { code: 'undo-pre-command', values: { commandId: 'c-drain' } };

/** What the reason says after its first statement. */
function also(): unknown {
  return account.reason('i-1').values['also'];
}

describe('a plan that ends after its pre-command began is undone', () => {
  it('where ECS canceled the event', async () => {
    commands();
    await drainedPlan();
    cancel();
    account.pass(minute);
    await account.execute({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Cleared' });
    expect(also()).toEqual([owed]);
    expect(account.row('i-1')).toHaveProperty('due_at');
    await ticks(account, 3, settings);
    expect(runs()).toEqual(['c-drain Success', 'c-undrain Success']);
    expect(account.row('i-1')).toMatchObject({ status: 'Cleared' });
    expect(also()).toEqual([undone]);
    expect(account.row('i-1')).not.toHaveProperty('due_at');
    expect(account.row('i-1')).not.toHaveProperty('drained_since');
  });

  it('where a person skipped it by hand, at the next run', async () => {
    commands();
    await drainedPlan();
    account.edit('i-1', { status: 'Skipped' });
    account.pass(2 * minute);
    await ticks(account, 3, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped' });
    expect(runs()).toEqual(['c-drain Success', 'c-undrain Success']);
    expect(also()).toEqual([undone]);
  });

  it('where it came too late', async () => {
    commands();
    await drainedPlan();
    account.ecs.schedule(0, { kind: 'event-moved', eventId: 'e-1', notBefore: start + 20 * minute });
    account.pass(second);
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Missed' });
    account.pass(minute);
    await ticks(account, 2, settings);
    expect(runs()).toEqual(['c-drain Success', 'c-undrain Success']);
  });

  it('where ECS refused the restart for good', async () => {
    commands();
    account.affected('1');
    await account.plan({ settings });
    const fault = { kind: 'error', status: 403, code: 'Forbidden.RAM' } as const;
    account.faults.add({ operation: 'RebootInstance', times: 50, fault });
    await ticks(account, 4, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'refused' });
    expect(runs()).toEqual(['c-drain Success', 'c-undrain Success']);
  });

  it('where the pre-command failed: it may have done half of its work', async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: second, exitCode: 3, output: '' }] });
    account.ecs.addCommand({ id: 'c-undrain', outcomes: [{ ms: second, exitCode: 0, output: '' }] });
    account.affected('1');
    await account.plan({ settings });
    await ticks(account, 4, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'pre-command' });
    expect(runs()).toEqual(['c-drain Failed', 'c-undrain Success']);
  });

  it('where an approval is taken back: nobody knows how long the plan waits', async () => {
    commands();
    const approving = settingsOf({ PRE_COMMAND: 'c-drain', UNDO_COMMAND: 'c-undrain', MODE: 'approval' });
    account.affected('1');
    await account.plan({ settings: approving });
    account.edit('i-1', { approval: 'granted' });
    await account.plan({ settings: approving });
    const fault = { kind: 'error', status: 400, code: 'Throttling' } as const;
    account.faults.add({ operation: 'RebootInstance', times: 50, fault });
    await account.execute({ settings: approving });
    account.edit('i-1', { approval: 'required' });
    account.pass(2 * minute);
    await ticks(account, 3, approving);
    expect(account.row('i-1')).toMatchObject({ status: 'AwaitingApproval' });
    expect(runs()).toEqual(['c-drain Success', 'c-undrain Success']);
    expect(account.sent).toBe(1);
  });

  it('only once, although the row stays for days', async () => {
    commands();
    await drainedPlan();
    cancel();
    account.pass(minute);
    await ticks(account, 30, settings);
    expect(runs()).toEqual(['c-drain Success', 'c-undrain Success']);
  });
});

describe('nothing is undone', () => {
  it('where the restart was sent, even if nothing proves it', async () => {
    commands();
    account.affected('1', { neverAvoided: true });
    await account.plan({ settings });
    await ticks(account, 40, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', reason_code: 'not-proven' });
    expect(runs()).toEqual(['c-drain Success']);
  });

  it('where the answer to the restart was lost', async () => {
    commands();
    account.affected('1', { neverAvoided: true });
    await account.plan({ settings });
    account.faults.add({ operation: 'RebootInstance', fault: { kind: 'reset', when: 'after' } });
    await ticks(account, 40, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    expect(runs()).toEqual(['c-drain Success']);
  });

  it('while the pre-command still runs', async () => {
    commands({ drainMs: 4 * minute });
    account.affected('1');
    await account.plan({ settings });
    await account.execute({ settings });
    cancel();
    account.pass(minute);
    await ticks(account, 2, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Cleared' });
    expect(runs()).toEqual(['c-drain Running']);
    await ticks(account, 4, settings);
    expect(runs()).toEqual(['c-drain Success', 'c-undrain Success']);
  });

  it('where the agent never received the pre-command: the row says so', async () => {
    commands();
    const nature = { undeliverable: 'ClientNotRunning' } as const;
    account.affected('1');
    account.ecs.schedule(0, { kind: 'instance-nature', instanceId: 'i-1', nature });
    await account.plan({ settings });
    await account.execute({ settings });
    cancel();
    account.pass(second);
    await ticks(account, 4, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Cleared' });
    expect(runs()).toEqual(['c-drain Aborted']);
    expect(also()).toMatchObject([{ code: 'command-undelivered', values: { isTriedAgain: false } }]);
    expect(account.row('i-1')).not.toHaveProperty('due_at');
  });

  it('where ECS refused to begin the pre-command: nothing ran', async () => {
    account.ecs.addCommand({ id: 'c-undrain', outcomes: [{ ms: second, exitCode: 0, output: '' }] });
    account.affected('1');
    await account.plan({ settings });
    await ticks(account, 4, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'pre-command' });
    expect(runs()).toEqual([]);
  });
});

describe('a pre-command counts for one interval', () => {
  const later = settingsOf({
    PRE_COMMAND: 'c-drain',
    UNDO_COMMAND: 'c-undrain',
    MAINTENANCE_WINDOWS: 'daily 05:00-08:00',
  });

  it('put off, it is undone at once and runs again before the restart', async () => {
    commands();
    await drainedPlan();
    account.pass(minute);
    const { problems } = await account.plan({ settings: later });
    expect(problems).toEqual([]);
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', execute_at: '2026-12-01T21:00:00Z' });
    expect(also()).toEqual([owed]);
    await ticks(account, 3, later);
    expect(runs()).toEqual(['c-drain Success', 'c-undrain Success']);
    expect(account.row('i-1')).toMatchObject({ due_at_utc: '2026-12-01T21:00:00Z' });
    expect(also()).toEqual([undone]);
    account.faults.clear();
    account.pass(147 * minute);
    await ticks(account, 3, later);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(runs()).toEqual(['c-drain Success', 'c-undrain Success', 'c-drain Success']);
  });

  it('without an undo-command it is reported at each plan run, and runs again before the restart', async () => {
    commands();
    const [now, then] = [settingsOf({ PRE_COMMAND: 'c-drain' }), { PRE_COMMAND: 'c-drain' }];
    const moved = settingsOf({ ...then, MAINTENANCE_WINDOWS: 'daily 05:00-08:00' });
    account.affected('1');
    await account.plan({ settings: now });
    const fault = { kind: 'error', status: 400, code: 'Throttling' } as const;
    account.faults.add({ operation: 'RebootInstance', times: 1, fault });
    await account.execute({ settings: now });
    for (let run = 0; run < 2; run += 1) {
      account.pass(minute);
      expect((await account.plan({ settings: moved })).problems).toMatchObject([{ code: 'drained-until' }]);
    }
    account.pass(148 * minute);
    await ticks(account, 4, moved);
    expect(runs()).toEqual(['c-drain Success', 'c-drain Success']);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it('put off by hand, it is undone, too', async () => {
    commands();
    await drainedPlan();
    account.edit('i-1', {
      execute_at: '2026-12-02T10:00:00Z',
      latest_start: '2026-12-02T11:00:00Z',
      pinned: 'true',
    });
    account.pass(3 * minute);
    await ticks(account, 3, settings);
    expect(runs()).toEqual(['c-drain Success', 'c-undrain Success']);
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', execute_at: '2026-12-02T10:00:00Z' });
  });
});

describe('a pre-command whose interval passes while ECS cannot be read', () => {
  /** From the pre-command on, ECS answers no read of instances. The last start is at 04:45 in Shanghai. */
  async function blind(these = settings): Promise<void> {
    commands();
    account.affected('1');
    await account.plan({ settings: these });
    account.faults.add({
      operation: 'RebootInstance',
      fault: { kind: 'error', status: 400, code: 'Throttling' },
    });
    await account.execute({ settings: these });
    account.faults.add({
      operation: 'DescribeInstances',
      times: 10_000,
      fault: { kind: 'error', status: 503, code: 'ServiceUnavailable' },
    });
  }

  it('is undone all the same, right after the last start', async () => {
    await blind();
    account.pass(134 * minute);
    await ticks(account, 5, settings);
    expect(runs()).toEqual(['c-drain Success', 'c-undrain Success']);
    const undrain = account.ecs.record.calls('InvokeCommand')[1]?.at ?? 0;
    expect(undrain).toBeGreaterThan(start + 135 * minute);
    expect(undrain).toBeLessThan(start + 138 * minute);
    expect(also()).toEqual([undone]);
  });

  it('is told once where there is no undo-command', async () => {
    const bare = settingsOf({ PRE_COMMAND: 'c-drain' });
    await blind(bare);
    account.pass(137 * minute);
    const { problems } = await account.execute({ settings: bare });
    expect(problems).toContainEqual(expect.objectContaining({ code: 'undo-pre-command', instanceId: 'i-1' }));
    expect(also()).toEqual([byHand]);
    const version = account.row('i-1')['version'];
    await ticks(account, 3, bare);
    expect(account.row('i-1')['version']).toBe(version);
  });

  it('is followed by the next interval, in which it runs again before the restart', async () => {
    await blind();
    account.pass(136 * minute);
    await ticks(account, 4, settings);
    account.faults.clear();
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', execute_at: '2026-12-02T16:30:00Z' });
    account.pass(start + 22 * hour - account.clock.now().epochMilliseconds);
    await ticks(account, 3, settings);
    expect(runs()).toEqual(['c-drain Success', 'c-undrain Success', 'c-drain Success']);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });
});

describe('an undo-command that does not work is given up, and a person is told what to undo', () => {
  it('where it fails', async () => {
    commands({ undrain: 1 });
    await drainedPlan();
    cancel();
    account.pass(minute);
    await account.execute({ settings });
    account.pass(minute);
    await account.execute({ settings });
    account.pass(minute);
    const { problems } = await account.execute({ settings });
    expect(problems).toMatchObject([{ code: 'undo-failed', instanceId: 'i-1' }]);
    expect(problems[0]?.problem).toContain('Undo what the command did.');
    expect(also()).toMatchObject([{ code: 'undo-failed' }, byHand]);
    expect(account.row('i-1')).not.toHaveProperty('due_at');
    expect(account.row('i-1')).not.toHaveProperty('drained_since');
    await ticks(account, 5, settings);
    expect(runs()).toEqual(['c-drain Success', 'c-undrain Failed']);
  });

  it('where its agent does not receive it for VERIFY_TIMEOUT', async () => {
    commands();
    await drainedPlan();
    const nature = { undeliverable: 'ClientNotRunning' } as const;
    account.ecs.schedule(0, { kind: 'instance-nature', instanceId: 'i-1', nature });
    cancel();
    account.pass(minute);
    await ticks(account, 28, settings);
    expect(account.row('i-1')).toHaveProperty('due_at');
    expect(runs().length).toBeGreaterThan(5);
    await ticks(account, 8, settings);
    expect(account.row('i-1')).not.toHaveProperty('due_at');
    expect(also()).toMatchObject([{ code: 'undo-failed' }, byHand]);
    const tried = runs().length;
    await ticks(account, 5, settings);
    expect(runs()).toHaveLength(tried);
  });

  it('and is tried again with another token until the agent answers', async () => {
    commands();
    await drainedPlan();
    const nature = { undeliverable: 'ClientNotRunning' } as const;
    account.ecs.schedule(0, { kind: 'instance-nature', instanceId: 'i-1', nature });
    account.ecs.schedule(start + 6 * minute, { kind: 'instance-nature', instanceId: 'i-1', nature: {} });
    cancel();
    account.pass(minute);
    await ticks(account, 12, settings);
    expect(runs().at(-1)).toBe('c-undrain Success');
    expect(runs().filter((run) => run === 'c-undrain Success')).toHaveLength(1);
    expect(also()).toEqual([undone]);
  });
});

describe('the limits count a drained instance', () => {
  it('until it is undone, although its plan has ended', async () => {
    const limits = { MAX_CONCURRENT_REBOOTS: '1', PRE_COMMAND: 'c-drain', UNDO_COMMAND: 'c-undrain' };
    const one = settingsOf(limits);
    commands();
    account.affected('1', { notBefore: start + 20 * hour });
    account.affected('2', {}, { tags: { 'reboot-planner:pre-command': 'none' } });
    await account.plan({ settings: one });
    account.edit('i-2', { execute_at: '2026-12-01T18:31:00Z', pinned: 'true' });
    await account.plan({ settings: one });
    const fault = { kind: 'error', status: 400, code: 'Throttling' } as const;
    account.faults.add({ operation: 'RebootInstance', times: 1, fault });
    await account.execute({ settings: one });
    cancel();
    account.pass(minute);
    await account.plan({ settings: one });
    expect(account.row('i-1')).toMatchObject({ status: 'Cleared', drained_since: '2026-12-01T18:30:00Z' });
    // Its undo-command cannot begin.
    const busy = { kind: 'error', status: 400, code: 'Throttling' } as const;
    account.faults.add({ operation: 'InvokeCommand', times: 2, fault: busy });
    await ticks(account, 2, one);
    expect(account.row('i-2')).toMatchObject({ reason_code: 'waits-for-region' });
    expect(account.restarts('i-2')).toBe(0);
    await ticks(account, 5, one);
    expect(account.row('i-1')).not.toHaveProperty('drained_since');
    expect(account.restarts('i-2')).toBe(1);
  });
});

describe('an execution that dies in the middle of the undoing', () => {
  /** A store whose n-th write arrives, and after which nothing goes on. */
  function dyingAfter(writes: number): (real: PlanStore) => PlanStore {
    let count = 0;
    return (real) =>
      replacing(real, {
        write: async (write) => {
          const outcome = await real.write(write);
          count += 1;
          if (count === writes) throw new Error('killed');
          return outcome;
        },
      });
  }

  it.each([1, 2, 3])('after write %i loses nothing, and runs the undo-command once', async (writes) => {
    commands();
    await drainedPlan();
    cancel();
    account.pass(minute);
    await account.execute({ settings });
    account.pass(minute);
    await account.execute({ settings, store: dyingAfter(writes) });
    account.pass(minute);
    await ticks(account, 3, settings);
    expect(runs()).toEqual(['c-drain Success', 'c-undrain Success']);
    expect(also()).toEqual([undone]);
  });

  it.each(['before', 'after'] as const)(
    'or loses the answer %s the command began, asks again with the same token',
    async (when) => {
      commands();
      await drainedPlan();
      cancel();
      account.pass(minute);
      await account.execute({ settings });
      account.faults.add({ operation: 'InvokeCommand', fault: { kind: 'reset', when } });
      account.pass(minute);
      await ticks(account, 4, settings);
      expect(runs()).toEqual(['c-drain Success', 'c-undrain Success']);
    },
  );

  it('is followed by the next plan of the instance, which takes the undoing over with its token', async () => {
    commands();
    await drainedPlan();
    cancel();
    account.pass(minute);
    await account.execute({ settings });
    // The call of the undo-command takes effect, and its answer is lost.
    account.faults.add({ operation: 'InvokeCommand', fault: { kind: 'reset', when: 'after' } });
    account.pass(minute);
    await account.execute({ settings });
    account.ecs.addEvent({ id: 'e-2', instanceId: 'i-1', notBefore: start + 60 * hour });
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', event_ids: '["e-2"]' });
    account.pass(minute);
    await ticks(account, 2, settings);
    expect(runs().filter((run) => run.startsWith('c-undrain'))).toEqual(['c-undrain Success']);
    account.faults.clear();
    await ticks(account, 3, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(runs()).toEqual(['c-drain Success', 'c-undrain Success', 'c-drain Success']);
  });
});

it('two executions that overlap run the undo-command once', async () => {
  commands();
  await drainedPlan();
  cancel();
  account.pass(minute);
  await account.execute({ settings });
  account.pass(minute);
  await Promise.all([
    account.execute({ settings, owner: 'one' }),
    account.execute({ settings, owner: 'two' }),
  ]);
  await ticks(account, 3, settings);
  expect(runs()).toEqual(['c-drain Success', 'c-undrain Success']);
});
