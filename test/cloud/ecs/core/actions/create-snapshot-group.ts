// CreateSnapshotGroup: snapshots of several disks at one consistent point, of all of them or of none. It has no
// RetentionDays.
import { EcsError, instanceNotFound, invalidParameter } from '../ecs-errors.ts';
import { idempotent } from '../idempotency.ts';
import { newTags } from '../new-tags.ts';
import { list, optional, refuseUnbuilt, region } from '../params.ts';
import { admitSnapshot, diskNotFound, isDescription, isName, wrongCategory } from '../snapshot-admission.ts';
import { beginSnapshot } from '../snapshot-life.ts';
import type { Disk } from '../disks.ts';
import type { Params } from '../params.ts';
import type { Account } from '../account.ts';

/** "Snapshot-consistent groups support only ESSD series disks (ESSD, ESSD AutoPL, and ESSD Entry)." */
const essdSeries = ['cloud_essd', 'cloud_auto', 'cloud_essd_entry'];

const maxDisks = 128;
const maxGib = 256 * 1024;

/** Starts a snapshot of each disk of an instance, or of the named disks. */
export const createSnapshotGroup = idempotent('CreateSnapshotGroup', (account, call) => {
  const { params, at, requestId } = call;
  const regionId = region(account, params);
  refuseUnbuilt(params, ['ResourceGroupId', 'StorageLocationArn']);
  const [name, description] = ['Name', 'Description'].map((key) => optional(params, key));
  if (name !== undefined && !isName(name)) throw invalidParameter('Name', '2 to 128 characters');
  if (description !== undefined && !isDescription(description)) {
    throw invalidParameter('Description', '2 to 256 characters');
  }
  const tags = newTags(params);
  const disks = disksOf(account, params, regionId);
  for (const disk of disks) {
    if (!essdSeries.includes(disk.category)) throw wrongCategory(disk);
    admitSnapshot(account, disk, at);
  }
  const order = account.count('snapshot group');
  const id = `ssg-local${order.toString().padStart(13, '0')}`;
  const instanceIds = new Set(disks.map(({ instanceId }) => instanceId));
  account.snapshotGroups.set(id, {
    id,
    order,
    regionId,
    instanceId: instanceIds.size === 1 ? disks[0]?.instanceId : undefined,
    name,
    description,
    tags,
    creationTime: at,
    requestId,
    snapshots: disks.map((disk) => beginSnapshot(account, disk, call, { groupId: id, tags: {} })),
  });
  return { SnapshotGroupId: id };
});

function disksOf(account: Account, params: Params, regionId: string): Disk[] {
  const instanceId = optional(params, 'InstanceId');
  const named = list(params, 'DiskId', Infinity);
  const excluded = list(params, 'ExcludeDiskId', Infinity);
  if (named !== undefined && excluded !== undefined) {
    throw new EcsError(
      400,
      'InvalidParam.ExcludeDiskIdsAndDiskIds.Conflict',
      "The use of parameter 'ExcludeDiskIds' and 'DiskIds' at the same time is not supported.",
    );
  }
  if (instanceId === undefined && named === undefined) {
    // The page of error codes has this spelling.
    throw new EcsError(400, 'MissingParamter.InstanceId', 'The specified InstanceId should not be null.');
  }
  if (instanceId !== undefined && account.instance(instanceId)?.regionId !== regionId) {
    throw instanceNotFound(instanceId);
  }
  const there = account
    .disksIn(regionId)
    .filter((disk) => instanceId === undefined || disk.instanceId === instanceId);
  for (const id of [...(named ?? []), ...(excluded ?? [])]) {
    if (!there.some((disk) => disk.id === id)) throw diskNotFound(id);
  }
  const chosen = there.filter(({ id }) => named?.includes(id) ?? !(excluded?.includes(id) ?? false));
  checkSize(chosen);
  return chosen;
}

function checkSize(disks: readonly Disk[]): void {
  if (disks.length === 0) {
    throw new EcsError(403, 'InvalidInstance.NoDisk', 'There is no disk mounted on the instance.');
  }
  if (disks.length > maxDisks) {
    throw new EcsError(403, 'NumberExceed.TooManyDisks', 'The number of all disks in the request exceeds.');
  }
  if (disks.reduce((sum, { sizeGib }) => sum + sizeGib, 0) > maxGib) {
    throw new EcsError(
      403,
      'CapacityExceed.TooManyDisks',
      'The capacity of all disks in the request exceeds.',
    );
  }
  if (new Set(disks.map(({ zoneId }) => zoneId)).size > 1) {
    throw new EcsError(
      400,
      'InvalidDiskIds.NotInSameZone',
      'The specified disks are not in the same availability zone.',
    );
  }
}
