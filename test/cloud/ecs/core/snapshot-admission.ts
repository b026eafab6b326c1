// The checks of names and disks that CreateSnapshot and CreateSnapshotGroup make before they create anything.
import { EcsError } from './ecs-errors.ts';
import { isKept } from './snapshot-life.ts';
import type { Disk } from './disks.ts';
import type { Account } from './account.ts';

/**
 * 2 to 128 letters, digits and `:_.-`, with a letter first. The name of a snapshot must also not start with `auto`.
 */
export function isName(text: string): boolean {
  return /^\p{L}[\p{L}\p{Nd}:_.-]{1,127}$/u.test(text);
}

/** 2 to 256 characters that do not start with `http://` or `https://`. */
export function isDescription(text: string): boolean {
  return /^.{2,256}$/su.test(text) && !/^https?:\/\//.test(text);
}

/** No such disk: 404 InvalidDiskId.NotFound. */
export function diskNotFound(id: string): EcsError {
  return new EcsError(404, 'InvalidDiskId.NotFound', `The specified DiskId does not exist: ${id}.`);
}

/** The disk category does not support snapshots: 400 DiskCategory.OperationNotSupported. */
export function wrongCategory({ id, category }: Disk): EcsError {
  return new EcsError(
    400,
    'DiskCategory.OperationNotSupported',
    `The operation is not supported to the specified disk due to its disk category: ${id} is ${category}.`,
  );
}

/** Throws if no snapshot of the disk may start now. */
export function admitSnapshot(account: Account, disk: Disk, at: number): void {
  const instance = account.instance(disk.instanceId);
  if (instance === undefined) throw diskNotFound(disk.id);
  if (instance.operationLocks.includes('security')) {
    throw new EcsError(
      403,
      'InstanceLockedForSecurity',
      'The disk attached instance is locked due to security.',
    );
  }
  if (/^(?:local_|ephemeral|elastic_ephemeral_disk_)/.test(disk.category)) throw wrongCategory(disk);
  if (disk.status !== 'In_use') {
    throw new EcsError(
      403,
      'IncorrectDiskStatus',
      'The current disk status does not support this operation.',
    );
  }
  // 400 here, but 403 in RebootInstance for the same code (the error code pages of the two actions).
  if (instance.status !== 'Running' && instance.status !== 'Stopped') {
    throw new EcsError(
      400,
      'IncorrectInstanceStatus',
      'The current status of the resource does not support this operation.',
    );
  }
  admitOneMore(account, disk, at);
}

function admitOneMore(account: Account, disk: Disk, at: number): void {
  const made = [...account.snapshots.values()].filter(
    (snapshot) => snapshot.diskId === disk.id && snapshot.status !== 'failed' && isKept(snapshot, at),
  );
  if (made.some(({ status }) => status === 'progressing')) {
    throw new EcsError(
      403,
      'IncorrectDiskStatus.CreatingSnapshot',
      'A previous snapshot creation is in process.',
    );
  }
  if (made.length >= account.options.snapshotsPerDisk) {
    throw new EcsError(403, 'QuotaExceed.Snapshot', 'The snapshot quota exceeds.');
  }
}
