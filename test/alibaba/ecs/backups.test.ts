// Snapshots of the local ECS through Alibaba's SDK: disks, snapshots, groups and their members, and how long they are kept.
// The outcomes of a start are in starts.test.ts.
import { describe, expect, it, onTestFinished } from 'vitest';
import { EcsReadFailed } from '../../../lib/failures.ts';
import type { StartOutcome } from '../../../lib/ports.ts';
import type { DiskSpec } from '../../cloud/ecs/core/disks.ts';
import { answering, ecsAt, ecsOnLoopback, minute, second, type EcsOnLoopback } from './ecs-on-loopback.ts';

const region = 'cn-hangzhou';

/** A local ECS with one instance i-1 that has these disks. */
async function worldWithDisks(disks: readonly DiskSpec[] = [{ id: 'd-1' }]): Promise<EcsOnLoopback> {
  const here = await ecsOnLoopback((close) => onTestFinished(close));
  here.core.addInstance({ id: 'i-1', regionId: region, disks });
  return here;
}

const at = async (body: object): Promise<ReturnType<typeof ecsAt>> =>
  ecsAt(await answering((close) => onTestFinished(close), body));

const snapshot = { diskId: 'd-1', name: 'before-reboot', retentionDays: 7, clientToken: 'p-1/d-1' };

const group = { instanceId: 'i-1', diskIds: ['d-1', 'd-2'], name: 'before-reboot', clientToken: 'p-1/group' };

/** The id of the started thing. Fails if nothing was started. */
function idOf(outcome: StartOutcome): string {
  if (outcome.kind !== 'started') throw new Error(`not started: ${JSON.stringify(outcome)}`);
  return outcome.id;
}

describe('the disks of an instance', () => {
  it('are the attached ones, and all kinds of ESSD can be in a group', async () => {
    const here = await worldWithDisks([
      { id: 'd-1', category: 'cloud_essd' },
      { id: 'd-2', category: 'cloud_auto' },
      { id: 'd-3', category: 'cloud_essd_entry' },
      { id: 'd-4', category: 'cloud_ssd' },
      { id: 'd-5', category: 'cloud_efficiency' },
      { id: 'd-6', category: 'local_ssd_pro' },
      { id: 'd-7', category: 'cloud_regional_disk_auto' },
    ]);
    here.core.addInstance({ id: 'i-2', regionId: region, disks: [{ id: 'd-other' }] });
    expect(await here.backups.disksOf(region, 'i-1')).toEqual([
      { diskId: 'd-1', isEssd: true },
      { diskId: 'd-2', isEssd: true },
      { diskId: 'd-3', isEssd: true },
      { diskId: 'd-4', isEssd: false },
      { diskId: 'd-5', isEssd: false },
      { diskId: 'd-6', isEssd: false },
      { diskId: 'd-7', isEssd: false },
    ]);
    expect(here.calls('DescribeDisks').map(({ params }) => params)).toEqual([
      { RegionId: region, InstanceId: 'i-1', MaxResults: '100' },
    ]);
  });

  it('are read to the last page, whose token is empty', async () => {
    const here = await worldWithDisks(Array.from({ length: 201 }, (_, index) => ({ id: `d-${index}` })));
    const disks = await here.backups.disksOf(region, 'i-1');
    expect(new Set(disks.map(({ diskId }) => diskId)).size).toBe(201);
    expect(here.calls('DescribeDisks')).toHaveLength(3);
  });

  it('are read again if ECS is unavailable, until the read gives up', async () => {
    const here = await worldWithDisks();
    const fault = { kind: 'error', status: 503, code: 'ServiceUnavailable' } as const;
    here.faults.add({ operation: 'DescribeDisks', times: 3, fault });
    expect(await here.backups.disksOf(region, 'i-1')).toHaveLength(1);
    here.faults.add({ operation: 'DescribeDisks', times: 4, fault });
    await expect(here.backups.disksOf(region, 'i-1')).rejects.toThrow(EcsReadFailed);
  });

  it('cannot be in a group if they may be attached to several instances or have no category', async () => {
    const { backups } = await at({
      Disks: {
        Disk: [
          { DiskId: 'd-1', Category: 'cloud_essd', MultiAttach: 'Enabled' },
          { DiskId: 'd-2', Category: 'cloud_essd', MultiAttach: 'Disabled' },
          { DiskId: 'd-3', Category: 'cloud_essd' },
          { DiskId: 'd-4' },
        ],
      },
    });
    expect(await backups.disksOf(region, 'i-1')).toEqual([
      { diskId: 'd-1', isEssd: false },
      { diskId: 'd-2', isEssd: true },
      { diskId: 'd-3', isEssd: true },
      { diskId: 'd-4', isEssd: false },
    ]);
  });

  it.each<[string, unknown, string]>([
    ['a disk without an id', { Category: 'cloud_essd' }, 'missing'],
    ['a disk with an empty id', { DiskId: '' }, '""'],
    ['null', null, 'missing'],
    ['a text', 'd-2', 'missing'],
  ])('cannot be read with %s among them: a disk would get no backup', async (_, odd, value) => {
    const { backups } = await at({ Disks: { Disk: [{ DiskId: 'd-1' }, odd] } });
    await expect(backups.disksOf(region, 'i-1')).rejects.toThrow(
      new EcsReadFailed(`DiskId of a disk in ECS is ${value}, expected an id.`),
    );
  });
});

describe('a snapshot', () => {
  it('is started with a name, retention days, a token and a tag, and is accomplished later', async () => {
    const { backups, calls, core, pass } = await worldWithDisks();
    const outcome = await backups.createSnapshot(region, snapshot);
    const [call] = calls('CreateSnapshot');
    const id = 's-local000000000000001';
    expect(outcome).toEqual({ kind: 'started', id, requestId: call?.requestId });
    expect(call?.params).toEqual({
      DiskId: 'd-1',
      SnapshotName: 'before-reboot',
      RetentionDays: '7',
      ClientToken: 'cd2591d21ffe41fb5a019b4cde851e96dbc49ef72911602a',
      'Tag.1.Key': 'created-by',
      'Tag.1.Value': 'ecs-reboot-planner',
    });
    expect(await backups.snapshots(region, [id])).toEqual(new Map([[id, 'progressing']]));
    pass(2 * minute);
    expect(await backups.snapshots(region, [id])).toEqual(new Map([[id, 'accomplished']]));
    expect(core.snapshots()).toMatchObject([
      { id, retentionDays: 7, tags: { 'created-by': 'ecs-reboot-planner' } },
    ]);
  });

  it('fails if its instance is restarted meanwhile', async () => {
    const { backups, core, pass } = await worldWithDisks();
    const id = idOf(await backups.createSnapshot(region, snapshot));
    pass(30 * second);
    core.schedule(0, { kind: 'instance-restarted', instanceId: 'i-1', through: 'guest' });
    expect(await backups.snapshots(region, [id])).toEqual(new Map([[id, 'failed']]));
  });

  it('that ECS does not know is left out', async () => {
    const { backups } = await worldWithDisks();
    const id = idOf(await backups.createSnapshot(region, snapshot));
    expect(await backups.snapshots(region, ['s-9', id])).toEqual(new Map([[id, 'progressing']]));
    expect(await backups.snapshots('cn-shanghai', [id])).toEqual(new Map());
  });

  it('with an unknown status counts as progressing, and one without an id is left out', async () => {
    const { backups } = await at({
      Snapshots: {
        Snapshot: [
          { SnapshotId: 's-1', Status: 'accomplished' },
          { SnapshotId: 's-2', Status: 'copying' },
          { SnapshotId: 's-3' },
          { Status: 'accomplished' },
          null,
        ],
      },
      NextToken: '',
    });
    expect(await backups.snapshots(region, ['s-1', 's-2', 's-3'])).toEqual(
      new Map([
        ['s-1', 'accomplished'],
        ['s-2', 'progressing'],
        ['s-3', 'progressing'],
      ]),
    );
  });
});

describe('many snapshots', () => {
  it('are read a hundred per call, and not at all if there are none', async () => {
    const disks = Array.from({ length: 130 }, (_, index) => ({ id: `d-${index + 1}` }));
    const { backups, calls, core } = await worldWithDisks(disks);
    for (const { id } of disks) core.call('CreateSnapshot', { DiskId: id });
    const ids = core.snapshots().map(({ id }) => id);
    expect((await backups.snapshots(region, ids)).size).toBe(130);
    expect((await backups.snapshots(region, [])).size).toBe(0);
    const asked = calls('DescribeSnapshots').map(({ params }) => [
      (JSON.parse(params['SnapshotIds'] ?? '') as string[]).length,
      params['MaxResults'],
    ]);
    expect(asked.sort()).toEqual([
      [100, '100'],
      [30, '100'],
    ]);
  });

  it('are an error if ECS keeps failing or answers with something else', async () => {
    const { backups, faults } = await worldWithDisks();
    faults.add({ operation: 'DescribeSnapshots', times: 4, fault: { kind: 'reset', when: 'after' } });
    await expect(backups.snapshots(region, ['s-1'])).rejects.toThrow(EcsReadFailed);
    const elsewhere = await at({ Snapshots: [] });
    await expect(elsewhere.backups.snapshots(region, ['s-1'])).rejects.toThrow(
      /^ECS answered DescribeSnapshots with something else: /,
    );
  });
});

describe('a group of snapshots', () => {
  const disks = [{ id: 'd-1', snapshotMs: 60 * second }, { id: 'd-2' }, { id: 'd-3' }];

  it('is started for the named disks, and accomplished once all its members are', async () => {
    const { backups, calls, pass } = await worldWithDisks(disks);
    const outcome = await backups.createSnapshotGroup(region, group);
    const [call] = calls('CreateSnapshotGroup');
    const id = 'ssg-local0000000000001';
    expect(outcome).toEqual({ kind: 'started', id, requestId: call?.requestId });
    expect(call?.params).toEqual({
      RegionId: region,
      InstanceId: 'i-1',
      'DiskId.1': 'd-1',
      'DiskId.2': 'd-2',
      Name: 'before-reboot',
      ClientToken: 'e5b1337888fc80d27d5346d55fd7ff394dd8fe24bc8c77ab',
      'Tag.1.Key': 'created-by',
      'Tag.1.Value': 'ecs-reboot-planner',
    });
    const snapshotIds = ['s-local000000000000001', 's-local000000000000002'];
    pass(minute);
    expect(await backups.snapshotGroup(region, id)).toEqual({ status: 'progressing', snapshotIds });
    pass(minute);
    expect(await backups.snapshotGroup(region, id)).toEqual({ status: 'accomplished', snapshotIds });
  });

  it('has failed if one of its members has', async () => {
    const { backups, core, pass } = await worldWithDisks(disks);
    core.schedule(0, { kind: 'snapshot-fails', diskId: 'd-1' });
    const id = idOf(await backups.createSnapshotGroup(region, group));
    pass(minute);
    expect(await backups.snapshotGroup(region, id)).toMatchObject({ status: 'failed' });
  });

  it('that ECS does not know is undefined', async () => {
    const { backups } = await worldWithDisks(disks);
    const id = idOf(await backups.createSnapshotGroup(region, group));
    expect(await backups.snapshotGroup(region, 'ssg-9')).toBeUndefined();
    expect(await backups.snapshotGroup('cn-shanghai', id)).toBeUndefined();
  });

  it.each<[string, object, string[]]>([
    ['one readable member', { Snapshots: { Snapshot: [{ SnapshotId: 's-1' }, {}, null] } }, ['s-1']],
    ['null as its list of members', { Snapshots: { Snapshot: null } }, []],
    ['a text as its members', { Snapshots: 'none' }, []],
    ['no field for its members', {}, []],
  ])('with %s has the members that can be read', async (_, odd, snapshotIds) => {
    const { backups } = await at({
      SnapshotGroups: {
        SnapshotGroup: [{}, null, { SnapshotGroupId: 'ssg-1', Status: 'accomplished', ...odd }],
      },
    });
    expect(await backups.snapshotGroup(region, 'ssg-1')).toEqual({ status: 'accomplished', snapshotIds });
  });

  it('is an error if ECS keeps failing or answers with something else', async () => {
    const { backups, faults } = await worldWithDisks(disks);
    faults.add({ operation: 'DescribeSnapshotGroups', times: 4, fault: { kind: 'empty' } });
    await expect(backups.snapshotGroup(region, 'ssg-1')).rejects.toThrow(EcsReadFailed);
    const elsewhere = await at({ SnapshotGroups: { SnapshotGroup: {} } });
    await expect(elsewhere.backups.snapshotGroup(region, 'ssg-1')).rejects.toThrow(
      /^ECS answered DescribeSnapshotGroups with something else: /,
    );
  });
});

describe('the retention days of snapshots', () => {
  const twoSnapshots = async (): Promise<EcsOnLoopback & { ids: readonly string[] }> => {
    const here = await worldWithDisks([{ id: 'd-1' }, { id: 'd-2' }]);
    const id = idOf(await here.backups.createSnapshotGroup(region, group));
    const found = await here.backups.snapshotGroup(region, id);
    return { ...here, ids: found?.snapshotIds ?? [] };
  };
  const days = ({ core }: EcsOnLoopback): unknown[] =>
    core.snapshots().map(({ retentionDays }) => retentionDays);

  it('are set for each snapshot once it is accomplished, and may be set again', async () => {
    const here = await twoSnapshots();
    here.pass(2 * minute);
    await here.backups.keepFor(region, here.ids, 7);
    await here.backups.keepFor(region, here.ids, 7);
    expect(days(here)).toEqual([7, 7]);
    const [first, ...others] = here.calls('ModifySnapshotAttribute');
    expect(first?.params).toEqual({ SnapshotId: 's-local000000000000001', RetentionDays: '7' });
    expect(others).toHaveLength(3);
  });

  it('send no call if there are no snapshots', async () => {
    const here = await worldWithDisks();
    await here.backups.keepFor(region, [], 7);
    expect(here.calls('ModifySnapshotAttribute')).toEqual([]);
  });

  it('are set again if the answer is lost', async () => {
    const here = await twoSnapshots();
    here.pass(2 * minute);
    here.faults.add({ operation: 'ModifySnapshotAttribute', fault: { kind: 'reset', when: 'after' } });
    here.faults.add({ operation: 'ModifySnapshotAttribute', fault: { kind: 'html', status: 502 } });
    await here.backups.keepFor(region, here.ids, 7);
    expect(days(here)).toEqual([7, 7]);
    expect(here.calls('ModifySnapshotAttribute')).toHaveLength(4);
  });

  it('are set for the others if ECS refuses one, and the error names that one', async () => {
    const here = await twoSnapshots();
    here.pass(2 * minute);
    const [first = '', second = ''] = here.ids;
    const kept = here.backups.keepFor(region, [first, 's-9', second], 7);
    await expect(kept).rejects.toThrow(EcsReadFailed);
    await expect(kept).rejects.toThrow(
      /^Not all snapshots are kept for 7 days: s-9: ECS ModifySnapshotAttribute failed: InvalidSnapshotId\.NotFound: [^;]*$/,
    );
    expect(days(here)).toEqual([7, 7]);
  });

  it('cannot be set while the snapshots are being made', async () => {
    const here = await twoSnapshots();
    await expect(here.backups.keepFor(region, here.ids, 7)).rejects.toThrow(
      /s-local000000000000001: .*InvalidSnapshotId\.NotReady.*; s-local000000000000002: .*NotReady/,
    );
    expect(days(here)).toEqual([undefined, undefined]);
  });
});
