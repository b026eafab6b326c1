import { expect, test } from 'vitest';
import { codeOf, june1, minute, second, emptyEcs, type TestEcs } from '../test-ecs.ts';
import { describedGroups, describedSnapshots, groupOf, snapshotOf } from './backup-reads.ts';
import type { DiskSpec } from './disks.ts';

/** An ECS with instance i-1. Snapshots of its two disks take 60 s and 90 s. */
function ecsWithTwoDisks(more: readonly DiskSpec[] = []): TestEcs {
  const ecs = emptyEcs();
  ecs.core.addInstance({
    id: 'i-1',
    regionId: 'cn-hangzhou',
    disks: [
      { id: 'd-1', snapshotMs: 60 * second },
      { id: 'd-2', category: 'cloud_auto', snapshotMs: 90 * second },
      ...more,
    ],
  });
  return ecs;
}

const group = { RegionId: 'cn-hangzhou', InstanceId: 'i-1' };

test('a group has one snapshot of each disk, and is accomplished when the last one is', () => {
  const { core, pass } = ecsWithTwoDisks();
  const id = groupOf(core, 'i-1', { Name: 'before', 'Tag.1.Key': 'plan', 'Tag.1.Value': 'p-1' });
  pass(60 * second);
  expect(describedGroups(core, { 'SnapshotGroupId.1': id })).toEqual([
    {
      SnapshotGroupId: id,
      Name: 'before',
      Description: '',
      InstanceId: 'i-1',
      Status: 'progressing',
      CreationTime: '2026-06-01T00:00:00Z',
      Snapshots: {
        Snapshot: [
          {
            SnapshotId: 's-local000000000000001',
            SourceDiskId: 'd-1',
            SourceDiskType: 'system',
            Progress: '100%',
            Available: true,
            InstantAccess: false,
            Tags: { Tag: [] },
          },
          {
            SnapshotId: 's-local000000000000002',
            SourceDiskId: 'd-2',
            SourceDiskType: 'data',
            Progress: '66%',
            Available: false,
            InstantAccess: false,
            Tags: { Tag: [] },
          },
        ],
      },
      Tags: { Tag: [{ Key: 'plan', Value: 'p-1' }] },
    },
  ]);
  pass(30 * second);
  expect(describedGroups(core)).toMatchObject([{ Status: 'accomplished' }]);
  expect(describedSnapshots(core).map((it) => it['SourceDiskId'])).toEqual(['d-2', 'd-1']);
  expect(core.snapshotGroups()).toMatchObject([
    {
      id,
      instanceId: 'i-1',
      status: 'accomplished',
      snapshotIds: ['s-local000000000000001', 's-local000000000000002'],
    },
  ]);
});

test('a restart fails the unfinished snapshots of a group, and so the group', () => {
  const { core, pass } = ecsWithTwoDisks();
  groupOf(core, 'i-1');
  pass(75 * second);
  core.call('RebootInstance', { InstanceId: 'i-1' });
  expect(core.snapshots().map(({ status, failedBecause }) => [status, failedBecause])).toEqual([
    ['accomplished', undefined],
    ['failed', 'restart by api'],
  ]);
  expect(describedGroups(core, { 'Status.1': 'failed' })).toHaveLength(1);
  expect(describedGroups(core, { 'Status.1': 'progressing', 'Status.2': 'accomplished' })).toEqual([]);
});

test('a group fails as soon as one of its snapshots fails by itself', () => {
  const { core, pass } = ecsWithTwoDisks();
  core.schedule(0, { kind: 'snapshot-fails', diskId: 'd-1' });
  groupOf(core, 'i-1');
  pass(60 * second);
  expect(core.snapshotGroups()).toMatchObject([{ status: 'failed' }]);
});

test('a call can include or exclude disks by id', () => {
  const { core } = ecsWithTwoDisks([{ id: 'd-3', category: 'cloud_ssd' }]);
  groupOf(core, 'i-1', { 'DiskId.1': 'd-2' });
  groupOf(core, 'i-1', { 'ExcludeDiskId.1': 'd-3', 'ExcludeDiskId.2': 'd-2' });
  expect(core.snapshots().map(({ diskId }) => diskId)).toEqual(['d-2', 'd-1']);
});

test('a group with disks of several instances belongs to none of them', () => {
  const { core } = ecsWithTwoDisks();
  core.addInstance({ id: 'i-2', regionId: 'cn-hangzhou', disks: [{ id: 'd-3' }] });
  core.call('CreateSnapshotGroup', { RegionId: 'cn-hangzhou', 'DiskId.1': 'd-1', 'DiskId.2': 'd-3' });
  expect(core.snapshotGroups()).toMatchObject([{ instanceId: undefined }]);
  expect(describedGroups(core)).toMatchObject([{ InstanceId: '' }]);
});

test('the whole group is refused if one disk is not an ESSD, and no snapshot starts', () => {
  const { core } = ecsWithTwoDisks([{ id: 'd-3', category: 'cloud_efficiency' }]);
  expect(codeOf(() => groupOf(core, 'i-1'))).toBe('400 DiskCategory.OperationNotSupported');
  expect(core.snapshots()).toEqual([]);
});

test('a group is refused during a snapshot of one of its disks, and a snapshot during a group', () => {
  const { core, pass } = ecsWithTwoDisks();
  snapshotOf(core, 'd-2');
  expect(codeOf(() => groupOf(core, 'i-1'))).toBe('403 IncorrectDiskStatus.CreatingSnapshot');
  pass(90 * second);
  groupOf(core, 'i-1');
  expect(codeOf(() => snapshotOf(core, 'd-1'))).toBe('403 IncorrectDiskStatus.CreatingSnapshot');
  expect(core.snapshots().map(({ creationTime }) => creationTime)).toEqual([
    june1,
    june1 + 90 * second,
    june1 + 90 * second,
  ]);
});

test.each([
  ['neither an instance nor disks', { RegionId: 'cn-hangzhou' }, '400 MissingParamter.InstanceId'],
  ['an unknown instance', { ...group, InstanceId: 'i-9' }, '404 InvalidInstanceId.NotFound'],
  ['the wrong region', { ...group, RegionId: 'cn-shanghai' }, '404 InvalidInstanceId.NotFound'],
  ['an unknown disk', { ...group, 'DiskId.1': 'd-9' }, '404 InvalidDiskId.NotFound'],
  ['a disk of another instance', { ...group, 'DiskId.1': 'd-3' }, '404 InvalidDiskId.NotFound'],
  [
    'disks to include and to exclude',
    { ...group, 'DiskId.1': 'd-1', 'ExcludeDiskId.1': 'd-2' },
    '400 InvalidParam.ExcludeDiskIdsAndDiskIds.Conflict',
  ],
  [
    'all disks excluded',
    { ...group, 'ExcludeDiskId.1': 'd-1', 'ExcludeDiskId.2': 'd-2' },
    '403 InvalidInstance.NoDisk',
  ],
  [
    'disks in two zones',
    { RegionId: 'cn-hangzhou', 'DiskId.1': 'd-1', 'DiskId.2': 'd-3' },
    '400 InvalidDiskIds.NotInSameZone',
  ],
  ['129 disks', { ...group, InstanceId: 'i-3' }, '403 NumberExceed.TooManyDisks'],
  ['more than 256 TiB', { ...group, InstanceId: 'i-4' }, '403 CapacityExceed.TooManyDisks'],
  ['a name of one letter', { ...group, Name: 'x' }, '400 InvalidParameter.Name'],
  ['a URL as description', { ...group, Description: 'https://x' }, '400 InvalidParameter.Description'],
  [
    'an unimplemented resource group',
    { ...group, ResourceGroupId: 'rg-1' },
    '400 InvalidParameter.ResourceGroupId',
  ],
] as [string, Record<string, string>, string][])(
  'CreateSnapshotGroup refuses a call with %s',
  (_name, params, code) => {
    const { core } = ecsWithTwoDisks();
    core.addInstance({
      id: 'i-2',
      regionId: 'cn-hangzhou',
      zoneId: 'cn-hangzhou-b',
      disks: [{ id: 'd-3' }],
    });
    core.addInstance({ id: 'i-3', regionId: 'cn-hangzhou', disks: Array.from({ length: 129 }, () => ({})) });
    core.addInstance({
      id: 'i-4',
      regionId: 'cn-hangzhou',
      disks: [{ sizeGib: 131_073 }, { sizeGib: 131_072 }],
    });
    expect(codeOf(() => core.call('CreateSnapshotGroup', params))).toBe(code);
    expect(core.snapshots()).toEqual([]);
  },
);

test('DescribeSnapshotGroups has no counts, pages by tokens, newest first, and refuses an unknown status', () => {
  const { core, pass } = ecsWithTwoDisks();
  const ids = [groupOf(core, 'i-1')];
  pass(2 * minute);
  ids.push(groupOf(core, 'i-1', { Name: 'second' }));
  const ask = (params: Record<string, string>) =>
    core.call('DescribeSnapshotGroups', { RegionId: 'cn-hangzhou', ...params }) as {
      SnapshotGroups: { SnapshotGroup: { SnapshotGroupId: string }[] };
      NextToken: string;
    };
  const first = ask({ MaxResults: '1' });
  expect(Object.keys(first)).toEqual(['NextToken', 'SnapshotGroups', 'RequestId']);
  const second = ask({ MaxResults: '1', NextToken: first.NextToken });
  expect(
    [first, second].map(({ SnapshotGroups }) => SnapshotGroups.SnapshotGroup[0]?.SnapshotGroupId),
  ).toEqual([ids[1], ids[0]]);
  expect(second.NextToken).toBe('');
  expect(describedGroups(core, { Name: 'second', InstanceId: 'i-1' })).toHaveLength(1);
  expect(codeOf(() => ask({ 'Status.1': 'done' }))).toBe('403 InvalidStatus.ValueNotSupported');
});
