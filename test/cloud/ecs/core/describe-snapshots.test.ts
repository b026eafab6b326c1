import { describe, expect, test } from 'vitest';
import { minute } from '../test-ecs.ts';
import { describedSnapshots, snapshotOf, ecsWithDisks } from './backup-reads.ts';

describe('DescribeSnapshots', () => {
  test.each([
    [{}, ['s-local000000000000003', 's-local000000000000002', 's-local000000000000001']],
    [{ DiskId: 'd-2' }, ['s-local000000000000003', 's-local000000000000002']],
    [{ InstanceId: 'i-1', Status: 'failed' }, ['s-local000000000000002']],
    [{ Status: 'all', SnapshotType: 'user', SourceDiskType: 'System' }, ['s-local000000000000001']],
    [{ SnapshotType: 'auto' }, []],
    [{ SnapshotName: 'third' }, ['s-local000000000000003']],
    [{ SnapshotIds: '["s-local000000000000001","s-9"]' }, ['s-local000000000000001']],
    [{ 'Tag.1.Key': 'plan' }, ['s-local000000000000003']],
    [{ RegionId: 'cn-shanghai' }, []],
  ] as [Record<string, string>, string[]][])('with %o finds %o, newest first', (params, ids) => {
    const { core, pass } = ecsWithDisks();
    core.schedule(0, { kind: 'snapshot-fails', diskId: 'd-2' });
    snapshotOf(core, 'd-1');
    snapshotOf(core, 'd-2');
    pass(2 * minute);
    snapshotOf(core, 'd-2', { SnapshotName: 'third', 'Tag.1.Key': 'plan' });
    expect(describedSnapshots(core, params).map((it) => it['SnapshotId'])).toEqual(ids);
  });

  test('goes on where the token of a page says', () => {
    const { core } = ecsWithDisks();
    snapshotOf(core, 'd-1');
    snapshotOf(core, 'd-2');
    const ask = (NextToken = '') =>
      core.call('DescribeSnapshots', { RegionId: 'cn-hangzhou', MaxResults: '1', NextToken }) as {
        Snapshots: { Snapshot: { SourceDiskId: string }[] };
        NextToken: string;
      };
    const first = ask();
    const second = ask(first.NextToken);
    expect([first, second].map(({ Snapshots }) => Snapshots.Snapshot[0]?.SourceDiskId)).toEqual([
      'd-2',
      'd-1',
    ]);
    expect(second.NextToken).toBe('');
  });
});
