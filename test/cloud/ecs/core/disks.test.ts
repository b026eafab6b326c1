import { expect, test } from 'vitest';
import { codeOf, emptyEcs, type TestEcs } from '../test-ecs.ts';
import { describedDisks } from './backup-reads.ts';

test('an instance has one ESSD system disk of 40 GiB by default', () => {
  const { core } = emptyEcs();
  core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
  expect(describedDisks(core, { InstanceId: 'i-1' })).toEqual([
    {
      DiskId: 'd-local000000000000001',
      DiskName: 'd-local000000000000001',
      Description: '',
      RegionId: 'cn-hangzhou',
      ZoneId: 'cn-hangzhou-a',
      InstanceId: 'i-1',
      Type: 'system',
      Category: 'cloud_essd',
      Size: 40,
      Status: 'In_use',
      Device: '/dev/xvda',
      CreationTime: '2026-06-01T00:00:00Z',
      AttachedTime: '2026-06-01T00:00:00Z',
      DetachedTime: '',
      DeleteWithInstance: true,
      Portable: false,
      Encrypted: false,
      MultiAttach: 'Disabled',
      Attachments: {
        Attachment: [{ InstanceId: 'i-1', Device: '/dev/xvda', AttachedTime: '2026-06-01T00:00:00Z' }],
      },
      MountInstances: { MountInstance: [] },
      OperationLocks: { OperationLock: [] },
      Tags: { Tag: [] },
    },
  ]);
});

const threeDisks = (): TestEcs => {
  const ecs = emptyEcs();
  ecs.core.addInstance({
    id: 'i-1',
    regionId: 'cn-hangzhou',
    disks: [{ id: 'd-1' }, { id: 'd-2', category: 'cloud_ssd' }],
  });
  ecs.core.addInstance({
    id: 'i-2',
    regionId: 'cn-hangzhou',
    zoneId: 'cn-hangzhou-b',
    disks: [{ id: 'd-3', status: 'ReIniting' }],
  });
  ecs.core.addInstance({ id: 'i-3', regionId: 'cn-shanghai', disks: [{ id: 'd-4' }] });
  return ecs;
};

test.each([
  ['no filter', {}, ['d-1', 'd-2', 'd-3']],
  ['an instance', { InstanceId: 'i-1' }, ['d-1', 'd-2']],
  ['ids, some of them unknown', { DiskIds: '["d-3","d-1","d-9"]' }, ['d-1', 'd-3']],
  ['an empty list of ids', { DiskIds: '[]' }, []],
  ['a disk type', { DiskType: 'system' }, ['d-1', 'd-3']],
  [
    'all types, categories and statuses',
    { DiskType: 'all', Category: 'all', Status: 'All' },
    ['d-1', 'd-2', 'd-3'],
  ],
  ['a category', { Category: 'cloud_ssd' }, ['d-2']],
  ['a status', { Status: 'ReIniting' }, ['d-3']],
  ['a zone', { ZoneId: 'cn-hangzhou-b' }, ['d-3']],
  ['another region', { RegionId: 'cn-shanghai' }, ['d-4']],
] as [string, Record<string, string>, string[]][])(
  'DescribeDisks lists the matching disks for %s',
  (_name, params, ids) => {
    const { core } = threeDisks();
    expect(describedDisks(core, params).map((disk) => disk['DiskId'])).toEqual(ids);
  },
);

test('a page has 10 disks by default, and the token of the last page is an empty string', () => {
  const { core } = emptyEcs();
  const disks = Array.from({ length: 12 }, (_, n) => ({ id: `d-${n + 1}` }));
  core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', disks });
  const ask = (params: Record<string, string>) =>
    core.call('DescribeDisks', { RegionId: 'cn-hangzhou', ...params }) as {
      Disks: { Disk: object[] };
      NextToken: string;
      TotalCount: number;
    };
  const first = ask({ MaxResults: '1' });
  expect([first.Disks.Disk.length, first.TotalCount]).toEqual([10, 0]);
  const last = ask({ MaxResults: '1', NextToken: first.NextToken });
  expect([last.Disks.Disk.length, last.NextToken]).toEqual([2, '']);
  const numbered = ask({ PageNumber: '2', PageSize: '5' });
  expect([numbered.Disks.Disk.length, numbered.TotalCount]).toEqual([5, 12]);
});

test('the disks of a released instance are released too', () => {
  const { core, clock } = threeDisks();
  core.schedule(clock.now(), { kind: 'instance-released', instanceId: 'i-1' });
  expect(describedDisks(core).map((disk) => disk['DiskId'])).toEqual(['d-3']);
  expect(codeOf(() => core.call('CreateSnapshot', { DiskId: 'd-1' }))).toBe('404 InvalidDiskId.NotFound');
  expect(core.disks().map(({ id }) => id)).toEqual(['d-1', 'd-2', 'd-3', 'd-4']);
});

test('a disk with a known id is refused', () => {
  const { core } = threeDisks();
  expect(() => core.addInstance({ id: 'i-4', regionId: 'cn-hangzhou', disks: [{ id: 'd-1' }] })).toThrow(
    'disk d-1 already exists',
  );
});
