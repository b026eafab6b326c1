// Plans that are prepared before their time: PREPARE_LEAD before execute_at. It is 02:30 in Shanghai.
import { beforeEach, describe, expect, it } from 'vitest';
import { sentAt, snapshotsOf, ticks } from './preparation.ts';
import { Account, hour, minute, second, settingsOf, start } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
});

describe('a plan that is prepared before its time', () => {
  const settings = settingsOf({ BACKUP: 'snapshot', PREPARE_LEAD: '20h' });

  it('is restarted at its new time where NotBefore moves to an earlier time', async () => {
    account.pass(3 * hour);
    account.affected('1', { notBefore: start + 50 * hour });
    await account.plan({ settings });
    account.pass(30 * minute);
    await ticks(account, 4, settings);
    // Prepared for Thursday 02:00.
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', due_at_utc: '2026-12-02T18:00:00Z' });
    expect(account.reason('i-1')).toEqual({ code: 'prepared', values: { isTime: false } });
    // NotBefore is 10:30 on Wednesday. The last resort is two hours before.
    const moved = start + 8 * hour;
    account.ecs.schedule(start, { kind: 'event-moved', eventId: 'e-1', notBefore: moved });
    account.pass(1);
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({ due_at_utc: '2026-12-02T00:30:00Z' });
    account.pass(3 * hour);
    await ticks(account, 2, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.ecs.snapshots()).toHaveLength(1);
  });

  it('is not restarted before its time', async () => {
    account.affected('1');
    const later = settingsOf({ BACKUP: 'snapshot', MAINTENANCE_WINDOWS: 'daily 03:00-05:00' });
    await account.plan({ settings: later });
    await ticks(account, 30, later);
    expect(account.sent).toBe(0);
    expect(account.reason('i-1')).toEqual({ code: 'prepared', values: { isTime: false } });
  });

  it('makes no backup and runs no command with MODE=observe', async () => {
    account.affected('1');
    const observe = settingsOf({
      BACKUP: 'snapshot',
      PRE_COMMAND: 'c-drain',
      MODE: 'observe',
      MAINTENANCE_WINDOWS: 'daily 03:00-05:00',
    });
    await account.plan({ settings: observe });
    await ticks(account, 32, observe);
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped', cause: 'observe' });
    expect(account.ecs.snapshots()).toHaveLength(0);
    expect(account.ecs.invocations()).toHaveLength(0);
  });

  it('is prepared where backups are switched on while it waits', async () => {
    account.affected('1');
    const windows = { MAINTENANCE_WINDOWS: 'daily 03:00-05:00' };
    await account.plan({ settings: settingsOf(windows) });
    expect(account.row('i-1')).toMatchObject({ due_at_utc: '2026-12-01T19:00:00Z' });
    const on = settingsOf({ ...windows, BACKUP: 'snapshot' });
    account.pass(10 * minute);
    await account.plan({ settings: on });
    expect(account.row('i-1')).toMatchObject({ due_at_utc: '2026-12-01T18:45:00Z' });
    await ticks(account, 22, on);
    expect(snapshotsOf(account)).toEqual([{ status: 'accomplished', at: '2026-12-01T18:45:00.000Z' }]);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });
});

describe('instances of one group', () => {
  const settings = settingsOf({
    BACKUP: 'snapshot',
    PREPARE_LEAD: '1h',
    MAINTENANCE_WINDOWS: 'daily 04:00-05:00',
  });

  it('are backed up at the same time, and restarted one after another, each in its slot', async () => {
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
    expect(snapshotsOf(account).map(({ at }) => at)).toEqual([
      '2026-12-01T19:00:00.000Z',
      '2026-12-01T19:15:00.000Z',
      '2026-12-01T19:30:00.000Z',
    ]);
    expect(sentAt(account)).toEqual([
      '2026-12-01T20:00:00.000Z',
      '2026-12-01T20:15:00.000Z',
      '2026-12-01T20:30:00.000Z',
    ]);
  });

  it('wait for each other after their backups, even where all backups are late', async () => {
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
