import { expect, test } from 'vitest';
import { codeOf, second, emptyEcs } from '../test-ecs.ts';
import { snapshotOf } from './backup-reads.ts';
import type { InstanceSpec } from './types.ts';

const disk = { DiskId: 'd-1' };
const manyTags = Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`Tag.${i + 1}.Key`, `k${i}`]));

test.each([
  [{}, '400 MissingParameter'],
  [{ DiskId: 'd-9' }, '404 InvalidDiskId.NotFound'],
  [{ ...disk, SnapshotName: 'x' }, '400 InvalidSnapshotName.Malformed'],
  [{ ...disk, SnapshotName: '1st' }, '400 InvalidSnapshotName.Malformed'],
  [{ ...disk, SnapshotName: 'auto-1' }, '400 InvalidSnapshotName.Malformed'],
  [{ ...disk, SnapshotName: 'a/b' }, '400 InvalidSnapshotName.Malformed'],
  [{ ...disk, SnapshotName: '备份:2026_06.01-a' }, 'OK'],
  [{ ...disk, Description: 'http://x' }, '404 InvalidDescription.Malformed'],
  [{ ...disk, Description: 'x'.repeat(257) }, '404 InvalidDescription.Malformed'],
  [{ ...disk, RetentionDays: '0' }, '400 InvalidRetentionDays.Malformed'],
  [{ ...disk, RetentionDays: '65536' }, 'OK'],
  [{ ...disk, RetentionDays: '65537' }, '400 InvalidRetentionDays.Malformed'],
  [{ ...disk, 'Tag.1.Value': 'x' }, '400 InvalidTagKey.Malformed'],
  [{ ...disk, 'Tag.1.Key': 'acs:x' }, '400 InvalidTagKey.Malformed'],
  [{ ...disk, 'Tag.1.Key': 'x', 'Tag.1.Value': 'http://x' }, '400 InvalidTagValue.Malformed'],
  [{ ...disk, 'Tag.1.Key': 'x', 'Tag.2.Key': 'x' }, '400 Duplicate.TagKey'],
  [{ ...disk, ...manyTags }, '403 QuotaExceed.Tags'],
  [{ ...disk, ResourceGroupId: 'rg-1' }, '400 InvalidParameter.ResourceGroupId'],
  [{ ...disk, ClientToken: 'x'.repeat(65) }, '400 InvalidClientToken.Malformed'],
  [{ ...disk, ClientToken: '令牌' }, '400 InvalidClientToken.Malformed'],
] as [Record<string, string>, string][])('CreateSnapshot %o is answered with %s', (params, code) => {
  const { core } = emptyEcs();
  core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', disks: [{ id: 'd-1' }] });
  expect(codeOf(() => core.call('CreateSnapshot', params))).toBe(code);
  expect(core.snapshots()).toHaveLength(code === 'OK' ? 1 : 0);
  expect(core.record.calls('CreateSnapshot')).toMatchObject([
    { params, outcome: code.split(' ').at(-1), reached: true },
  ]);
});

test.each([
  [{ operationLocks: ['security'] }, '403 InstanceLockedForSecurity'],
  [{ operationLocks: ['financial'] }, 'OK'],
  [{ disks: [{ id: 'd-1', category: 'local_ssd_pro' }] }, '400 DiskCategory.OperationNotSupported'],
  [{ disks: [{ id: 'd-1', category: 'cloud_efficiency' }] }, 'OK'],
  [{ disks: [{ id: 'd-1', status: 'ReIniting' }] }, '403 IncorrectDiskStatus'],
  [{ status: 'Starting' }, '400 IncorrectInstanceStatus'],
  [{ status: 'Stopped' }, 'OK'],
] as [Partial<InstanceSpec>, string][])('a snapshot of a disk of %o is answered with %s', (spec, code) => {
  const { core } = emptyEcs();
  core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', disks: [{ id: 'd-1' }], ...spec });
  expect(codeOf(() => snapshotOf(core, 'd-1'))).toBe(code);
});

test('one snapshot of a disk is made at a time, of another disk at the same time', () => {
  const { core, pass } = emptyEcs({ snapshotMs: 60 * second });
  core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', disks: [{ id: 'd-1' }, { id: 'd-2' }] });
  snapshotOf(core, 'd-1');
  expect(codeOf(() => snapshotOf(core, 'd-1'))).toBe('403 IncorrectDiskStatus.CreatingSnapshot');
  expect(codeOf(() => snapshotOf(core, 'd-2'))).toBe('OK');
  pass(60 * second);
  expect(codeOf(() => snapshotOf(core, 'd-1'))).toBe('OK');
});

test('a disk has as many snapshots as the world allows, and a failed one does not count', () => {
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
  ['DescribeDisks', { Status: 'Lost' }, '400 InvalidStatus.ValueNotSupported'],
  ['DescribeDisks', { DiskIds: 'd-1' }, '400 InvalidDiskIds.ValueNotSupported'],
  ['DescribeDisks', { DiskIds: '[1]' }, '400 InvalidDiskIds.ValueNotSupported'],
  ['DescribeDisks', { DiskIds: JSON.stringify(Array(101).fill('d')) }, '403 InvalidDiskIds.Malformed'],
  ['DescribeDisks', { DiskName: 'x' }, '400 InvalidParameter.DiskName'],
  ['DescribeDisks', { PageSize: '101' }, '400 InvalidParameter.PageSize'],
  ['DescribeSnapshots', { Status: 'done' }, '404 InvalidStatus.NotFound'],
  ['DescribeSnapshots', { SnapshotType: 'odd' }, '404 InvalidSnapshotType.NotFound'],
  ['DescribeSnapshots', { SourceDiskType: 'odd' }, '404 InvalidSourceDiskType'],
  ['DescribeSnapshots', { MaxResults: '101' }, '400 InvalidParameter.MaxResults'],
  ['DescribeSnapshots', { Filter: 'x' }, '400 InvalidParameter.Filter'],
  ['DescribeSnapshots', { NextToken: 'x' }, '400 InvalidParameter.NextToken'],
] as [string, Record<string, string>, string][])('%s %o is refused with %s', (action, params, code) => {
  const { core } = emptyEcs();
  expect(codeOf(() => core.call(action, { RegionId: 'cn-hangzhou', ...params }))).toBe(code);
});

test('the calls of a minute are counted for the region of the disk, too', () => {
  const { core } = emptyEcs({ callsPerMinute: { CreateSnapshot: 1 } });
  core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', disks: [{ id: 'd-1' }, { id: 'd-2' }] });
  core.addInstance({ id: 'i-2', regionId: 'cn-shanghai', disks: [{ id: 'd-3' }] });
  const codes = ['d-1', 'd-2', 'd-3'].map((id) => codeOf(() => snapshotOf(core, id)));
  expect(codes).toEqual(['OK', '400 Throttling.User', 'OK']);
});
