import { expect, test } from 'vitest';
import { codeOf, second, emptyEcs } from '../test-ecs.ts';
import { snapshotOf } from './backup-reads.ts';
import type { InstanceSpec } from './types.ts';

const disk = { DiskId: 'd-1' };
const manyTags = Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`Tag.${i + 1}.Key`, `k${i}`]));

test.each([
  ['no disk', {}, '400 MissingParameter'],
  ['an unknown disk', { DiskId: 'd-9' }, '404 InvalidDiskId.NotFound'],
  ['a name of one letter', { ...disk, SnapshotName: 'x' }, '400 InvalidSnapshotName.Malformed'],
  ['a name that starts with a digit', { ...disk, SnapshotName: '1st' }, '400 InvalidSnapshotName.Malformed'],
  ['a name that starts with auto', { ...disk, SnapshotName: 'auto-1' }, '400 InvalidSnapshotName.Malformed'],
  ['a name with a slash', { ...disk, SnapshotName: 'a/b' }, '400 InvalidSnapshotName.Malformed'],
  ['a name with every kind of valid character', { ...disk, SnapshotName: '备份:2026_06.01-a' }, 'OK'],
  ['a URL as description', { ...disk, Description: 'http://x' }, '404 InvalidDescription.Malformed'],
  ['a long description', { ...disk, Description: 'x'.repeat(257) }, '404 InvalidDescription.Malformed'],
  ['0 days of retention', { ...disk, RetentionDays: '0' }, '400 InvalidRetentionDays.Malformed'],
  ['65,536 days of retention', { ...disk, RetentionDays: '65536' }, 'OK'],
  ['65,537 days of retention', { ...disk, RetentionDays: '65537' }, '400 InvalidRetentionDays.Malformed'],
  ['a tag without a key', { ...disk, 'Tag.1.Value': 'x' }, '400 InvalidTagKey.Malformed'],
  ['a tag key with the prefix acs', { ...disk, 'Tag.1.Key': 'acs:x' }, '400 InvalidTagKey.Malformed'],
  [
    'a URL as tag value',
    { ...disk, 'Tag.1.Key': 'x', 'Tag.1.Value': 'http://x' },
    '400 InvalidTagValue.Malformed',
  ],
  ['a tag key twice', { ...disk, 'Tag.1.Key': 'x', 'Tag.2.Key': 'x' }, '400 Duplicate.TagKey'],
  ['21 tags', { ...disk, ...manyTags }, '403 QuotaExceed.Tags'],
  [
    'a resource group, which is not implemented',
    { ...disk, ResourceGroupId: 'rg-1' },
    '400 InvalidParameter.ResourceGroupId',
  ],
  ['a token of 65 characters', { ...disk, ClientToken: 'x'.repeat(65) }, '400 InvalidClientToken.Malformed'],
  ['a token beyond ASCII', { ...disk, ClientToken: '令牌' }, '400 InvalidClientToken.Malformed'],
] as [string, Record<string, string>, string][])(
  'CreateSnapshot with %s is answered with %s',
  (_name, params, code) => {
    const { core } = emptyEcs();
    core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', disks: [{ id: 'd-1' }] });
    expect(codeOf(() => core.call('CreateSnapshot', params))).toBe(code);
    expect(core.snapshots()).toHaveLength(code === 'OK' ? 1 : 0);
    expect(core.record.calls('CreateSnapshot')).toMatchObject([
      { params, outcome: code.split(' ').at(-1), reached: true },
    ]);
  },
);

test.each([
  ['an instance under a security lock', { operationLocks: ['security'] }, '403 InstanceLockedForSecurity'],
  ['an instance under a financial lock', { operationLocks: ['financial'] }, 'OK'],
  [
    'an instance with a local disk',
    { disks: [{ id: 'd-1', category: 'local_ssd_pro' }] },
    '400 DiskCategory.OperationNotSupported',
  ],
  ['an instance with an ultra disk', { disks: [{ id: 'd-1', category: 'cloud_efficiency' }] }, 'OK'],
  [
    'an instance whose disk is initialized again',
    { disks: [{ id: 'd-1', status: 'ReIniting' }] },
    '403 IncorrectDiskStatus',
  ],
  ['a starting instance', { status: 'Starting' }, '400 IncorrectInstanceStatus'],
  ['a stopped instance', { status: 'Stopped' }, 'OK'],
] as [string, Partial<InstanceSpec>, string][])(
  'CreateSnapshot for %s is answered with %s',
  (_name, spec, code) => {
    const { core } = emptyEcs();
    core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', disks: [{ id: 'd-1' }], ...spec });
    expect(codeOf(() => snapshotOf(core, 'd-1'))).toBe(code);
  },
);

test('a disk has one unfinished snapshot at a time, but two disks can have one each', () => {
  const { core, pass } = emptyEcs({ snapshotMs: 60 * second });
  core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', disks: [{ id: 'd-1' }, { id: 'd-2' }] });
  snapshotOf(core, 'd-1');
  expect(codeOf(() => snapshotOf(core, 'd-1'))).toBe('403 IncorrectDiskStatus.CreatingSnapshot');
  expect(codeOf(() => snapshotOf(core, 'd-2'))).toBe('OK');
  pass(60 * second);
  expect(codeOf(() => snapshotOf(core, 'd-1'))).toBe('OK');
});

test('the number of snapshots per disk is limited, and a failed one does not count', () => {
  const { core, pass } = emptyEcs({ snapshotsPerDisk: 2 });
  core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', disks: [{ id: 'd-1' }] });
  const outcomes: string[] = [];
  for (const fails of [true, false, false, false]) {
    if (fails) core.schedule(0, { kind: 'snapshot-fails', diskId: 'd-1' });
    outcomes.push(codeOf(() => snapshotOf(core, 'd-1')));
    pass(120 * second);
  }
  expect(outcomes).toEqual(['OK', 'OK', 'OK', '403 QuotaExceed.Snapshot']);
});

test.each([
  ['DescribeDisks', 'an unknown status', { Status: 'Lost' }, '400 InvalidStatus.ValueNotSupported'],
  ['DescribeDisks', 'ids that are not JSON', { DiskIds: 'd-1' }, '400 InvalidDiskIds.ValueNotSupported'],
  ['DescribeDisks', 'ids that are not strings', { DiskIds: '[1]' }, '400 InvalidDiskIds.ValueNotSupported'],
  [
    'DescribeDisks',
    '101 ids',
    { DiskIds: JSON.stringify(Array(101).fill('d')) },
    '403 InvalidDiskIds.Malformed',
  ],
  ['DescribeDisks', 'a filter that is not implemented', { DiskName: 'x' }, '400 InvalidParameter.DiskName'],
  ['DescribeDisks', 'a page of 101', { PageSize: '101' }, '400 InvalidParameter.PageSize'],
  ['DescribeSnapshots', 'an unknown status', { Status: 'done' }, '404 InvalidStatus.NotFound'],
  [
    'DescribeSnapshots',
    'an unknown snapshot type',
    { SnapshotType: 'odd' },
    '404 InvalidSnapshotType.NotFound',
  ],
  ['DescribeSnapshots', 'an unknown disk type', { SourceDiskType: 'odd' }, '404 InvalidSourceDiskType'],
  ['DescribeSnapshots', '101 results', { MaxResults: '101' }, '400 InvalidParameter.MaxResults'],
  ['DescribeSnapshots', 'a filter that is not implemented', { Filter: 'x' }, '400 InvalidParameter.Filter'],
  ['DescribeSnapshots', 'an invented token', { NextToken: 'x' }, '400 InvalidParameter.NextToken'],
] as [string, string, Record<string, string>, string][])('%s refuses %s', (action, _name, params, code) => {
  const { core } = emptyEcs();
  expect(codeOf(() => core.call(action, { RegionId: 'cn-hangzhou', ...params }))).toBe(code);
});

test('the calls per minute count for the region of the disk', () => {
  const { core } = emptyEcs({ callsPerMinute: { CreateSnapshot: 1 } });
  core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', disks: [{ id: 'd-1' }, { id: 'd-2' }] });
  core.addInstance({ id: 'i-2', regionId: 'cn-shanghai', disks: [{ id: 'd-3' }] });
  const codes = ['d-1', 'd-2', 'd-3'].map((id) => codeOf(() => snapshotOf(core, id)));
  expect(codes).toEqual(['OK', '400 Throttling.User', 'OK']);
});
