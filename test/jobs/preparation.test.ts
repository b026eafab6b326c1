// What comes before the restart: backup and pre-command, over ticks, crashes and refusals. It is 02:30 in Shanghai, the
// window goes on to 05:00, and the maintenance comes a day later.
import { beforeEach, describe, expect, it } from 'vitest';
import { Account, hour, minute, second, settingsOf, start } from './stage.ts';

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

describe('a backup that is under way', () => {
  const settings = settingsOf({ BACKUP: 'snapshot' });
  const slow = { disks: [{ id: 'd-1', snapshotMs: 20 * minute }] };

  it('is waited for, too, where none is asked for any more: the restart would fail it', async () => {
    account.affected('1', {}, slow);
    await account.plan({ settings });
    await ticks(3, settings);
    await ticks(10);
    expect(account.sent).toBe(0);
    await ticks(12);
    expect(snapshots()).toEqual([{ status: 'accomplished', at: '2026-12-01T18:30:00.000Z' }]);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it('and is not asked for any more is waived where it fails, though it was required', async () => {
    account.affected('1', {}, slow);
    await account.plan({ settings });
    account.ecs.schedule(start, { kind: 'snapshot-fails', diskId: 'd-1' });
    await ticks(3, settings);
    await ticks(22);
    expect(account.sent).toBe(1);
    expect(account.story('i-1').join(' ')).toContain('since none is asked for any more');
  });

  it('goes on where the tag asks for it in another way: one snapshot, and the new way counts', async () => {
    account.affected('1', {}, slow);
    await account.plan({ settings });
    account.ecs.schedule(start, { kind: 'snapshot-fails', diskId: 'd-1' });
    await ticks(3, settings);
    await ticks(22, settingsOf({ BACKUP: 'snapshot', BACKUP_REQUIRED: 'false' }));
    expect(account.sent).toBe(1);
    expect(account.ecs.snapshots()).toHaveLength(1);
  });

  it('of an instance that is stopped meanwhile holds the restart up, and ends the plan: it failed', async () => {
    account.affected('1', {}, slow);
    await account.plan({ settings });
    account.ecs.schedule(start + 5 * minute, { kind: 'instance-stopped', instanceId: 'i-1' });
    account.ecs.schedule(start + 12 * minute, { kind: 'instance-started', instanceId: 'i-1' });
    await ticks(40, settings);
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'no-backup' });
  });

  it('does not keep the plan from ending with its event', async () => {
    account.affected('1', {}, slow);
    await account.plan({ settings });
    account.ecs.schedule(start + 5 * minute, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
    await ticks(10, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Cleared' });
    expect(account.sent).toBe(0);
  });

  it('is waited for while its plan moves with NotBefore: no second one is made', async () => {
    account.affected('1', { notBefore: start + 48 * hour }, slow);
    await account.plan({ settings });
    account.ecs.schedule(start + 5 * minute, {
      kind: 'event-moved',
      eventId: 'e-1',
      notBefore: start + 3 * hour,
    });
    await ticks(25, settings);
    expect(snapshots()).toEqual([{ status: 'accomplished', at: '2026-12-01T18:30:00.000Z' }]);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it('asks first where approvals are switched on meanwhile, and goes on where it stood', async () => {
    account.affected('1', {}, slow);
    await account.plan({ settings });
    await ticks(3, settings);
    const approval = settingsOf({ BACKUP: 'snapshot', MODE: 'approval' });
    await ticks(30, approval);
    expect(account.row('i-1')).toMatchObject({ status: 'AwaitingApproval' });
    account.edit('i-1', { approval: 'granted' });
    await account.plan({ settings: approval });
    await ticks(3, approval);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.ecs.snapshots()).toHaveLength(1);
  });

  it('takes in an event that is announced meanwhile, and its NotBefore counts', async () => {
    const optional = settingsOf({ BACKUP: 'snapshot', BACKUP_REQUIRED: 'false' });
    account.affected('1', { notBefore: start + 30 * hour }, { disks: [{ id: 'd-1', snapshotMs: 8 * hour }] });
    await account.plan({ settings: optional });
    await ticks(3, optional);
    account.ecs.addEvent({ id: 'e-2', instanceId: 'i-1', notBefore: start + hour });
    expect(await account.plan({ settings: optional })).toMatchObject({ updated: 1, problems: [] });
    expect(account.row('i-1')).toMatchObject({
      event_ids: '["e-2","e-1"]',
      not_before: '2026-12-01T19:30:00Z',
    });
    await ticks(30, optional);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.sent).toBe(1);
    expect(account.ecs.snapshots()).toHaveLength(1);
  });

  it('is left alone by planning while nothing changes', async () => {
    account.affected('1', {}, slow);
    await account.plan({ settings });
    await ticks(3, settings);
    const before = account.row('i-1');
    expect(await account.plan({ settings })).toMatchObject({ unchanged: 1, updated: 0, problems: [] });
    expect(account.row('i-1')).toEqual(before);
  });

  it('says so once, however often it cannot be looked after', async () => {
    account.affected('1', {}, { disks: [{ id: 'd-1', snapshotMs: 2 * hour }] });
    await account.plan({ settings });
    await ticks(2, settings);
    const before = account.story('i-1').length;
    const fault = { kind: 'error', status: 400, code: 'Throttling' } as const;
    account.faults.add({ operation: 'DescribeSnapshots', times: 1000, fault });
    await ticks(10, settings);
    expect(account.story('i-1')).toHaveLength(before + 1);
    expect(account.story('i-1').at(-1)).toContain('The backup could not be looked after');
  });
});

describe('what is prepared before its time', () => {
  const settings = settingsOf({ BACKUP: 'snapshot', PREPARE_LEAD: '20h' });

  it('is restarted at its new time where NotBefore is brought forward', async () => {
    account.pass(3 * hour);
    account.affected('1', { notBefore: start + 50 * hour });
    await account.plan({ settings });
    account.pass(30 * minute);
    await ticks(4, settings);
    // Prepared for Thursday 02:00.
    expect(account.row('i-1')).toMatchObject({
      status: 'Planned',
      reason: 'Prepared; its time has not come.',
      due_at_utc: '2026-12-02T18:00:00Z',
    });
    // 10:30 on Wednesday: the last resort comes two hours before.
    const moved = start + 8 * hour;
    account.ecs.schedule(start, { kind: 'event-moved', eventId: 'e-1', notBefore: moved });
    account.pass(1);
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({ due_at_utc: '2026-12-02T00:30:00Z' });
    account.pass(3 * hour);
    await ticks(2, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.ecs.snapshots()).toHaveLength(1);
  });

  it('is not restarted before its time', async () => {
    account.affected('1');
    const later = settingsOf({ BACKUP: 'snapshot', MAINTENANCE_WINDOWS: 'daily 03:00-05:00' });
    await account.plan({ settings: later });
    await ticks(30, later);
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).toMatchObject({ reason: 'Prepared; its time has not come.' });
  });

  it('is observed only where MODE=observe says so: no backup is made', async () => {
    account.affected('1');
    const observe = settingsOf({
      BACKUP: 'snapshot',
      PRE_COMMAND: 'c-drain',
      MODE: 'observe',
      MAINTENANCE_WINDOWS: 'daily 03:00-05:00',
    });
    await account.plan({ settings: observe });
    await ticks(32, observe);
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped', cause: 'observe' });
    expect(account.ecs.snapshots()).toHaveLength(0);
    expect(account.ecs.invocations()).toHaveLength(0);
  });

  it('is prepared for the first time where backups are switched on while it waits', async () => {
    account.affected('1');
    const windows = { MAINTENANCE_WINDOWS: 'daily 03:00-05:00' };
    await account.plan({ settings: settingsOf(windows) });
    expect(account.row('i-1')).toMatchObject({ due_at_utc: '2026-12-01T19:00:00Z' });
    const on = settingsOf({ ...windows, BACKUP: 'snapshot' });
    account.pass(10 * minute);
    await account.plan({ settings: on });
    expect(account.row('i-1')).toMatchObject({ due_at_utc: '2026-12-01T18:45:00Z' });
    await ticks(22, on);
    expect(snapshots()).toEqual([{ status: 'accomplished', at: '2026-12-01T18:45:00.000Z' }]);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });
});

describe('instances of one group', () => {
  const settings = settingsOf({
    BACKUP: 'snapshot',
    PREPARE_LEAD: '1h',
    MAINTENANCE_WINDOWS: 'daily 04:00-05:00',
  });
  const sentAt = (): string[] =>
    account.ecs.record.calls('RebootInstance').map(({ at }) => new Date(at).toISOString());

  it('are backed up side by side, and restarted one after the other, each in its slot', async () => {
    const tags = { 'reboot-planner:group': 'web' };
    for (const id of ['1', '2', '3']) {
      account.affected(id, {}, { tags, disks: [{ id: `d-${id}`, snapshotMs: 50 * minute }] });
    }
    await account.plan({ settings });
    for (let tick = 0; tick < 130; tick += 1) {
      if (tick % 10 === 0) await account.plan({ settings });
      await account.execute({ settings });
      account.pass(minute - (account.clock.now().epochMilliseconds % minute));
    }
    expect(snapshots().map(({ at }) => at)).toEqual([
      '2026-12-01T19:00:00.000Z',
      '2026-12-01T19:15:00.000Z',
      '2026-12-01T19:30:00.000Z',
    ]);
    expect(sentAt()).toEqual([
      '2026-12-01T20:00:00.000Z',
      '2026-12-01T20:15:00.000Z',
      '2026-12-01T20:30:00.000Z',
    ]);
  });

  it('wait for each other once their backups are there, even where all of them are late', async () => {
    const tags = { 'reboot-planner:group': 'web' };
    const late = settingsOf({ BACKUP: 'snapshot', POST_COMMAND: 'c-check' });
    account.ecs.addCommand({ id: 'c-check', outcomes: [{ ms: 90 * second, exitCode: 0, output: '' }] });
    for (const id of ['1', '2', '3']) {
      account.affected(id, {}, { tags, disks: [{ id: `d-${id}`, snapshotMs: 40 * minute }] });
    }
    await account.plan({ settings: late });
    for (let tick = 0; tick < 100; tick += 1) {
      await account.execute({ settings: late });
      const rows = ['i-1', 'i-2', 'i-3'].map((id) => String(account.row(id)['status']));
      expect(rows.filter((status) => status === 'Verifying').length).toBeLessThan(2);
      account.pass(minute - (account.clock.now().epochMilliseconds % minute));
    }
    expect(account.sent).toBe(3);
    for (const id of ['i-1', 'i-2', 'i-3']) expect(account.row(id)).toMatchObject({ status: 'Avoided' });
  });
});

describe('a backup that outlasts its last interval', () => {
  /** The maintenance comes at 12:30; without a window before, nothing follows this one. */
  const morning = { notBefore: start + 10 * hour };
  const slow = { disks: [{ id: 'd-1', snapshotMs: 8 * hour }] };

  it('calls a person where NO_WINDOW=leave allows no other', async () => {
    const settings = settingsOf({ BACKUP: 'snapshot', NO_WINDOW: 'leave' });
    account.affected('1', morning, slow);
    await account.plan({ settings });
    await ticks(140, settings);
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'no-backup' });
  });

  it('is waived where it is optional and NO_WINDOW=leave allows no other', async () => {
    const settings = settingsOf({ BACKUP: 'snapshot', NO_WINDOW: 'leave', BACKUP_REQUIRED: 'false' });
    account.affected('1', morning, slow);
    await account.plan({ settings });
    await ticks(140, settings);
    const [sent] = account.ecs.record.calls('RebootInstance');
    // The window's last slot begins at 04:45, and the decision falls three minutes before.
    expect(new Date(sent?.at ?? 0).toISOString()).toBe('2026-12-01T20:42:00.000Z');
  });

  it('is waived where what is left to the deadline after the window is shorter than a tick', async () => {
    const settings = settingsOf({ BACKUP: 'snapshot', BACKUP_REQUIRED: 'false' });
    account.affected('1', { notBefore: start + 166 * minute }, slow);
    await account.plan({ settings });
    await ticks(140, settings);
    expect(account.sent).toBe(1);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it('is waived early enough for the pre-command to be run', async () => {
    const settings = settingsOf({ BACKUP: 'snapshot', BACKUP_REQUIRED: 'false', PRE_COMMAND: 'c-drain' });
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 270 * second, exitCode: 0, output: '' }] });
    account.affected('1', { notBefore: start + hour }, slow);
    await account.plan({ settings });
    await ticks(40, settings);
    expect(account.sent).toBe(1);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
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

  it('that is another one by now is run, whatever was run in its place before', async () => {
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
    await ticks(3, settingsOf({ PRE_COMMAND: 'c-other' }));
    expect(account.ecs.invocations().map(({ commandId }) => commandId)).toEqual(['c-drain', 'c-other']);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it('is run once, however often ECS puts the restart off', async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: second, exitCode: 0, output: '' }] });
    account.affected('1');
    await account.plan({ settings });
    const fault = { kind: 'error', status: 400, code: 'Throttling' } as const;
    account.faults.add({ operation: 'RebootInstance', times: 3, fault });
    await ticks(6, settings);
    expect(account.ecs.invocations()).toHaveLength(1);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it('that ECS refused for minutes has its whole time limit from when it runs', async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 4 * minute, exitCode: 0, output: '' }] });
    account.affected('1');
    await account.plan({ settings });
    const fault = { kind: 'error', status: 400, code: 'Throttling' } as const;
    account.faults.add({ operation: 'InvokeCommand', times: 4, fault });
    await ticks(11, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.ecs.invocations()).toHaveLength(1);
  });

  it('that ECS keeps refusing ends the plan when its time limit is over', async () => {
    account.ecs.addCommand({ id: 'c-drain' });
    account.affected('1', {}, { cloudAssistant: false });
    await account.plan({ settings });
    await ticks(8, settings);
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'pre-command' });
  });

  it('that is under way when its interval ends is followed by no restart outside of it', async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 4 * minute, exitCode: 0, output: '' }] });
    account.affected('1', { notBefore: start + 32 * minute });
    await account.plan({ settings });
    // The margin ends at 02:32.
    await ticks(8, settings);
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).toMatchObject({ status: 'Missed' });
    expect(account.row('i-1')['reason']).toContain(
      'The pre-command c-drain had begun, and the instance was not restarted: undo what it did.',
    );
  });

  it('that had begun when the event was cancelled is to be undone, and the operator is told', async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 2 * minute, exitCode: 0, output: '' }] });
    account.affected('1');
    await account.plan({ settings });
    await account.execute({ settings });
    const now = account.clock.now().epochMilliseconds;
    account.ecs.schedule(now, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
    account.pass(minute);
    const { problems } = await account.execute({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Cleared' });
    expect(problems.map(({ problem }) => problem).join()).toContain('undo what it did');
  });

  it('that failed is run anew where a person sets the plan to Planned again', async () => {
    const outcomes = [
      { ms: second, exitCode: 3, output: '' },
      { ms: second, exitCode: 0, output: '' },
    ];
    account.ecs.addCommand({ id: 'c-drain', outcomes });
    account.affected('1');
    await account.plan({ settings });
    await ticks(3, settings);
    expect(account.ecs.invocations()).toHaveLength(1);
    account.edit('i-1', { status: 'Planned' });
    await account.plan({ settings });
    await ticks(2, settings);
    expect(account.ecs.invocations()).toHaveLength(2);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

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
