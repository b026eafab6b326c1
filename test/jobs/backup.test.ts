// The backup before a restart: how it is made, and what it leads to where it fails or is slow. It is 02:30 in Shanghai, the
// window ends at 05:00, and the maintenance comes a day later.
import { beforeEach, describe, expect, it } from 'vitest';
import { sentAt, snapshotsOf, ticks } from './preparation.ts';
import { Account, hour, minute, second, settingsOf, start } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
});

/** The ids of the local cloud: the first snapshot, and any group. */
const snapshotId = 's-local000000000000001';
const groupId = expect.stringMatching(/^ssg-\w+$/) as string;

/** The values of the entry of the timeline with this code. */
function entryOf(code: string): unknown {
  return account.timeline('i-1').find((entry) => entry.code === code)?.values;
}

describe('a backup', () => {
  const settings = settingsOf({ BACKUP: 'snapshot' });

  it('of one disk is one snapshot, and the restart waits for it over several runs', async () => {
    account.affected('1');
    await account.plan({ settings });
    await account.execute({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Preparing' });
    expect(account.sent).toBe(0);
    await ticks(account, 4, settings);
    expect(account.sent).toBe(1);
    expect(account.ecs.snapshots()).toHaveLength(1);
    expect(account.ecs.snapshots()[0]).toMatchObject({ status: 'accomplished' });
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it('begins one lead before execute_at, so that the restart is sent at execute_at', async () => {
    account.affected('1');
    const later = settingsOf({ BACKUP: 'snapshot', MAINTENANCE_WINDOWS: 'daily 03:00-05:00' });
    await account.plan({ settings: later });
    // 03:00 in Shanghai is half an hour ahead. The lead is the slot, a quarter of an hour.
    expect(account.row('i-1')).toMatchObject({
      execute_at: '2026-12-01T19:00:00Z',
      due_at_utc: '2026-12-01T18:45:00Z',
    });
    await ticks(account, 35, later);
    expect(snapshotsOf(account)).toEqual([{ status: 'accomplished', at: '2026-12-01T18:45:00.000Z' }]);
    expect(sentAt(account)).toEqual(['2026-12-01T19:00:00.000Z']);
  });

  it('of several ESSD disks is one group, and its snapshots are kept for the days of retention', async () => {
    account.affected('1', {}, { disks: [{ id: 'd-1' }, { id: 'd-2', type: 'data' }] });
    await account.plan({ settings });
    await ticks(account, 5, settings);
    expect(entryOf('backup-complete')).toEqual({ ids: [groupId], days: 7 });
    expect(account.ecs.snapshotGroups()).toHaveLength(1);
    expect(account.callsOf('CreateSnapshot')).toBe(0);
    expect(account.callsOf('ModifySnapshotAttribute')).toBe(2);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it('is complete even where its days of retention cannot be set, and the timeline says that it stays', async () => {
    account.affected('1', {}, { disks: [{ id: 'd-1' }, { id: 'd-2', type: 'data' }] });
    account.faults.add({
      operation: 'ModifySnapshotAttribute',
      times: 10,
      fault: { kind: 'error', status: 403, code: 'Forbidden.RAM', message: 'Not allowed.' },
    });
    await account.plan({ settings });
    await ticks(account, 5, settings);
    expect(entryOf('backup-complete')).toEqual({ ids: [groupId] });
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it('of other disks is a snapshot of each', async () => {
    account.affected('1', {}, { disks: [{ id: 'd-1' }, { id: 'd-2', type: 'data', category: 'cloud_ssd' }] });
    await account.plan({ settings });
    await ticks(account, 5, settings);
    expect(account.ecs.snapshots()).toHaveLength(2);
    expect(account.ecs.snapshotGroups()).toHaveLength(0);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it.each(['before', 'after'] as const)(
    'whose call is lost %s it took effect is one snapshot, because the token stays the same',
    async (when) => {
      account.affected('1');
      await account.plan({ settings });
      account.faults.add({ operation: 'CreateSnapshot', fault: { kind: 'reset', when } });
      await ticks(account, 6, settings);
      expect(account.ecs.snapshots()).toHaveLength(1);
      expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    },
  );

  it('that fails and is required ends the plan without a restart', async () => {
    account.affected('1', {}, { disks: [{ id: 'd-1' }] });
    account.ecs.schedule(start, { kind: 'snapshot-fails', diskId: 'd-1' });
    await account.plan({ settings });
    await ticks(account, 6, settings);
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'no-backup' });
    account.pass(15 * minute);
    await account.plan({ settings });
    await ticks(account, 3, settings);
    expect(account.sent).toBe(0);
  });

  it('that fails and is optional is waived, and the timeline says why', async () => {
    const optional = settingsOf({ BACKUP: 'snapshot', BACKUP_REQUIRED: 'false' });
    account.affected('1', {}, { disks: [{ id: 'd-1' }] });
    account.ecs.schedule(start, { kind: 'snapshot-fails', diskId: 'd-1' });
    await account.plan({ settings: optional });
    await ticks(account, 6, optional);
    expect(account.sent).toBe(1);
    expect(entryOf('backup-waived')).toEqual({
      why: {
        code: 'backup-failed',
        values: { ids: [snapshotId] },
        also: [{ code: 'backup-left', values: { ids: [snapshotId], unfinished: [] } }],
      },
      isOptional: true,
    });
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  describe('that is too slow for NotBefore', () => {
    const soon = { notBefore: start + hour };
    const slow = { disks: [{ id: 'd-1', snapshotMs: 4 * hour }] };

    it('ends the plan where it is required, and the row says what a person may do', async () => {
      account.affected('1', soon, slow);
      await account.plan({ settings });
      await ticks(account, 32, settings);
      expect(account.sent).toBe(0);
      expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'no-backup' });
      expect(account.reason('i-1')).toEqual({
        code: 'backup-missing',
        values: {
          why: {
            code: 'backup-too-slow',
            values: { why: { code: 'backup-incomplete', values: { ids: [snapshotId] } } },
            also: [{ code: 'backup-left', values: { ids: [snapshotId], unfinished: [snapshotId] } }],
          },
          also: [
            {
              code: 'restart-by-hand',
              values: { notBefore: '2026-12-01T19:30:00Z', timeZone: 'Asia/Shanghai' },
            },
          ],
        },
      });
    });

    it('is waived at the last moment where it is optional', async () => {
      const optional = settingsOf({ BACKUP: 'snapshot', BACKUP_REQUIRED: 'false' });
      account.affected('1', soon, slow);
      await account.plan({ settings: optional });
      await ticks(account, 32, optional);
      expect(account.sent).toBe(1);
      // The last start is at 03:00. The decision falls three minutes before.
      expect(sentAt(account)).toEqual(['2026-12-01T18:57:00.000Z']);
    });
  });

  it('that is too slow only for its window moves the restart to the next window', async () => {
    account.affected('1', { notBefore: start + 48 * hour }, { disks: [{ id: 'd-1', snapshotMs: 3 * hour }] });
    await account.plan({ settings });
    await ticks(account, 200, settings);
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', execute_at: '2026-12-02T18:00:00Z' });
    account.pass(21 * hour);
    await ticks(account, 3, settings);
    expect(account.sent).toBe(1);
    expect(account.ecs.snapshots()).toHaveLength(1);
  });
});

describe('a backup that outlasts its last interval', () => {
  /** The maintenance comes at 12:30. No other window opens before. */
  const morning = { notBefore: start + 10 * hour };
  const slow = { disks: [{ id: 'd-1', snapshotMs: 8 * hour }] };

  it('escalates the plan where NO_WINDOW=leave allows no other interval', async () => {
    const settings = settingsOf({ BACKUP: 'snapshot', NO_WINDOW: 'leave' });
    account.affected('1', morning, slow);
    await account.plan({ settings });
    await ticks(account, 140, settings);
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'no-backup' });
  });

  it('is waived where it is optional and NO_WINDOW=leave allows no other interval', async () => {
    const settings = settingsOf({ BACKUP: 'snapshot', NO_WINDOW: 'leave', BACKUP_REQUIRED: 'false' });
    account.affected('1', morning, slow);
    await account.plan({ settings });
    await ticks(account, 140, settings);
    // The last slot of the window begins at 04:45. The decision falls three minutes before.
    expect(sentAt(account)).toEqual(['2026-12-01T20:42:00.000Z']);
  });

  it('is waived where the time between its window and the deadline is shorter than a tick', async () => {
    const settings = settingsOf({ BACKUP: 'snapshot', BACKUP_REQUIRED: 'false' });
    account.affected('1', { notBefore: start + 166 * minute }, slow);
    await account.plan({ settings });
    await ticks(account, 140, settings);
    expect(account.sent).toBe(1);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it('is waived early enough for the pre-command', async () => {
    const settings = settingsOf({ BACKUP: 'snapshot', BACKUP_REQUIRED: 'false', PRE_COMMAND: 'c-drain' });
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 270 * second, exitCode: 0, output: '' }] });
    account.affected('1', { notBefore: start + hour }, slow);
    await account.plan({ settings });
    await ticks(account, 40, settings);
    expect(account.sent).toBe(1);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });
});
