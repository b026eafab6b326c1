// DescribeSnapshots, with the filters SnapshotIds, InstanceId, DiskId, SnapshotName, Status, SnapshotType,
// SourceDiskType and Tag.N.
import { EcsError } from '../ecs-errors.ts';
import { idArray } from '../id-array.ts';
import { pageByNumber, pageByToken, usesTokens } from '../pages.ts';
import { optional, refuseUnbuilt, region, tagFilter } from '../params.ts';
import { snapshotJson } from '../snapshot-answers.ts';
import { isKept } from '../snapshot-life.ts';
import type { Params } from '../params.ts';
import type { Action } from './action.ts';

const unbuilt = [
  'Category',
  'DryRun',
  'Encrypted',
  'Filter',
  'KMSKeyId',
  'ResourceGroupId',
  'SnapshotLinkId',
  'Usage',
];

/** MaxResults: 1 to 100. */
const sizes = { least: 1, most: 100, beyond: 'refused' } as const;

/** Lists the snapshots of the region, newest first, including those of groups. */
export const describeSnapshots: Action = (account, { params, at }) => {
  const regionId = region(account, params);
  refuseUnbuilt(params, unbuilt);
  const ids = idArray(params, 'SnapshotIds');
  const [instanceId, diskId, name] = ['InstanceId', 'DiskId', 'SnapshotName'].map((key) =>
    optional(params, key),
  );
  const status = oneOf(params, 'Status', ['progressing', 'accomplished', 'failed', 'all']);
  const made = oneOf(params, 'SnapshotType', ['auto', 'user', 'all']);
  const diskType = optional(params, 'SourceDiskType')?.toLowerCase();
  if (diskType !== undefined && diskType !== 'system' && diskType !== 'data') {
    throw new EcsError(404, 'InvalidSourceDiskType', 'The specified SourceDiskType is not valid.');
  }
  const hasTags = tagFilter(params);
  const found = [...account.snapshots.values()]
    .filter(
      (snapshot) =>
        snapshot.regionId === regionId &&
        isKept(snapshot, at) &&
        (ids?.includes(snapshot.id) ?? true) &&
        (instanceId === undefined || snapshot.instanceId === instanceId) &&
        (diskId === undefined || snapshot.diskId === diskId) &&
        (name === undefined || snapshot.name === name) &&
        (status === 'all' || snapshot.status === status) &&
        made !== 'auto' &&
        (diskType === undefined || snapshot.diskType === diskType) &&
        hasTags(snapshot.tags),
    )
    .sort((a, b) => b.order - a.order);
  const page = usesTokens(params)
    ? pageByToken(found, params, `DescribeSnapshots/${regionId}`, ({ order }) => -order, sizes)
    : pageByNumber(found, params);
  return {
    NextToken: '',
    ...page.fields,
    Snapshots: { Snapshot: page.items.map((snapshot) => snapshotJson(snapshot, at)) },
  };
};

function oneOf(params: Params, name: string, values: readonly string[]): string {
  const value = optional(params, name) ?? 'all';
  if (!values.includes(value)) {
    throw new EcsError(404, `Invalid${name}.NotFound`, `The specified ${name} is not found.`);
  }
  return value;
}
