// CreateSnapshot: asynchronous, and by the disk alone: it has no RegionId. Left out: the deprecated Category and
// InstantAccess, which no longer take effect.
import { EcsError, missingParameter } from '../errors.ts';
import { idempotent } from '../idempotency.ts';
import { newTags } from '../new-tags.ts';
import { optional, refuseUnbuilt } from '../params.ts';
import { admitSnapshot, diskNotFound, isDescription, isName } from '../snapshot-admission.ts';
import { beginSnapshot } from '../snapshot-life.ts';
import type { Params } from '../params.ts';
import type { SnapshotRequest } from '../snapshot-life.ts';

/** Begins a snapshot of one disk of a Running or Stopped instance. */
export const createSnapshot = idempotent('CreateSnapshot', (world, call) => {
  const { params, at } = call;
  const diskId = optional(params, 'DiskId');
  if (diskId === undefined) throw missingParameter('DiskId');
  refuseUnbuilt(params, ['ResourceGroupId', 'StorageLocationArn']);
  const request = requestOf(params);
  const disk = world.disk(diskId);
  if (disk === undefined) throw diskNotFound(diskId);
  admitSnapshot(world, disk, at);
  return { SnapshotId: beginSnapshot(world, disk, call, request).id };
});

function requestOf(params: Params): SnapshotRequest {
  const [name, description, days] = ['SnapshotName', 'Description', 'RetentionDays'].map((key) =>
    optional(params, key),
  );
  if (name !== undefined && (!isName(name) || name.startsWith('auto'))) {
    throw new EcsError(400, 'InvalidSnapshotName.Malformed', 'The specified SnapshotName is wrongly formed.');
  }
  if (description !== undefined && !isDescription(description)) {
    throw new EcsError(404, 'InvalidDescription.Malformed', 'The specified description is wrongly formed.');
  }
  if (days !== undefined && !(/^\d{1,5}$/.test(days) && Number(days) >= 1 && Number(days) <= 65_536)) {
    throw new EcsError(400, 'InvalidRetentionDays.Malformed', 'The specified RetentionDays is not valid.');
  }
  return {
    name,
    description,
    retentionDays: days === undefined ? undefined : Number(days),
    tags: newTags(params),
  };
}
