// The backup of several disks, where one of its calls is refused or the execution dies between two of them. It is 02:30 in
// Shanghai, the window ends at 05:00, and the maintenance comes a day later.
import { beforeEach, describe, expect, it } from 'vitest';
import type { PlanStore, StartOutcome } from '../../lib/ports.ts';
import { sentAt, snapshotsOf, ticks } from './preparation.ts';
import { replacing } from './replacing.ts';
import { Account, hour, minute, settingsOf, start } from './stage.ts';

let account: Account;

const required = settingsOf({ BACKUP: 'snapshot' });
const optional = settingsOf({ BACKUP: 'snapshot', BACKUP_REQUIRED: 'false' });

/** Three disks that are no ESSD, so that each gets a snapshot of its own. The snapshot of the first takes so long. */
function disks(firstMs: number): object[] {
  return [
    { id: 'd-1', category: 'cloud_ssd', snapshotMs: firstMs },
    { id: 'd-2', type: 'data', category: 'cloud_ssd', snapshotMs: minute },
    { id: 'd-3', type: 'data', category: 'cloud_ssd', snapshotMs: minute },
  ];
}

beforeEach(() => {
  account = new Account();
});

/** ECS refuses the snapshot of the third disk for good. */
async function executeRefusing(settings = required): Promise<void> {
  const refusal: StartOutcome = {
    kind: 'refused',
    again: 'never',
    code: 'QuotaExceed.Snapshot',
    message: 'full',
  };
  await account.execute({
    settings,
    backups: (real) =>
      replacing(real, {
        createSnapshot: (regionId, request) =>
          request.diskId === 'd-3' ? Promise.resolve(refusal) : real.createSnapshot(regionId, request),
      }),
  });
}

function idsInRow(): unknown {
  const steps = JSON.parse(String(account.row('i-1')['steps'])) as { name: string; ids: string[] }[];
  return steps.find(({ name }) => name === 'backup')?.ids;
}

const [first, second] = ['s-local000000000000001', 's-local000000000000002'];

describe('the snapshots of several disks', () => {
  it.each([1, 2, 3, 4])(
    'are all known after a crash right after write %i, and none is made twice',
    async (last) => {
      account.affected('1', {}, { disks: disks(minute) });
      await account.plan({ settings: required });
      let writes = 0;
      const dying = (real: PlanStore): PlanStore =>
        replacing(real, {
          writeAll: async (all) => {
            const outcomes = await real.writeAll(all);
            writes += 1;
            if (writes > last) throw new Error('killed');
            return outcomes;
          },
          write: async (one) => {
            const outcome = await real.write(one);
            writes += 1;
            if (writes > last) throw new Error('killed');
            return outcome;
          },
        });
      await account.execute({ settings: required, store: dying });
      const known = idsInRow() as string[] | undefined;
      account.pass(3 * minute);
      await ticks(account, 5, required);
      expect(account.ecs.snapshots()).toHaveLength(3);
      expect(idsInRow()).toEqual(expect.arrayContaining(known ?? []));
      expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    },
  );

  it('that were begun before a refusal are named at the end of the plan', async () => {
    account.affected('1', {}, { disks: disks(hour) });
    await account.plan({ settings: required });
    await executeRefusing();
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'no-backup' });
    expect(account.reason('i-1').values['why']).toEqual({
      code: 'backup-refused',
      values: { errorCode: 'QuotaExceed.Snapshot', message: 'full' },
      also: [{ code: 'backup-left', values: { ids: [first, second], unfinished: [first, second] } }],
    });
    expect(idsInRow()).toEqual([first, second]);
  });

  it('that were begun before a refusal are waited for where the backup is optional, and do not fail', async () => {
    account.affected('1', {}, { disks: disks(10 * minute) });
    await account.plan({ settings: optional });
    for (let tick = 0; tick < 14; tick += 1) {
      await executeRefusing(optional);
      account.pass(minute);
      if (tick === 8) expect(account.sent).toBe(0);
      if (tick === 8) expect(account.reason('i-1').code).toBe('backup-unfinished');
    }
    expect(account.sent).toBe(1);
    expect(snapshotsOf(account).map(({ status }) => status)).toEqual(['accomplished', 'accomplished']);
    const waived = account.timeline('i-1').find(({ code }) => code === 'backup-waived')?.values;
    expect(waived).toMatchObject({
      why: { also: [{ code: 'backup-left', values: { ids: [first, second], unfinished: [] } }] },
    });
  });

  it('that outlast the interval are given up at its last moment, and the timeline names them', async () => {
    account.affected('1', { notBefore: start + hour }, { disks: disks(4 * hour) });
    await account.plan({ settings: optional });
    for (let tick = 0; tick < 30; tick += 1) {
      await executeRefusing(optional);
      account.pass(minute);
    }
    // The last start is at 03:00. The decision falls three minutes before.
    expect(sentAt(account)).toEqual(['2026-12-01T18:57:00.000Z']);
    const waived = account.timeline('i-1').find(({ code }) => code === 'backup-waived')?.values;
    expect(waived).toMatchObject({
      why: { also: [{ code: 'backup-left', values: { ids: [first, second], unfinished: [first] } }] },
    });
  });
});

describe('a backup whose retention ends before the restart', () => {
  it.each([
    ['was still being made at the last look', minute],
    ['was complete', 4 * minute],
  ])('is made again, and the timeline says why, where it %s', async (_, ms) => {
    const oneDay = settingsOf({ BACKUP: 'snapshot', BACKUP_RETENTION_DAYS: '1' });
    account.affected('1', { notBefore: start + 96 * hour });
    await account.plan({ settings: oneDay });
    const fault = { kind: 'error', status: 400, code: 'Throttling' } as const;
    account.faults.add({ operation: 'RebootInstance', times: 5, fault });
    await ticks(account, ms / minute, oneDay);
    account.faults.clear();
    // Whether or not the row knows that it is complete. A person moves the restart to the day after tomorrow.
    account.edit('i-1', {
      status: 'Planned',
      execute_at: '2026-12-03T18:00:00Z',
      latest_start: '2026-12-03T20:00:00Z',
      pinned: 'true',
    });
    await account.plan({ settings: oneDay });
    expect(account.row('i-1')).toMatchObject({ execute_at: '2026-12-03T18:00:00Z' });
    account.pass(Date.UTC(2026, 11, 3, 17, 45) - account.clock.now().epochMilliseconds);
    await ticks(account, 20, oneDay);
    expect(account.ecs.snapshots()).toHaveLength(2);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    const begins = account.timeline('i-1').filter(({ code }) => code === 'backup-begins');
    expect(begins[1]?.values).toMatchObject({
      also: [{ code: 'backup-expired', values: { ids: [first], days: 1 } }],
    });
  });

  it('is not made again for a restart within its retention', async () => {
    const threeDays = settingsOf({ BACKUP: 'snapshot', BACKUP_RETENTION_DAYS: '3' });
    account.affected('1', { notBefore: start + 96 * hour });
    await account.plan({ settings: threeDays });
    await ticks(account, 1, threeDays);
    account.edit('i-1', {
      status: 'Planned',
      execute_at: '2026-12-03T18:00:00Z',
      latest_start: '2026-12-03T20:00:00Z',
      pinned: 'true',
    });
    await account.plan({ settings: threeDays });
    account.pass(Date.UTC(2026, 11, 3, 17, 45) - account.clock.now().epochMilliseconds);
    await ticks(account, 20, threeDays);
    expect(account.ecs.snapshots()).toHaveLength(1);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });
});
