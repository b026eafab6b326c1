import { describe, expect, test } from 'vitest';
import { codeOf, day, hour, june1, minute, second } from '../test-ecs.ts';
import { describedSnapshots, snapshotOf, ecsWithDisks } from './backup-reads.ts';

describe('A snapshot', () => {
  test('is progressing, with growing Progress, until it is accomplished', () => {
    const { core, pass } = ecsWithDisks();
    const id = snapshotOf(core, 'd-1');
    const seen = () => describedSnapshots(core).map((it) => [it['Status'], it['Progress'], it['RemainTime']]);
    expect(seen()).toEqual([['progressing', '0%', 100]]);
    pass(42_500);
    expect(seen()).toEqual([['progressing', '42%', 58]]);
    pass(57_499);
    expect(seen()).toEqual([['progressing', '99%', 1]]);
    pass(1);
    expect(seen()).toEqual([['accomplished', '100%', undefined]]);
    expect(core.snapshots()).toMatchObject([
      {
        id,
        diskId: 'd-1',
        instanceId: 'i-1',
        creationTime: june1,
        status: 'accomplished',
        endTime: june1 + 100 * second,
        failedBecause: undefined,
        requestId: '00000000-0000-4000-8000-000000000001',
      },
    ]);
  });

  test('is listed with the attributes of its call', () => {
    const { core, pass } = ecsWithDisks();
    const id = snapshotOf(core, 'd-2', {
      SnapshotName: 'before-reboot',
      Description: 'Taken before a reboot',
      RetentionDays: '7',
      'Tag.1.Key': 'plan',
      'Tag.1.Value': 'p-1',
    });
    pass(2 * minute);
    expect(describedSnapshots(core)).toEqual([
      {
        SnapshotId: id,
        SnapshotName: 'before-reboot',
        Description: 'Taken before a reboot',
        RegionId: 'cn-hangzhou',
        Status: 'accomplished',
        Progress: '100%',
        Available: true,
        CreationTime: '2026-06-01T00:00:00Z',
        LastModifiedTime: '2026-06-01T00:02:00Z',
        RetentionDays: 7,
        Category: 'standard',
        SnapshotType: 'user',
        InstantAccess: false,
        Encrypted: false,
        Usage: 'none',
        SourceStorageType: 'disk',
        SourceDiskId: 'd-2',
        SourceDiskType: 'data',
        SourceDiskSize: '40',
        Tags: { Tag: [{ TagKey: 'plan', TagValue: 'p-1' }] },
      },
    ]);
  });

  test.each([
    ['RebootInstance', 'restart by api'],
    ['a restart by the owner', 'restart by owner'],
    ['a restart in the guest', 'restart by guest'],
    ['a stop', 'stop by owner'],
    ['a release', 'release by owner'],
  ])('that is unfinished fails on %s', (what, because) => {
    const { core, pass } = ecsWithDisks();
    core.addInstance({ id: 'i-2', regionId: 'cn-hangzhou', disks: [{ id: 'd-3' }] });
    snapshotOf(core, 'd-1');
    snapshotOf(core, 'd-3');
    pass(30 * second);
    if (what === 'RebootInstance') core.call('RebootInstance', { InstanceId: 'i-1' });
    else if (what === 'a stop') core.schedule(0, { kind: 'instance-stopped', instanceId: 'i-1' });
    else if (what === 'a release') core.schedule(0, { kind: 'instance-released', instanceId: 'i-1' });
    else {
      const through = what === 'a restart in the guest' ? 'guest' : 'api';
      core.schedule(0, { kind: 'instance-restarted', instanceId: 'i-1', through });
    }
    pass(hour);
    expect(
      core.snapshots().map(({ diskId, status, endTime, failedBecause }) => ({
        diskId,
        status,
        endTime,
        failedBecause,
      })),
    ).toEqual([
      { diskId: 'd-1', status: 'failed', endTime: june1 + 30 * second, failedBecause: because },
      { diskId: 'd-3', status: 'accomplished', endTime: june1 + 120 * second, failedBecause: undefined },
    ]);
    expect(describedSnapshots(core, { DiskId: 'd-1' })).toMatchObject([
      { Status: 'failed', Progress: '30%', Available: false, LastModifiedTime: '2026-06-01T00:00:30Z' },
    ]);
  });

  test('that is unfinished fails when ECS carries out an event', () => {
    const { core, pass } = ecsWithDisks();
    core.addEvent({ id: 'e-1', instanceId: 'i-1', notBefore: june1 + hour });
    pass(hour - 10 * second);
    snapshotOf(core, 'd-1');
    pass(10 * second);
    expect(core.snapshots()).toMatchObject([
      { status: 'failed', endTime: june1 + hour, failedBecause: 'restart by ecs' },
    ]);
  });

  test('that is accomplished stays accomplished, whatever happens to the instance', () => {
    const { core, pass } = ecsWithDisks();
    snapshotOf(core, 'd-1');
    pass(100 * second);
    core.call('RebootInstance', { InstanceId: 'i-1' });
    core.schedule(june1 + hour, { kind: 'instance-released', instanceId: 'i-1' });
    pass(2 * hour);
    expect(describedSnapshots(core, { InstanceId: 'i-1' })).toMatchObject([{ Status: 'accomplished' }]);
  });

  test('fails by itself if a script says so, and the next one does not', () => {
    const { core, pass } = ecsWithDisks();
    core.schedule(0, { kind: 'snapshot-fails', diskId: 'd-1' });
    snapshotOf(core, 'd-1');
    pass(100 * second);
    snapshotOf(core, 'd-1');
    pass(100 * second);
    expect(core.snapshots().map(({ status, failedBecause }) => [status, failedBecause])).toEqual([
      ['failed', 'script'],
      ['accomplished', undefined],
    ]);
    expect(() => core.schedule(0, { kind: 'snapshot-fails', diskId: 'd-9' }))
      // The core finds out when it happens, as for every happening.
      .not.toThrow();
    expect(() => core.settle()).toThrow('no disk d-9 for snapshot-fails');
  });

  test('of a stopped instance is possible, and a start fails it', () => {
    const { core, pass } = ecsWithDisks();
    core.schedule(0, { kind: 'instance-stopped', instanceId: 'i-1' });
    pass(10 * second);
    snapshotOf(core, 'd-1');
    core.schedule(0, { kind: 'instance-started', instanceId: 'i-1' });
    pass(hour);
    expect(core.snapshots()).toMatchObject([{ status: 'failed', failedBecause: 'start by owner' }]);
  });

  test('is released after its days of retention and no longer counts for the quota', () => {
    const { core, pass } = ecsWithDisks({ snapshotsPerDisk: 1 });
    snapshotOf(core, 'd-1', { RetentionDays: '1' });
    pass(day - second);
    expect(describedSnapshots(core)).toHaveLength(1);
    expect(codeOf(() => snapshotOf(core, 'd-1'))).toBe('403 QuotaExceed.Snapshot');
    pass(second);
    expect(describedSnapshots(core)).toEqual([]);
    expect(codeOf(() => snapshotOf(core, 'd-1'))).toBe('OK');
  });

  test('is recorded together with the call that started it', () => {
    const { core, pass } = ecsWithDisks();
    const id = snapshotOf(core, 'd-1');
    pass(100 * second);
    core.settle();
    const noted = core.record.entries().filter(({ kind }) => kind !== 'instance');
    expect(noted).toMatchObject([
      { kind: 'call', action: 'CreateSnapshot', params: { DiskId: 'd-1' }, region: 'cn-hangzhou' },
      { kind: 'snapshot', snapshotId: id, instanceId: 'i-1', from: undefined, to: 'progressing' },
      { kind: 'snapshot', snapshotId: id, from: 'progressing', to: 'accomplished' },
    ]);
  });
});
