// CreateSnapshot: asynchronous. It names only the disk and has no RegionId. Left out: the deprecated Category and
// InstantAccess, which have no effect any more.
import { missingParameter } from '../ecs-errors.ts';
import { idempotent } from '../idempotency.ts';
import { newTags } from '../new-tags.ts';
import { optional, refuseUnbuilt } from '../params.ts';
import { admitSnapshot, diskNotFound } from '../snapshot-admission.ts';
import { snapshotAttributes } from '../snapshot-attributes.ts';
import { beginSnapshot } from '../snapshot-life.ts';

/** Starts a snapshot of one disk of a Running or Stopped instance. */
export const createSnapshot = idempotent('CreateSnapshot', (account, call) => {
  const { params, at } = call;
  const diskId = optional(params, 'DiskId');
  if (diskId === undefined) throw missingParameter('DiskId');
  refuseUnbuilt(params, ['ResourceGroupId', 'StorageLocationArn']);
  const request = { ...snapshotAttributes(params), tags: newTags(params) };
  const disk = account.disk(diskId);
  if (disk === undefined) throw diskNotFound(diskId);
  admitSnapshot(account, disk, at);
  return { SnapshotId: beginSnapshot(account, disk, call, request).id };
});
