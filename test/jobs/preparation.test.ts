// What comes before the restart: backup and pre-command, over ticks, crashes and refusals. It is 02:30 in Shanghai, the
// window goes on to 05:00, and the maintenance comes a day later.
import { beforeEach, describe, expect, it } from 'vitest';
import { Account, hour, minute, second, settingsOf, start } from './world.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
});

/** Ticks of the execute timer, a minute apart. */
async function ticks(count: number, settings = settingsOf()): Promise<void> {
  for (let tick = 0; tick < count; tick += 1) {
    await account.execute({ settings });
    account.pass(minute);
  }
}

function snapshots(): { status: string; at: string }[] {
  return account.ecs.snapshots().map(({ status, creationTime }) => ({
    status,
    at: new Date(creationTime).toISOString(),
  }));
}

describe('a backup', () => {
  const settings = settingsOf({ BACKUP: 'snapshot' });

  it('of one disk is a snapshot, waited for over ticks, and then the instance is restarted', async () => {
    account.affected('1');
    await account.plan({ settings });
    await account.execute({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Preparing' });
    expect(account.sent).toBe(0);
    await ticks(4, settings);
    expect(account.sent).toBe(1);
    expect(account.ecs.snapshots()).toHaveLength(1);
    expect(account.ecs.snapshots()[0]).toMatchObject({ status: 'accomplished' });
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it('begins the lead before execute_at, so that the restart comes at execute_at', async () => {
    account.affected('1');
    const later = settingsOf({ BACKUP: 'snapshot', MAINTENANCE_WINDOWS: 'daily 03:00-05:00' });
    await account.plan({ settings: later });
    // 03:00 in Shanghai is half an hour ahead; the lead is the slot, a quarter of an hour.
    expect(account.row('i-1')).toMatchObject({
      execute_at: '2026-12-01T19:00:00Z',
      due_at_utc: '2026-12-01T18:45:00Z',
    });
    await ticks(35, later);
    expect(snapshots()).toEqual([{ status: 'accomplished', at: '2026-12-01T18:45:00.000Z' }]);
    const [sent] = account.ecs.record.calls('RebootInstance');
    expect(new Date(sent?.at ?? 0).toISOString()).toBe('2026-12-01T19:00:00.000Z');
  });

  it('of several ESSD disks is one group, and its members are kept for the days of retention', async () => {
    account.affected('1', {}, { disks: [{ id: 'd-1' }, { id: 'd-2', type: 'data' }] });
    await account.plan({ settings });
    await ticks(5, settings);
    expect(account.story('i-1').join(' ')).toMatch(/The backup is complete: ssg-\w+, kept for 7 days\./);
    expect(account.ecs.snapshotGroups()).toHaveLength(1);
    expect(account.callsOf('CreateSnapshot')).toBe(0);
    expect(account.callsOf('ModifySnapshotAttribute')).toBe(2);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it('whose days of retention cannot be set is complete all the same, and the timeline says that it stays', async () => {
    account.affected('1', {}, { disks: [{ id: 'd-1' }, { id: 'd-2', type: 'data' }] });
    account.faults.add({
      operation: 'ModifySnapshotAttribute',
      times: 10,
      fault: { kind: 'error', status: 403, code: 'Forbidden.RAM', message: 'Not allowed.' },
    });
    await account.plan({ settings });
    await ticks(5, settings);
    expect(account.story('i-1').join(' ')).toMatch(
      /The backup is complete: ssg-\w+, kept until you delete it\./,
    );
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it('of other disks is a snapshot of each', async () => {
    account.affected('1', {}, { disks: [{ id: 'd-1' }, { id: 'd-2', type: 'data', category: 'cloud_ssd' }] });
    await account.plan({ settings });
    await ticks(5, settings);
    expect(account.ecs.snapshots()).toHaveLength(2);
    expect(account.ecs.snapshotGroups()).toHaveLength(0);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it.each(['before', 'after'] as const)(
    'whose call is lost %s its work is begun again with the same token: one snapshot',
    async (when) => {
      account.affected('1');
      await account.plan({ settings });
      account.faults.add({ operation: 'CreateSnapshot', fault: { kind: 'reset', when } });
      await ticks(6, settings);
      expect(account.ecs.snapshots()).toHaveLength(1);
      expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    },
  );

  it('that fails ends a plan that requires it, and nothing is restarted', async () => {
    account.affected('1', {}, { disks: [{ id: 'd-1' }] });
    account.ecs.schedule(start, { kind: 'snapshot-fails', diskId: 'd-1' });
    await account.plan({ settings });
    await ticks(6, settings);
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'no-backup' });
    account.pass(15 * minute);
    await account.plan({ settings });
    await ticks(3, settings);
    expect(account.sent).toBe(0);
  });

  it('that fails is waived where it is optional, and the timeline says so', async () => {
    const optional = settingsOf({ BACKUP: 'snapshot', BACKUP_REQUIRED: 'false' });
    account.affected('1', {}, { disks: [{ id: 'd-1' }] });
    account.ecs.schedule(start, { kind: 'snapshot-fails', diskId: 'd-1' });
    await account.plan({ settings: optional });
    await ticks(6, optional);
    expect(account.sent).toBe(1);
    expect(account.story('i-1').join(' ')).toContain('goes on without a backup');
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  describe('that is too slow for NotBefore', () => {
    const soon = { notBefore: start + hour };
    const slow = { disks: [{ id: 'd-1', snapshotMs: 4 * hour }] };

    it('ends a plan that requires it', async () => {
      account.affected('1', soon, slow);
      await account.plan({ settings });
      await ticks(32, settings);
      expect(account.sent).toBe(0);
      expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'no-backup' });
      expect(account.row('i-1')['reason']).toContain(
        'The backup s-local000000000000001 is not complete yet. NotBefore is too near to wait any longer; a restart fails a snapshot that is still being made. Nothing was rebooted, since the backup is required. Restart the instance yourself before NotBefore, Wed 2026-12-02 03:30 Asia/Shanghai, or leave it to ECS.',
      );
    });

    it('is waived at the last moment where it is optional', async () => {
      const optional = settingsOf({ BACKUP: 'snapshot', BACKUP_REQUIRED: 'false' });
      account.affected('1', soon, slow);
      await account.plan({ settings: optional });
      await ticks(32, optional);
      expect(account.sent).toBe(1);
      const [sent] = account.ecs.record.calls('RebootInstance');
      // The margin ends at 03:00; the decision falls three minutes before.
      expect(new Date(sent?.at ?? 0).toISOString()).toBe('2026-12-01T18:57:00.000Z');
    });
  });

  it('that is too slow for its window only is waited for, and the restart moves to the next one', async () => {
    account.affected('1', { notBefore: start + 48 * hour }, { disks: [{ id: 'd-1', snapshotMs: 3 * hour }] });
    await account.plan({ settings });
    for (let tick = 0; tick < 200; tick += 1) {
      await account.execute({ settings });
      account.pass(minute);
    }
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', execute_at: '2026-12-02T18:00:00Z' });
    account.pass(21 * hour);
    await ticks(3, settings);
    expect(account.sent).toBe(1);
    expect(account.ecs.snapshots()).toHaveLength(1);
  });
});

describe('a pre-command', () => {
  const settings = settingsOf({ PRE_COMMAND: 'c-drain' });

  it('that ends with 0 lets the instance be restarted', async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 4 * second, exitCode: 0, output: 'drained' }] });
    account.affected('1');
    await account.plan({ settings });
    expect(await account.execute({ settings })).toMatchObject({ rebooted: 1, avoided: 1, problems: [] });
    expect(account.story('i-1')).toContain(
      'The pre-command c-drain succeeded; it printed at the end: "drained".',
    );
  });

  it('that fails keeps the instance from being restarted, and the row has the end of its output', async () => {
    account.ecs.addCommand({
      id: 'c-drain',
      outcomes: [{ ms: second, exitCode: 3, output: 'still 2 sessions' }],
    });
    account.affected('1');
    await account.plan({ settings });
    const report = await account.execute({ settings });
    expect(report).toMatchObject({ rebooted: 0, escalated: 1 });
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'pre-command' });
    expect(account.row('i-1')['reason']).toBe(
      'The pre-command c-drain failed with exit code 3; it printed at the end: "still 2 sessions". Nothing was rebooted; see what the command left behind. Restart the instance yourself before NotBefore, Thu 2026-12-03 02:30 Asia/Shanghai, or leave it to ECS.',
    );
    expect(account.sent).toBe(0);
  });

  it('that takes longer than a tick is asked for again, not run again', async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 150 * second, exitCode: 0, output: '' }] });
    account.affected('1');
    await account.plan({ settings });
    await ticks(5, settings);
    expect(account.ecs.invocations()).toHaveLength(1);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it.each(['before', 'after'] as const)(
    'whose call is lost %s its work is begun again with the same token: it runs once',
    async (when) => {
      account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: second, exitCode: 0, output: '' }] });
      account.affected('1');
      await account.plan({ settings });
      account.faults.add({ operation: 'InvokeCommand', fault: { kind: 'reset', when } });
      await ticks(3, settings);
      expect(account.ecs.invocations()).toHaveLength(1);
      expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    },
  );

  it('that ECS does not know ends the plan', async () => {
    account.affected('1');
    await account.plan({ settings });
    await account.execute({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'pre-command' });
    expect(account.sent).toBe(0);
  });

  it('is never a text of a tag: one that is no id keeps the instance from being restarted', async () => {
    account.affected('1', {}, { tags: { 'reboot-planner:pre-command': 'rm -rf /' } });
    await account.plan();
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped', cause: 'tag' });
    expect(account.callsOf('InvokeCommand')).toBe(0);
    expect(account.sent).toBe(0);
  });
});

describe('a post-command', () => {
  const settings = settingsOf({ POST_COMMAND: 'c-check' });

  it('that ends with 0 makes the plan Avoided', async () => {
    account.ecs.addCommand({ id: 'c-check', outcomes: [{ ms: second, exitCode: 0, output: 'ok' }] });
    account.affected('1');
    await account.plan({ settings });
    await ticks(2, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.ecs.invocations()).toHaveLength(1);
  });

  it('that fails calls a person although the event is Avoided', async () => {
    account.ecs.addCommand({
      id: 'c-check',
      outcomes: [{ ms: second, exitCode: 1, output: 'port closed\n  by its owner\n' }],
    });
    account.affected('1');
    await account.plan({ settings });
    await ticks(2, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    expect(account.row('i-1')['reason']).toContain(
      'But the post-command c-check failed with exit code 1; it printed at the end: "port closed / by its owner". Look',
    );
    expect(account.sent).toBe(1);
  });
});

describe('the health of a restarted instance', () => {
  it('is waited for, and a person is called where it does not come back', async () => {
    account.affected('1', {}, { healthStatus: 'Impaired' });
    await account.plan();
    await ticks(3);
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying' });
    await ticks(31);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    expect(account.row('i-1')['reason']).toContain('ECS reports its health as Impaired.');
  });
});
