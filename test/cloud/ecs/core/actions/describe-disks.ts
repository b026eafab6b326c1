// DescribeDisks, with the filters DiskIds, InstanceId, ZoneId, Category, DiskType and Status.
import { EcsError } from '../ecs-errors.ts';
import { idArray } from '../id-array.ts';
import { pageByNumber, pageByToken, usesTokens } from '../pages.ts';
import { optional, refuseUnbuilt, region } from '../params.ts';
import { diskJson } from '../snapshot-answers.ts';
import type { Action } from './action.ts';

const unbuilt = [
  'AdditionalAttributes',
  'AutoSnapshotPolicyId',
  'DeleteAutoSnapshot',
  'DeleteWithInstance',
  'DiskChargeType',
  'DiskName',
  'DryRun',
  'EnableAutoSnapshot',
  'EnableAutomatedSnapshotPolicy',
  'EnableShared',
  'Encrypted',
  'Filter',
  'KMSKeyId',
  'LockReason',
  'MultiAttach',
  'Portable',
  'ResourceGroupId',
  'SnapshotId',
  'Tag',
];

const statuses = ['In_use', 'Available', 'Attaching', 'Detaching', 'Creating', 'ReIniting', 'All'];

/** MaxResults: 10 to 500. A value outside counts as the nearest limit. */
const sizes = { least: 10, most: 500, beyond: 'nearest' } as const;

/** Lists the disks of the region, in the order in which they were added. */
export const describeDisks: Action = (account, { params }) => {
  const regionId = region(account, params);
  refuseUnbuilt(params, unbuilt);
  const ids = idArray(params, 'DiskIds');
  const [instanceId, zoneId] = ['InstanceId', 'ZoneId'].map((key) => optional(params, key));
  const [category, type] = ['Category', 'DiskType'].map((key) => unlessAll(optional(params, key)));
  const status = optional(params, 'Status');
  if (status !== undefined && !statuses.includes(status)) {
    throw new EcsError(400, 'InvalidStatus.ValueNotSupported', 'The specified disk status is not supported.');
  }
  const found = account
    .disksIn(regionId)
    .filter(
      (disk) =>
        (ids?.includes(disk.id) ?? true) &&
        (instanceId === undefined || disk.instanceId === instanceId) &&
        (zoneId === undefined || disk.zoneId === zoneId) &&
        (category === undefined || disk.category === category) &&
        (type === undefined || disk.type === type) &&
        (status === undefined || status === 'All' || disk.status === status),
    );
  const page = usesTokens(params)
    ? pageByToken(found, params, `DescribeDisks/${regionId}`, (disk) => disk.order, sizes)
    : pageByNumber(found, params);
  return { NextToken: '', ...page.fields, Disks: { Disk: page.items.map(diskJson) } };
};

function unlessAll(value: string | undefined): string | undefined {
  return value === 'all' ? undefined : value;
}
