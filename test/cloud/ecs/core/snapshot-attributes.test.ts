import { expect, test } from 'vitest';
import { codeOf, day, hour, second, emptyEcs } from '../test-ecs.ts';
import { describedSnapshots, groupOf, snapshotOf, ecsWithDisks } from './backup-reads.ts';
import type { EcsCore } from './core.ts';

const modify = (core: EcsCore, SnapshotId: string, params: Record<string, string>): object =>
  core.call('ModifySnapshotAttribute', { SnapshotId, ...params });

test('an accomplished snapshot gets days of retention, which count from its creation', () => {
  const { core, pass } = ecsWithDisks();
  const id = snapshotOf(core, 'd-1', { SnapshotName: 'before-reboot' });
  pass(hour);
  expect(modify(core, id, { RetentionDays: '1' })).toEqual({
    RequestId: '00000000-0000-4000-8000-000000000002',
  });
  expect(describedSnapshots(core)).toMatchObject([{ SnapshotName: 'before-reboot', RetentionDays: 1 }]);
  pass(day - hour - second);
  expect(describedSnapshots(core)).toHaveLength(1);
  pass(second);
  expect(describedSnapshots(core)).toEqual([]);
  expect(codeOf(() => modify(core, id, { RetentionDays: '2' }))).toBe('404 InvalidSnapshotId.NotFound');
});

test('the days can grow or stay the same, but not decrease; name and description change freely', () => {
  const { core, pass } = ecsWithDisks();
  const id = snapshotOf(core, 'd-1', { RetentionDays: '7', Description: 'Before a reboot' });
  pass(hour);
  const outcomes = ['7', '9', '8', '9'].map((days) =>
    codeOf(() => modify(core, id, { RetentionDays: days })),
  );
  const fewer = '400 InvalidOperation.DecreaseRetentionDaysUnsupported';
  expect(outcomes).toEqual(['OK', 'OK', fewer, 'OK']);
  modify(core, id, { SnapshotName: 'kept' });
  expect(core.snapshots()).toMatchObject([
    { name: 'kept', description: 'Before a reboot', retentionDays: 9 },
  ]);
});

test('each snapshot of a group is changed by itself', () => {
  const { core, pass } = ecsWithDisks();
  groupOf(core, 'i-1');
  pass(hour);
  const [first, second] = core.snapshots();
  modify(core, first?.id ?? '', { RetentionDays: '3' });
  expect(core.snapshots().map(({ retentionDays }) => retentionDays)).toEqual([3, undefined]);
  expect(core.record.calls('ModifySnapshotAttribute')).toMatchObject([{ region: 'cn-hangzhou' }]);
  expect(second?.groupId).toBe(first?.groupId);
});

test('an unfinished snapshot cannot be changed', () => {
  const { core, pass } = ecsWithDisks();
  const id = snapshotOf(core, 'd-1');
  pass(99 * second);
  expect(codeOf(() => modify(core, id, { RetentionDays: '7' }))).toBe('400 InvalidSnapshotId.NotReady');
  pass(second);
  expect(codeOf(() => modify(core, id, { RetentionDays: '7' }))).toBe('OK');
});

test.each([
  ['no snapshot', {}, '400 MissingParameter'],
  ['no attribute', { SnapshotId: 's-9' }, '400 NoAttributeToModify'],
  ['an unknown snapshot', { SnapshotId: 's-9', RetentionDays: '7' }, '404 InvalidSnapshotId.NotFound'],
  ['0 days', { SnapshotId: 's-9', RetentionDays: '0' }, '400 InvalidRetentionDays.Malformed'],
  ['65,537 days', { SnapshotId: 's-9', RetentionDays: '65537' }, '400 InvalidRetentionDays.Malformed'],
  ['the prefix auto', { SnapshotId: 's-9', SnapshotName: 'auto-1' }, '400 InvalidSnapshotName.Malformed'],
  [
    'a URL as description',
    { SnapshotId: 's-9', Description: 'https://x' },
    '404 InvalidDescription.Malformed',
  ],
] as [string, Record<string, string>, string][])(
  'ModifySnapshotAttribute refuses a call with %s',
  (_name, params, code) => {
    const { core } = emptyEcs();
    expect(codeOf(() => core.call('ModifySnapshotAttribute', params))).toBe(code);
  },
);
