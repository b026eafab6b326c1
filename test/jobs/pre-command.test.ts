// The command before a restart: over ticks, lost answers and refusals. It is 02:30 in Shanghai, the window ends at 05:00, and
// the maintenance comes a day later.
import { beforeEach, describe, expect, it } from 'vitest';
import { ticks } from './preparation.ts';
import { Account, hour, minute, second, settingsOf, start } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
});

/** The command, as statements name it. */
const drain = { step: 'pre-command', commandId: 'c-drain' };

/** What a plan says that ended without a restart after its pre-command began. */
const toUndo = { code: 'undo-pre-command', values: { commandId: 'c-drain' } };

describe('a pre-command', () => {
  const settings = settingsOf({ PRE_COMMAND: 'c-drain' });

  it('that ends with 0 is followed by the restart', async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 4 * second, exitCode: 0, output: 'drained' }] });
    account.affected('1');
    await account.plan({ settings });
    expect(await account.execute({ settings })).toMatchObject({ rebooted: 1, avoided: 1, problems: [] });
    expect(account.timeline('i-1').find(({ code }) => code === 'command-succeeded')?.values).toEqual({
      ...drain,
      output: 'drained',
    });
  });

  it('that fails ends the plan without a restart, and the row has the end of its output', async () => {
    account.ecs.addCommand({
      id: 'c-drain',
      outcomes: [{ ms: second, exitCode: 3, output: 'still 2 sessions' }],
    });
    account.affected('1');
    await account.plan({ settings });
    const report = await account.execute({ settings });
    expect(report).toMatchObject({ rebooted: 0, escalated: 1 });
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'pre-command' });
    expect(account.reason('i-1')).toEqual({
      code: 'pre-command-failed',
      values: {
        why: {
          code: 'command-failed',
          values: {
            ...drain,
            status: 'Failed',
            exitCode: 3,
            error: 'ExitCodeNonzero: The command execution exit code is not zero.',
            output: 'still 2 sessions',
          },
        },
        also: [
          {
            code: 'restart-by-hand',
            values: { notBefore: '2026-12-02T18:30:00Z', timeZone: 'Asia/Shanghai' },
          },
        ],
      },
    });
    expect(account.sent).toBe(0);
  });

  it('that takes longer than a tick is looked at again, not run again', async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 150 * second, exitCode: 0, output: '' }] });
    account.affected('1');
    await account.plan({ settings });
    await ticks(account, 5, settings);
    expect(account.ecs.invocations()).toHaveLength(1);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it.each(['before', 'after'] as const)(
    'whose call is lost %s it took effect runs once, because the token stays the same',
    async (when) => {
      account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: second, exitCode: 0, output: '' }] });
      account.affected('1');
      await account.plan({ settings });
      account.faults.add({ operation: 'InvokeCommand', fault: { kind: 'reset', when } });
      await ticks(account, 3, settings);
      expect(account.ecs.invocations()).toHaveLength(1);
      expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    },
  );

  it('that replaces another one runs, even where the other one has run', async () => {
    for (const id of ['c-drain', 'c-other']) {
      account.ecs.addCommand({ id, outcomes: [{ ms: second, exitCode: 0, output: '' }] });
    }
    account.affected('1');
    await account.plan({ settings });
    const fault = { kind: 'error', status: 400, code: 'Throttling' } as const;
    account.faults.add({ operation: 'RebootInstance', fault });
    await account.execute({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned' });
    account.pass(minute);
    await ticks(account, 3, settingsOf({ PRE_COMMAND: 'c-other' }));
    expect(account.ecs.invocations().map(({ commandId }) => commandId)).toEqual(['c-drain', 'c-other']);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it('runs once, however often ECS throttles the restart', async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: second, exitCode: 0, output: '' }] });
    account.affected('1');
    await account.plan({ settings });
    const fault = { kind: 'error', status: 400, code: 'Throttling' } as const;
    account.faults.add({ operation: 'RebootInstance', times: 3, fault });
    await ticks(account, 6, settings);
    expect(account.ecs.invocations()).toHaveLength(1);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it('that ECS refused for minutes has its whole time limit from its start on', async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 4 * minute, exitCode: 0, output: '' }] });
    account.affected('1');
    await account.plan({ settings });
    const fault = { kind: 'error', status: 400, code: 'Throttling' } as const;
    account.faults.add({ operation: 'InvokeCommand', times: 4, fault });
    await ticks(account, 11, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.ecs.invocations()).toHaveLength(1);
  });

  it('that ECS keeps refusing ends the plan after its time limit', async () => {
    account.ecs.addCommand({ id: 'c-drain' });
    account.affected('1');
    await account.plan({ settings });
    const fault = { kind: 'error', status: 400, code: 'Throttling' } as const;
    account.faults.add({ operation: 'InvokeCommand', times: 100, fault });
    await ticks(account, 8, settings);
    expect(account.ecs.invocations()).toHaveLength(0);
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'pre-command' });
  });

  it('that still runs when the interval ends leads to no restart outside the interval', async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 4 * minute, exitCode: 0, output: '' }] });
    account.affected('1');
    await account.plan({ settings });
    await ticks(account, 1, settings);
    // The last start is now at 02:32.
    account.ecs.schedule(0, { kind: 'event-moved', eventId: 'e-1', notBefore: start + 32 * minute });
    await ticks(account, 7, settings);
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).toMatchObject({ status: 'Missed' });
    expect(account.reason('i-1')).toMatchObject({ code: 'too-late', values: { also: [toUndo] } });
  });

  it('that had begun when ECS canceled the event is to be undone, and the report says so', async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 2 * minute, exitCode: 0, output: '' }] });
    account.affected('1');
    await account.plan({ settings });
    await account.execute({ settings });
    const now = account.clock.now().epochMilliseconds;
    account.ecs.schedule(now, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
    account.pass(minute);
    const { problems } = await account.execute({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Cleared' });
    expect(account.reason('i-1')).toEqual({
      code: 'answered-elsewhere',
      values: { avoided: [], canceled: ['e-1'], also: [toUndo] },
    });
    expect(problems.map(({ code, instanceId }) => [code, instanceId])).toContainEqual([
      'answered-elsewhere',
      'i-1',
    ]);
  });

  it('that failed runs again where a person sets the plan to Planned', async () => {
    const outcomes = [
      { ms: second, exitCode: 3, output: '' },
      { ms: second, exitCode: 0, output: '' },
    ];
    account.ecs.addCommand({ id: 'c-drain', outcomes });
    account.affected('1');
    await account.plan({ settings });
    await ticks(account, 3, settings);
    expect(account.ecs.invocations()).toHaveLength(1);
    account.edit('i-1', { status: 'Planned' });
    await account.plan({ settings });
    await ticks(account, 2, settings);
    expect(account.ecs.invocations()).toHaveLength(2);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  /** Commands do not reach the instance, until 02:30 and this many milliseconds. */
  function unreachable(ms: number): void {
    const nature = { undeliverable: 'ClientIsUpgrading' } as const;
    account.ecs.schedule(0, { kind: 'instance-nature', instanceId: 'i-1', nature });
    account.ecs.schedule(start + ms, { kind: 'instance-nature', instanceId: 'i-1', nature: {} });
  }

  it('that its agent does not receive is tried again, and the reason says so', async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: second, exitCode: 0, output: '' }] });
    account.affected('1');
    unreachable(5 * minute);
    await account.plan({ settings });
    await ticks(account, 4, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Preparing' });
    expect(account.reason('i-1')).toEqual({
      code: 'command-undelivered',
      values: {
        ...drain,
        errorCode: 'ClientIsUpgrading',
        isTriedAgain: true,
        since: { at: '2026-12-01T18:30:00Z', timeZone: 'Asia/Shanghai' },
      },
    });
    expect(account.sent).toBe(0);
    await ticks(account, 4, settings);
    const runs = account.ecs.invocations().map(({ status }) => status);
    expect(runs.slice(0, -1).every((status) => status === 'Aborted')).toBe(true);
    expect(runs.slice(1)).toContain('Success');
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.sent).toBe(1);
  });

  it('that its agent never receives ends the plan at the last moment, and the timeline says so once', async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: second, exitCode: 0, output: '' }] });
    // The last start is at 03:00. The command and START_ROOM need 8 minutes.
    account.affected('1', { notBefore: start + hour });
    unreachable(10 * hour);
    await account.plan({ settings });
    await ticks(account, 22, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Preparing' });
    await ticks(account, 4, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'pre-command' });
    expect(account.story('i-1')).toEqual([
      'planned/announced',
      'preparing',
      'command-begins',
      'command-runs',
      'command-still-runs',
      'command-undelivered',
      'ended/pre-command-too-late',
    ]);
    expect(account.reason('i-1')).toEqual({
      code: 'pre-command-too-late',
      values: {
        commandId: 'c-drain',
        limitMs: 300_000,
        startRoomMs: 180_000,
        isPutOff: false,
        also: [
          {
            code: 'command-undelivered',
            values: { ...drain, errorCode: 'ClientIsUpgrading', isTriedAgain: false },
          },
          {
            code: 'restart-by-hand',
            values: { notBefore: '2026-12-01T19:30:00Z', timeZone: 'Asia/Shanghai' },
          },
        ],
      },
    });
    const runs = account.ecs.invocations().map(({ creationTime }) => creationTime);
    expect(runs.length).toBeGreaterThan(8);
    expect(runs.at(-1)).toBeLessThanOrEqual(start + 22 * minute);
    expect(account.sent).toBe(0);
  });

  it('that its agent does not receive all night is tried again in the next interval, with the restart after it', async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: second, exitCode: 0, output: '' }] });
    account.affected('1', { notBefore: start + 48 * hour });
    unreachable(4 * hour);
    await account.plan({ settings });
    await ticks(account, 150, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', execute_at: '2026-12-02T18:00:00Z' });
    expect(account.row('i-1')['reason']).not.toContain('Undo');
    account.pass(22 * hour);
    await ticks(account, 3, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it('is not tried again where the agent is too old: that does not heal by itself', async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: second, exitCode: 0, output: '' }] });
    account.affected('1');
    const nature = { undeliverable: 'ClientNeedUpgrade' } as const;
    account.ecs.schedule(0, { kind: 'instance-nature', instanceId: 'i-1', nature });
    await account.plan({ settings });
    await ticks(account, 4, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'pre-command' });
    expect(account.ecs.invocations()).toHaveLength(1);
  });

  it('that never arrives leaves the window to the others of its group', async () => {
    const inGroup = settingsOf({ PRE_COMMAND: 'c-drain', GROUP_LIMIT: '1' });
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: second, exitCode: 0, output: '' }] });
    for (const id of ['1', '2', '3', '4', '5']) {
      account.affected(id, {}, { tags: { 'reboot-planner:group': 'web' } });
    }
    unreachable(10 * hour);
    await account.plan({ settings: inGroup });
    for (let tick = 0; tick < 150; tick += 10) {
      await ticks(account, 10, inGroup);
      await account.plan({ settings: inGroup });
    }
    expect(['2', '3', '4', '5'].map((id) => account.row(`i-${id}`)['status'])).toEqual(
      ['2', '3', '4', '5'].map(() => 'Avoided'),
    );
    expect(account.restarts('i-1')).toBe(0);
  });

  it('that never arrives yields to a mate that becomes due later, within minutes', async () => {
    const inGroup = settingsOf({ PRE_COMMAND: 'c-drain', GROUP_LIMIT: '1' });
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: second, exitCode: 0, output: '' }] });
    for (const id of ['1', '2']) account.affected(id, {}, { tags: { 'reboot-planner:group': 'web' } });
    unreachable(10 * hour);
    await account.plan({ settings: inGroup });
    expect(account.row('i-2')).toMatchObject({ execute_at: '2026-12-01T18:45:00Z' });
    await ticks(account, 20, inGroup);
    expect(account.row('i-2')).toMatchObject({ status: 'Avoided' });
    expect(account.row('i-1')).toMatchObject({ status: 'Preparing' });
  });

  it('that never arrived is not tried again where nobody wants it any more', async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: second, exitCode: 0, output: '' }] });
    account.affected('1');
    unreachable(10 * hour);
    await account.plan({ settings });
    await ticks(account, 3, settings);
    const tried = account.ecs.invocations().length;
    await account.plan({ settings: settingsOf() });
    await ticks(account, 4, settingsOf());
    expect(account.ecs.invocations()).toHaveLength(tried);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.sent).toBe(1);
  });

  it('that never arrived gives way to the one that replaces it', async () => {
    for (const id of ['c-drain', 'c-other']) {
      account.ecs.addCommand({ id, outcomes: [{ ms: second, exitCode: 0, output: '' }] });
    }
    account.affected('1');
    unreachable(150 * second);
    await account.plan({ settings });
    await ticks(account, 3, settings);
    const tried = account.ecs.invocations().length;
    const other = settingsOf({ PRE_COMMAND: 'c-other' });
    await account.plan({ settings: other });
    await ticks(account, 4, other);
    const later = account.ecs.invocations().slice(tried);
    expect(later.map(({ commandId }) => commandId)).toEqual(['c-other']);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it('that never arrived leaves nothing to undo when ECS cancels the event between two tries', async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: second, exitCode: 0, output: '' }] });
    account.affected('1');
    unreachable(10 * hour);
    await account.plan({ settings });
    // The first try began at 02:30:00. After a minute ECS gives up.
    await ticks(account, 2, settings);
    expect(account.reason('i-1')).toMatchObject({ code: 'command-undelivered' });
    const now = account.clock.now().epochMilliseconds;
    account.ecs.schedule(now, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
    account.pass(second);
    await account.execute({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Cleared' });
    expect(account.row('i-1')['reason']).not.toContain('Undo');
  });

  it('does not begin where its time limit and START_ROOM no longer fit before the last start', async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: second, exitCode: 0, output: '' }] });
    // The last start is at 02:37:59, 7 minutes and 59 seconds ahead: the two need 8 minutes.
    account.affected('1', { notBefore: start + 37 * minute + 59 * second });
    await account.plan({ settings });
    await ticks(account, 9, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'pre-command' });
    expect(account.reason('i-1').code).toBe('pre-command-too-late');
    expect(account.ecs.invocations()).toHaveLength(0);
    expect(account.sent).toBe(0);
  });

  it('begins where they just fit', async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: second, exitCode: 0, output: '' }] });
    account.affected('1', { notBefore: start + 38 * minute });
    await account.plan({ settings });
    await ticks(account, 3, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it('that no longer fits into its window waits for the next one', async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: second, exitCode: 0, output: '' }] });
    account.affected('1', { notBefore: start + 48 * hour });
    await account.plan({ settings });
    // No tick came before 04:38. The last start of the window is at 04:45.
    account.pass(128 * minute);
    await account.execute({ settings });
    expect(account.reason('i-1')).toEqual({
      code: 'pre-command-too-late',
      values: { commandId: 'c-drain', limitMs: 300_000, startRoomMs: 180_000, isPutOff: true },
    });
    await ticks(account, 10, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', execute_at: '2026-12-02T18:00:00Z' });
    expect(account.ecs.invocations()).toHaveLength(0);
  });

  it('that ECS refuses until it no longer fits does not begin, and its window has no drained service', async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 4 * minute, exitCode: 0, output: '' }] });
    account.affected('1', { notBefore: start + 48 * hour });
    await account.plan({ settings });
    const fault = { kind: 'error', status: 400, code: 'Throttling' } as const;
    account.faults.add({ operation: 'InvokeCommand', times: 4, fault });
    // 04:35. The last start of the window is at 04:45, and the command must begin by 04:37.
    account.pass(125 * minute);
    await ticks(account, 12, settings);
    expect(account.ecs.record.calls('InvokeCommand').map(({ outcome }) => outcome)).toEqual([
      'Throttling',
      'Throttling',
      'Throttling',
    ]);
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', execute_at: '2026-12-02T18:00:00Z' });
    expect(account.row('i-1')).not.toHaveProperty('drained_since');
    account.faults.clear();
    account.pass(start + 24 * hour - account.clock.now().epochMilliseconds);
    await ticks(account, 8, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it('whose answer was lost is not asked for again where that could begin it too late', async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: second, exitCode: 0, output: '' }] });
    account.affected('1', { notBefore: start + 48 * hour });
    await account.plan({ settings });
    const fault = { kind: 'reset', when: 'before' } as const;
    account.faults.add({ operation: 'InvokeCommand', fault });
    account.pass(127 * minute);
    await ticks(account, 20, settings);
    expect(account.ecs.invocations()).toHaveLength(0);
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).toMatchObject({ execute_at: '2026-12-02T18:00:00Z' });
  });

  it('that had begun when somebody restarted the instance is not run again', async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 4 * minute, exitCode: 0, output: '' }] });
    account.affected('1');
    await account.plan({ settings });
    await ticks(account, 1, settings);
    account.ecs.schedule(0, { kind: 'instance-restarted', instanceId: 'i-1', through: 'guest' });
    await ticks(account, 12, settings);
    expect(account.ecs.invocations()).toHaveLength(1);
    expect(account.sent).toBe(0);
  });

  /** True where one run of a command on i-1 begins before another one is over. */
  function overlaps(): boolean {
    const runs = account.ecs.invocations().map(({ creationTime, finishTime = Infinity }) => ({
      begin: creationTime,
      end: finishTime,
    }));
    return runs.some((one) => runs.some((other) => one.begin < other.begin && other.begin < one.end));
  }

  it('that still runs when its plan ended and is judged again runs once more, and only after that', async () => {
    const outcome = { ms: 4 * minute, exitCode: 0, output: '' };
    account.ecs.addCommand({ id: 'c-drain', outcomes: [outcome] });
    account.affected('1');
    await account.plan({ settings });
    await ticks(account, 1, settings);
    const move = async (notBefore: number): Promise<void> => {
      account.ecs.schedule(0, { kind: 'event-moved', eventId: 'e-1', notBefore });
      account.pass(second);
      await account.plan({ settings });
    };
    await move(start + 20 * minute);
    expect(account.row('i-1')).toMatchObject({ status: 'Missed', cause: 'too-late' });
    expect(account.row('i-1')['reason']).toContain('Undo');
    await move(start + 24 * hour);
    expect(account.row('i-1')).toMatchObject({ status: 'Planned' });
    await ticks(account, 14, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.ecs.invocations().map(({ status }) => status)).toEqual(['Success', 'Success']);
    expect(overlaps()).toBe(false);
  });

  it('that still runs when another event replaces its plan does not run beside itself', async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 4 * minute, exitCode: 0, output: '' }] });
    account.affected('1');
    await account.plan({ settings });
    await ticks(account, 1, settings);
    account.ecs.schedule(0, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
    account.ecs.addEvent({ id: 'e-2', instanceId: 'i-1', notBefore: start + 24 * hour });
    account.pass(second);
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', event_ids: '["e-2"]' });
    await ticks(account, 14, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.ecs.invocations()).toHaveLength(2);
    expect(overlaps()).toBe(false);
  });

  it('that ECS does not know ends the plan', async () => {
    account.affected('1');
    await account.plan({ settings });
    await account.execute({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'pre-command' });
    expect(account.sent).toBe(0);
  });

  it('is never the text of a tag: a tag that is no id leads to no command and no restart', async () => {
    account.affected('1', {}, { tags: { 'reboot-planner:pre-command': 'rm -rf /' } });
    await account.plan();
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped', cause: 'tag' });
    expect(account.callsOf('InvokeCommand')).toBe(0);
    expect(account.sent).toBe(0);
  });
});
