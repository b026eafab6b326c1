// Disks, snapshots and snapshot-consistent groups as the JSON of the answers.
import { isoSeconds } from './iso.ts';
import { groupStatus, progressOf } from './snapshot-life.ts';
import type { Disk } from './disks.ts';
import type { Snapshot, SnapshotGroup } from './snapshots.ts';

type Json = Record<string, unknown>;

/** An item of Disks (DescribeDisks), without the fields of billing, performance and encryption. */
export function diskJson(disk: Disk): Json {
  const AttachedTime = isoSeconds(disk.creationTime);
  const attachment = { InstanceId: disk.instanceId, Device: disk.device, AttachedTime };
  return {
    DiskId: disk.id,
    DiskName: disk.id,
    Description: '',
    RegionId: disk.regionId,
    ZoneId: disk.zoneId,
    Type: disk.type,
    Category: disk.category,
    Size: disk.sizeGib,
    Status: disk.status,
    ...attachment,
    CreationTime: AttachedTime,
    DetachedTime: '',
    DeleteWithInstance: true,
    Portable: disk.type === 'data',
    Encrypted: false,
    MultiAttach: 'Disabled',
    Attachments: { Attachment: [attachment] },
    MountInstances: { MountInstance: [] },
    OperationLocks: { OperationLock: [] },
    Tags: { Tag: [] },
  };
}

/** An item of Snapshots (DescribeSnapshots). */
export function snapshotJson(snapshot: Snapshot, at: number): Json {
  const { name, description, retentionDays } = snapshot;
  return {
    SnapshotId: snapshot.id,
    ...(name === undefined ? {} : { SnapshotName: name }),
    Description: description ?? '',
    RegionId: snapshot.regionId,
    Status: snapshot.status,
    Progress: `${progressOf(snapshot, at)}%`,
    ...(snapshot.status === 'progressing' ? { RemainTime: Math.ceil((snapshot.dueTime - at) / 1000) } : {}),
    Available: snapshot.status === 'accomplished',
    CreationTime: isoSeconds(snapshot.creationTime),
    LastModifiedTime: isoSeconds(snapshot.endTime ?? snapshot.creationTime),
    ...(retentionDays === undefined ? {} : { RetentionDays: retentionDays }),
    Category: 'standard',
    SnapshotType: 'user',
    InstantAccess: false,
    Encrypted: false,
    Usage: 'none',
    SourceStorageType: 'disk',
    SourceDiskId: snapshot.diskId,
    SourceDiskType: snapshot.diskType,
    SourceDiskSize: String(snapshot.diskSizeGib),
    Tags: { Tag: Object.entries(snapshot.tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })) },
  };
}

/** An item of SnapshotGroups (DescribeSnapshotGroups). Its tags have Key and Value, not TagKey and TagValue. */
export function snapshotGroupJson(group: SnapshotGroup, at: number): Json {
  return {
    SnapshotGroupId: group.id,
    Name: group.name ?? '',
    Description: group.description ?? '',
    InstanceId: group.instanceId ?? '',
    Status: groupStatus(group),
    CreationTime: isoSeconds(group.creationTime),
    Snapshots: {
      Snapshot: group.snapshots.map((snapshot) => ({
        SnapshotId: snapshot.id,
        SourceDiskId: snapshot.diskId,
        SourceDiskType: snapshot.diskType,
        Progress: `${progressOf(snapshot, at)}%`,
        Available: snapshot.status === 'accomplished',
        InstantAccess: false,
        Tags: { Tag: [] },
      })),
    },
    Tags: { Tag: Object.entries(group.tags).map(([Key, Value]) => ({ Key, Value })) },
  };
}
