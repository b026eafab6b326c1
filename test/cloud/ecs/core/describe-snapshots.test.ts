import { describe, expect, test } from 'vitest';
import { minute } from '../test-ecs.ts';
import { describedSnapshots, snapshotOf, ecsWithDisks } from './backup-reads.ts';

describe('DescribeSnapshots', () => {
  test.each([
    ['no filter', {}, [3, 2, 1]],
    ['a disk', { DiskId: 'd-2' }, [3, 2]],
    ['an instance and a status', { InstanceId: 'i-1', Status: 'failed' }, [2]],
    [
      'any status, type user and system disks',
      { Status: 'all', SnapshotType: 'user', SourceDiskType: 'System' },
      [1],
    ],
    ['type auto', { SnapshotType: 'auto' }, []],
    ['a name', { SnapshotName: 'third' }, [3]],
    ['ids, some of them unknown', { SnapshotIds: '["s-local000000000000001","s-9"]' }, [1]],
    ['a tag', { 'Tag.1.Key': 'plan' }, [3]],
    ['another region', { RegionId: 'cn-shanghai' }, []],
  ] as [string, Record<string, string>, number[]][])(
    'lists the matching snapshots, newest first, for %s',
    (_name, params, expected) => {
      const { core, pass } = ecsWithDisks();
      core.schedule(0, { kind: 'snapshot-fails', diskId: 'd-2' });
      snapshotOf(core, 'd-1');
      snapshotOf(core, 'd-2');
      pass(2 * minute);
      snapshotOf(core, 'd-2', { SnapshotName: 'third', 'Tag.1.Key': 'plan' });
      expect(describedSnapshots(core, params).map((it) => it['SnapshotId'])).toEqual(
        expected.map((n) => `s-local00000000000000${n}`),
      );
    },
  );

  test('continues at the token of the previous page', () => {
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
