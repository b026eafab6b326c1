// What may happen while a backup runs. It takes 20 minutes. It is 02:30 in Shanghai, the window ends at 05:00, and the
// maintenance comes a day later.
import { beforeEach, describe, expect, it } from 'vitest';
import { snapshotsOf, ticks } from './preparation.ts';
import { Account, hour, minute, settingsOf, start } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
});

describe('a backup that is under way', () => {
  const settings = settingsOf({ BACKUP: 'snapshot' });
  const slow = { disks: [{ id: 'd-1', snapshotMs: 20 * minute }] };

  it('is waited for even where none is wanted any more, because the restart would fail it', async () => {
    account.affected('1', {}, slow);
    await account.plan({ settings });
    await ticks(account, 3, settings);
    await ticks(account, 10);
    expect(account.sent).toBe(0);
    await ticks(account, 12);
    expect(snapshotsOf(account)).toEqual([{ status: 'accomplished', at: '2026-12-01T18:30:00.000Z' }]);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it('is waived where it fails and none is wanted any more, although it was required', async () => {
    account.affected('1', {}, slow);
    await account.plan({ settings });
    account.ecs.schedule(start, { kind: 'snapshot-fails', diskId: 'd-1' });
    await ticks(account, 3, settings);
    await ticks(account, 22);
    expect(account.sent).toBe(1);
    expect(account.timeline('i-1').find(({ code }) => code === 'backup-waived')?.values).toMatchObject({
      why: { code: 'backup-failed' },
      isOptional: false,
    });
  });

  it('stays the only backup where the settings make it optional, and the new settings count', async () => {
    account.affected('1', {}, slow);
    await account.plan({ settings });
    account.ecs.schedule(start, { kind: 'snapshot-fails', diskId: 'd-1' });
    await ticks(account, 3, settings);
    await ticks(account, 22, settingsOf({ BACKUP: 'snapshot', BACKUP_REQUIRED: 'false' }));
    expect(account.sent).toBe(1);
    expect(account.ecs.snapshots()).toHaveLength(1);
  });

  it('ends the plan without a restart where it fails because the instance was stopped', async () => {
    account.affected('1', {}, slow);
    await account.plan({ settings });
    account.ecs.schedule(start + 5 * minute, { kind: 'instance-stopped', instanceId: 'i-1' });
    account.ecs.schedule(start + 12 * minute, { kind: 'instance-started', instanceId: 'i-1' });
    await ticks(account, 40, settings);
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'no-backup' });
  });

  it('does not stop the plan from ending with its event', async () => {
    account.affected('1', {}, slow);
    await account.plan({ settings });
    account.ecs.schedule(start + 5 * minute, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
    await ticks(account, 10, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Cleared' });
    expect(account.sent).toBe(0);
  });

  it('stays the only backup where its plan moves with NotBefore', async () => {
    account.affected('1', { notBefore: start + 48 * hour }, slow);
    await account.plan({ settings });
    account.ecs.schedule(start + 5 * minute, {
      kind: 'event-moved',
      eventId: 'e-1',
      notBefore: start + 3 * hour,
    });
    await ticks(account, 25, settings);
    expect(snapshotsOf(account)).toEqual([{ status: 'accomplished', at: '2026-12-01T18:30:00.000Z' }]);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it('stays the only backup where its plan needs an approval now and continues after it', async () => {
    account.affected('1', {}, slow);
    await account.plan({ settings });
    await ticks(account, 3, settings);
    const approval = settingsOf({ BACKUP: 'snapshot', MODE: 'approval' });
    await ticks(account, 30, approval);
    expect(account.row('i-1')).toMatchObject({ status: 'AwaitingApproval' });
    account.edit('i-1', { approval: 'granted' });
    await account.plan({ settings: approval });
    await ticks(account, 3, approval);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.ecs.snapshots()).toHaveLength(1);
  });

  it('stays the only backup where its plan takes in another event, whose NotBefore then counts', async () => {
    const optional = settingsOf({ BACKUP: 'snapshot', BACKUP_REQUIRED: 'false' });
    account.affected('1', { notBefore: start + 30 * hour }, { disks: [{ id: 'd-1', snapshotMs: 8 * hour }] });
    await account.plan({ settings: optional });
    await ticks(account, 3, optional);
    account.ecs.addEvent({ id: 'e-2', instanceId: 'i-1', notBefore: start + hour });
    expect(await account.plan({ settings: optional })).toMatchObject({ updated: 1, problems: [] });
    expect(account.row('i-1')).toMatchObject({
      event_ids: '["e-2","e-1"]',
      not_before: '2026-12-01T19:30:00Z',
    });
    await ticks(account, 30, optional);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.sent).toBe(1);
    expect(account.ecs.snapshots()).toHaveLength(1);
  });

  it('leads to no write of the plan function while nothing changes', async () => {
    account.affected('1', {}, slow);
    await account.plan({ settings });
    await ticks(account, 3, settings);
    const before = account.row('i-1');
    expect(await account.plan({ settings })).toMatchObject({ unchanged: 1, updated: 0, problems: [] });
    expect(account.row('i-1')).toEqual(before);
  });

  it('is reported in the timeline once, however often it cannot be read', async () => {
    account.affected('1', {}, { disks: [{ id: 'd-1', snapshotMs: 2 * hour }] });
    await account.plan({ settings });
    await ticks(account, 2, settings);
    const before = account.story('i-1').length;
    const fault = { kind: 'error', status: 400, code: 'Throttling' } as const;
    account.faults.add({ operation: 'DescribeSnapshots', times: 1000, fault });
    await ticks(account, 10, settings);
    expect(account.story('i-1')).toHaveLength(before + 1);
    expect(account.timeline('i-1').at(-1)).toMatchObject({
      code: 'backup-unreadable',
      // The words of the failed read.
      values: { message: expect.stringContaining('DescribeSnapshots') as string },
    });
  });

  it('is a problem of each run that cannot read it, as where the role lacks the right', async () => {
    account.affected('1', {}, { disks: [{ id: 'd-1' }] });
    await account.plan({ settings });
    const fault = { kind: 'error', status: 403, code: 'Forbidden.RAM' } as const;
    account.faults.add({ operation: 'DescribeDisks', times: 1000, fault });
    for (let tick = 0; tick < 2; tick += 1) {
      const { problems } = await account.execute({ settings });
      expect(problems.map(({ code, instanceId }) => `${code} ${instanceId}`)).toEqual([
        'backup-unreadable i-1',
      ]);
      account.pass(minute);
    }
    expect(account.row('i-1')).toMatchObject({ status: 'Preparing' });
  });
});
