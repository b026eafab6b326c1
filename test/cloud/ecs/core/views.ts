// What an observer sees of disks, snapshots and commands: copies, which the cloud does not change afterwards.
import { groupStatus } from './snapshot-life.ts';
import type { InvocationView } from './commands.ts';
import type { DiskView } from './disks.ts';
import type { SnapshotGroupView, SnapshotView } from './snapshots.ts';
import type { Account } from './account.ts';

/** In the order added. */
export function diskViews(account: Account): DiskView[] {
  return [...account.disks.values()].map((disk) => ({ ...disk }));
}

/** In the order begun. */
export function snapshotViews(account: Account): SnapshotView[] {
  return [...account.snapshots.values()].map((snapshot) => ({ ...snapshot }));
}

/** In the order begun. */
export function snapshotGroupViews(account: Account): SnapshotGroupView[] {
  return [...account.snapshotGroups.values()].map(({ snapshots, ...group }) => ({
    ...group,
    snapshotIds: snapshots.map(({ id }) => id),
    status: groupStatus({ ...group, snapshots }),
  }));
}

/** In the order asked for. */
export function invocationViews(account: Account): InvocationView[] {
  return account.runs.map((run) => ({ ...run }));
}
