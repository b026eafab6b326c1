// DescribeSnapshotGroups, with the filters SnapshotGroupId.N, InstanceId, Name, Status.N and Tag.N. It pages only by
// tokens, and its answer has no counts.
import { EcsError } from '../ecs-errors.ts';
import { pageByToken } from '../pages.ts';
import { list, optional, refuseUnbuilt, region, tagFilter } from '../params.ts';
import { snapshotGroupJson } from '../snapshot-answers.ts';
import { groupStatus } from '../snapshot-life.ts';
import type { Action } from './action.ts';

const statuses = ['progressing', 'accomplished', 'failed'];

/** MaxResults: 1 to 100. */
const sizes = { least: 1, most: 100, beyond: 'refused' } as const;

/** Lists the groups of the region, newest first. */
export const describeSnapshotGroups: Action = (account, { params, at }) => {
  const regionId = region(account, params);
  refuseUnbuilt(params, ['AdditionalAttributes', 'ResourceGroupId']);
  const ids = list(params, 'SnapshotGroupId', 10);
  const wanted = list(params, 'Status', 3);
  if (wanted?.some((status) => !statuses.includes(status)) === true) {
    throw new EcsError(403, 'InvalidStatus.ValueNotSupported', `Expected ${statuses.join(', ')}.`);
  }
  const [instanceId, name] = ['InstanceId', 'Name'].map((key) => optional(params, key));
  const hasTags = tagFilter(params);
  const found = [...account.snapshotGroups.values()]
    .filter(
      (group) =>
        group.regionId === regionId &&
        (ids?.includes(group.id) ?? true) &&
        (wanted?.includes(groupStatus(group)) ?? true) &&
        (instanceId === undefined || group.instanceId === instanceId) &&
        (name === undefined || group.name === name) &&
        hasTags(group.tags),
    )
    .sort((a, b) => b.order - a.order);
  const scope = `DescribeSnapshotGroups/${regionId}`;
  const { items, fields } = pageByToken(found, params, scope, ({ order }) => -order, sizes);
  return {
    NextToken: fields['NextToken'] ?? '',
    SnapshotGroups: { SnapshotGroup: items.map((group) => snapshotGroupJson(group, at)) },
  };
};
