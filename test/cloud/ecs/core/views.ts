// What an observer sees of disks, snapshots and commands: copies, which the cloud does not change afterwards.
import { groupStatus } from './snapshot-life.ts';
import type { InvocationView } from './commands.ts';
import type { DiskView } from './disks.ts';
import type { SnapshotGroupView, SnapshotView } from './snapshots.ts';
import type { World } from './world.ts';

/** In the order added. */
export function diskViews(world: World): DiskView[] {
  return [...world.disks.values()].map((disk) => ({ ...disk }));
}

/** In the order begun. */
export function snapshotViews(world: World): SnapshotView[] {
  return [...world.snapshots.values()].map((snapshot) => ({ ...snapshot }));
}

/** In the order begun. */
export function snapshotGroupViews(world: World): SnapshotGroupView[] {
  return [...world.snapshotGroups.values()].map(({ snapshots, ...group }) => ({
    ...group,
    snapshotIds: snapshots.map(({ id }) => id),
    status: groupStatus({ ...group, snapshots }),
  }));
}

/** In the order asked for. */
export function invocationViews(world: World): InvocationView[] {
  return world.runs.map((run) => ({ ...run }));
}
