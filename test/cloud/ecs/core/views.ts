// Disks, snapshots and runs of commands, as an observer sees them. These are copies: the cloud never changes them.
import { groupStatus } from './snapshot-life.ts';
import type { InvocationView } from './commands.ts';
import type { DiskView } from './disks.ts';
import type { SnapshotGroupView, SnapshotView } from './snapshots.ts';
import type { PlanMaintenanceWindowView } from './types.ts';
import type { Account } from './account.ts';

/** Every disk, in the order added. */
export function diskViews(account: Account): DiskView[] {
  return [...account.disks.values()].map((disk) => ({ ...disk }));
}

/** Every snapshot, in the order started. */
export function snapshotViews(account: Account): SnapshotView[] {
  return [...account.snapshots.values()].map((snapshot) => ({ ...snapshot }));
}

/** Every group, in the order started. */
export function snapshotGroupViews(account: Account): SnapshotGroupView[] {
  return [...account.snapshotGroups.values()].map(({ snapshots, ...group }) => ({
    ...group,
    snapshotIds: snapshots.map(({ id }) => id),
    status: groupStatus({ ...group, snapshots }),
  }));
}

/** Every run, in the order of the calls. */
export function invocationViews(account: Account): InvocationView[] {
  return account.runs.map((run) => ({ ...run }));
}

/** Every O&M window, in the order added. */
export function planWindowViews(account: Account): PlanMaintenanceWindowView[] {
  return [...account.planWindows.values()].map(({ id, enable, modifiedTime, target, period }) => {
    return { id, enable, modifiedTime, target, period };
  });
}
