// Promise 5: a required backup that cannot be determined means no reboot. A step that began without a disk, or runs without
// a snapshot, has made no backup. Only an edit makes such a row; an edit must never lead to a reboot that the promises forbid.
import { describe, expect, it } from 'vitest';
import { ticks } from '../jobs/preparation.ts';
import { Account, settingsOf } from '../jobs/stage.ts';

const settings = settingsOf({ BACKUP: 'snapshot', BACKUP_REQUIRED: 'true' });
const at = '2026-12-01T18:30:00Z';

describe('a required backup', () => {
  it.each([
    ['runs, and names no snapshot', { state: 'running', method: 'snapshots', diskIds: ['d-1'], ids: [] }],
    ['begins, and names no disk', { state: 'starting', method: 'snapshots', ids: [] }],
  ])('that %s does not count as complete: nothing is rebooted without a snapshot', async (_what, step) => {
    const account = new Account();
    account.affected('1', {}, { disks: [{ id: 'd-1' }] });
    await account.plan({ settings });
    account.edit('i-1', { steps: JSON.stringify([{ name: 'backup', at, ...step }]) });
    await ticks(account, 6, settings);
    const made = account.ecs.snapshots().filter(({ status }) => status === 'accomplished');
    expect({ sent: account.sent, backups: made.length }).not.toEqual({ sent: 1, backups: 0 });
  });
});
