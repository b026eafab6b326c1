// The life cycle of a snapshot: progressing until its time is over, or until something happens to its instance.
import type { Call } from './actions/action.ts';
import type { Disk } from './disks.ts';
import type { Snapshot, SnapshotGroup, SnapshotStatus } from './snapshots.ts';
import type { Interruption } from './types.ts';
import type { Instance, Account } from './account.ts';

const day = 24 * 60 * 60 * 1000;

/** What a call specifies for the snapshot that it creates. */
export interface SnapshotRequest {
  groupId?: string;
  name?: string | undefined;
  description?: string | undefined;
  retentionDays?: number | undefined;
  tags: Readonly<Record<string, string>>;
}

/** Starts a snapshot of a disk. Does not check whether the disk allows it. */
export function beginSnapshot(
  account: Account,
  disk: Disk,
  { at, requestId }: Omit<Call, 'params'>,
  request: SnapshotRequest,
): Snapshot {
  const order = account.count('snapshot');
  const id = `s-local${order.toString().padStart(15, '0')}`;
  const fails = disk.failures > 0;
  if (fails) disk.failures -= 1;
  const snapshot: Snapshot = {
    id,
    order,
    diskId: disk.id,
    diskType: disk.type,
    diskSizeGib: disk.sizeGib,
    instanceId: disk.instanceId,
    regionId: disk.regionId,
    groupId: request.groupId,
    name: request.name,
    description: request.description,
    retentionDays: request.retentionDays,
    tags: request.tags,
    creationTime: at,
    requestId,
    dueTime: at + account.duration(disk.snapshotMs ?? account.options.snapshotMs, id),
    status: 'progressing',
    endTime: undefined,
    failedBecause: undefined,
  };
  account.addSnapshot(snapshot, at);
  account.agenda.add(snapshot.dueTime, (then) => {
    end(account, snapshot, then, fails ? 'script' : undefined);
  });
  return snapshot;
}

/** Fails the unfinished snapshots of the instance's disks. */
export function failSnapshots(account: Account, instance: Instance, at: number, because: Interruption): void {
  for (const snapshot of account.snapshots.values()) {
    if (snapshot.instanceId === instance.id) end(account, snapshot, at, because);
  }
}

/** Whether the snapshot still exists. It is released `RetentionDays` after its creation. */
export function isKept({ creationTime, retentionDays }: Snapshot, at: number): boolean {
  return retentionDays === undefined || at < creationTime + retentionDays * day;
}

/** The progress in whole percent. For a failed snapshot, the progress at its failure. */
export function progressOf(snapshot: Snapshot, at: number): number {
  if (snapshot.status === 'accomplished') return 100;
  const { creationTime, dueTime, endTime = at } = snapshot;
  return Math.min(99, Math.floor((100 * (endTime - creationTime)) / Math.max(1, dueTime - creationTime)));
}

/** Failed as soon as one snapshot failed. Accomplished when all are. */
export function groupStatus({ snapshots }: SnapshotGroup): SnapshotStatus {
  if (snapshots.some(({ status }) => status === 'failed')) return 'failed';
  return snapshots.every(({ status }) => status === 'accomplished') ? 'accomplished' : 'progressing';
}

function end(account: Account, snapshot: Snapshot, at: number, because: Snapshot['failedBecause']): void {
  if (snapshot.status !== 'progressing') return;
  snapshot.endTime = at;
  snapshot.failedBecause = because;
  account.setSnapshot(snapshot, because === undefined ? 'accomplished' : 'failed', at);
}
