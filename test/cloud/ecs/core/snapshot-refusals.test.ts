import { expect, test } from 'vitest';
import { codeOf, second, emptyEcs } from '../test-ecs.ts';
import { snapshotOf } from './backup-reads.ts';
import type { InstanceSpec } from './types.ts';

const disk = { DiskId: 'd-1' };
const manyTags = Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`Tag.${i + 1}.Key`, `k${i}`]));

test.each([
  ['no disk', '400 MissingParameter', {}],
  ['an unknown disk', '404 InvalidDiskId.NotFound', { DiskId: 'd-9' }],
  ['a name of one letter', '400 InvalidSnapshotName.Malformed', { ...disk, SnapshotName: 'x' }],
  ['a name that starts with a digit', '400 InvalidSnapshotName.Malformed', { ...disk, SnapshotName: '1st' }],
  ['a name that starts with auto', '400 InvalidSnapshotName.Malformed', { ...disk, SnapshotName: 'auto-1' }],
  ['a name with a slash', '400 InvalidSnapshotName.Malformed', { ...disk, SnapshotName: 'a/b' }],
  ['a name with every kind of valid character', 'OK', { ...disk, SnapshotName: '备份:2026_06.01-a' }],
  ['a URL as description', '404 InvalidDescription.Malformed', { ...disk, Description: 'http://x' }],
  ['a long description', '404 InvalidDescription.Malformed', { ...disk, Description: 'x'.repeat(257) }],
  ['0 days of retention', '400 InvalidRetentionDays.Malformed', { ...disk, RetentionDays: '0' }],
  ['65,536 days of retention', 'OK', { ...disk, RetentionDays: '65536' }],
  ['65,537 days of retention', '400 InvalidRetentionDays.Malformed', { ...disk, RetentionDays: '65537' }],
  ['a tag without a key', '400 InvalidTagKey.Malformed', { ...disk, 'Tag.1.Value': 'x' }],
  ['a tag key with the prefix acs', '400 InvalidTagKey.Malformed', { ...disk, 'Tag.1.Key': 'acs:x' }],
  [
    'a URL as tag value',
    '400 InvalidTagValue.Malformed',
    { ...disk, 'Tag.1.Key': 'x', 'Tag.1.Value': 'http://x' },
  ],
  ['a tag key twice', '400 Duplicate.TagKey', { ...disk, 'Tag.1.Key': 'x', 'Tag.2.Key': 'x' }],
  ['21 tags', '403 QuotaExceed.Tags', { ...disk, ...manyTags }],
  [
    'an unimplemented resource group',
    '400 InvalidParameter.ResourceGroupId',
    { ...disk, ResourceGroupId: 'rg-1' },
  ],
  ['a token of 65 characters', '400 InvalidClientToken.Malformed', { ...disk, ClientToken: 'x'.repeat(65) }],
  ['a token beyond ASCII', '400 InvalidClientToken.Malformed', { ...disk, ClientToken: '令牌' }],
] as [string, string, Record<string, string>][])(
  'CreateSnapshot with %s is answered with %s',
  (_name, code, params) => {
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
  ['an instance under a security lock', '403 InstanceLockedForSecurity', { operationLocks: ['security'] }],
  ['an instance under a financial lock', 'OK', { operationLocks: ['financial'] }],
  [
    'an instance with a local disk',
    '400 DiskCategory.OperationNotSupported',
    { disks: [{ id: 'd-1', category: 'local_ssd_pro' }] },
  ],
  ['an instance with an ultra disk', 'OK', { disks: [{ id: 'd-1', category: 'cloud_efficiency' }] }],
  [
    'an instance whose disk is re-initializing',
    '403 IncorrectDiskStatus',
    { disks: [{ id: 'd-1', status: 'ReIniting' }] },
  ],
  ['a starting instance', '400 IncorrectInstanceStatus', { status: 'Starting' }],
  ['a stopped instance', 'OK', { status: 'Stopped' }],
] as [string, string, Partial<InstanceSpec>][])(
  'CreateSnapshot for %s is answered with %s',
  (_name, code, spec) => {
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
  ['DescribeDisks', 'an unimplemented filter', { DiskName: 'x' }, '400 InvalidParameter.DiskName'],
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
  ['DescribeSnapshots', 'an unimplemented filter', { Filter: 'x' }, '400 InvalidParameter.Filter'],
  ['DescribeSnapshots', 'an invented token', { NextToken: 'x' }, '400 InvalidParameter.NextToken'],
] as [string, string, Record<string, string>, string][])(
  '%s refuses a call with %s',
  (action, _name, params, code) => {
    const { core } = emptyEcs();
    expect(codeOf(() => core.call(action, { RegionId: 'cn-hangzhou', ...params }))).toBe(code);
  },
);

test('the calls per minute count for the region of the disk', () => {
  const { core } = emptyEcs({ callsPerMinute: { CreateSnapshot: 1 } });
  core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', disks: [{ id: 'd-1' }, { id: 'd-2' }] });
  core.addInstance({ id: 'i-2', regionId: 'cn-shanghai', disks: [{ id: 'd-3' }] });
  const codes = ['d-1', 'd-2', 'd-3'].map((id) => codeOf(() => snapshotOf(core, id)));
  expect(codes).toEqual(['OK', '400 Throttling.User', 'OK']);
});
