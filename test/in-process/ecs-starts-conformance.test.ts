// One suite for both ways to the local ECS: Alibaba's SDK over a socket, and no socket. Here: health, backups and commands,
// with their refusals and failures.
import { expect, it } from 'vitest';
import type { EcsParameters } from '../../lib/alibaba/ecs/api.ts';
import { readResultPage } from '../../lib/alibaba/ecs/command-answers.ts';
import { readFault } from '../../lib/alibaba/ecs/error-codes.ts';
import { readHealth } from '../../lib/alibaba/ecs/health-answers.ts';
import {
  readDiskPage,
  readSnapshotGroupPage,
  readSnapshotPage,
} from '../../lib/alibaba/ecs/snapshot-answers.ts';
import { startsOf } from '../../lib/alibaba/ecs/starts.ts';
import { minute, second } from '../cloud/ecs/test-ecs.ts';
import type { AnyCall } from './ecs-refusals.ts';
import { onEachWayToEcs, type LocalEcs } from './ways.ts';

const regionId = 'cn-hangzhou';
const requestId = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`;
const snapshotId = (n: number): string => `s-local00000000000000${n}`;

function populate({ core }: LocalEcs): void {
  core.addInstance({ id: 'i-0', regionId, disks: [{ id: 'd-0' }, { id: 'd-1', category: 'cloud_ssd' }] });
  core.addInstance({ id: 'i-1', regionId, healthStatus: 'Impaired', status: 'Stopped' });
  core.addCommand({ id: 'c-0', outcomes: [{ output: 'ü在😀' }] });
}

const tag = [
  { key: 'created-by', value: 'ecs-reboot-planner' },
  { key: 'empty', value: '' },
];

const snapshot: EcsParameters['CreateSnapshot'] = {
  diskId: 'd-0',
  snapshotName: 'before-reboot',
  retentionDays: 7,
  clientToken: 'p-1/d-0',
  tag,
};

const group: EcsParameters['CreateSnapshotGroup'] = {
  regionId,
  instanceId: 'i-0',
  diskId: ['d-0'],
  name: 'before-reboot',
  clientToken: 'p-1',
  tag,
};

const command: EcsParameters['InvokeCommand'] = {
  regionId,
  commandId: 'c-0',
  instanceId: ['i-0'],
  timeout: 60,
  repeatMode: 'Once',
  clientToken: 'p-1/pre',
};

const refusals: [string, AnyCall, number, string][] = [
  [
    'a disk that does not exist',
    ['CreateSnapshot', { ...snapshot, diskId: 'd-9' }],
    404,
    'InvalidDiskId.NotFound',
  ],
  [
    'a malformed name',
    ['CreateSnapshot', { ...snapshot, snapshotName: '1' }],
    400,
    'InvalidSnapshotName.Malformed',
  ],
  [
    'a snapshot that is kept for 0 days',
    ['CreateSnapshot', { ...snapshot, retentionDays: 0 }],
    400,
    'InvalidRetentionDays.Malformed',
  ],
  ['the same tag twice', ['CreateSnapshot', { ...snapshot, tag: [...tag, ...tag] }], 400, 'Duplicate.TagKey'],
  [
    'a group of disks of the wrong kind',
    ['CreateSnapshotGroup', { ...group, diskId: ['d-0', 'd-1'] }],
    400,
    'DiskCategory.OperationNotSupported',
  ],
  [
    'the days of a snapshot that does not exist',
    ['ModifySnapshotAttribute', { snapshotId: 's-9', retentionDays: 7 }],
    404,
    'InvalidSnapshotId.NotFound',
  ],
  [
    'a command that does not exist',
    ['InvokeCommand', { ...command, commandId: 'c-9' }],
    404,
    'InvalidCmdId.NotFound',
  ],
  [
    'a command on an instance that is not running',
    ['InvokeCommand', { ...command, instanceId: ['i-1'] }],
    403,
    'InvalidInstance.NotMatch',
  ],
  ['too short a timeout', ['InvokeCommand', { ...command, timeout: 9 }], 400, 'InvalidParameter.Timeout'],
];

onEachWayToEcs((open) => {
  it('gives the health of instances by id', async () => {
    const world = await open();
    populate(world);
    const ask = { regionId, instanceId: ['i-0', 'i-1', 'i-9'], pageSize: 100 };
    const body = await world.api.call(regionId, 'DescribeInstancesFullStatus', ask);
    const status = (id: string, name: string, health: object): object => ({
      InstanceId: id,
      Status: { Name: name },
      HealthStatus: health,
      ScheduledSystemEventSet: { ScheduledSystemEventType: [] },
    });
    expect(body).toStrictEqual({
      TotalCount: 2,
      PageNumber: 1,
      PageSize: 100,
      InstanceFullStatusSet: {
        InstanceFullStatusType: [
          status('i-0', 'Running', { Name: 'Ok', Code: 0 }),
          status('i-1', 'Stopped', { Name: 'Impaired' }),
        ],
      },
      RequestId: requestId(1),
    });
    expect(readHealth(body)).toEqual([
      ['i-0', { status: 'Ok', openEventIds: [], faults: [] }],
      ['i-1', { status: 'Impaired', openEventIds: [], faults: [] }],
    ]);
  });

  it('makes a snapshot of a disk, sends its tags flat, and keeps it longer', async () => {
    const world = await open();
    populate(world);
    const { api, core, pass } = world;
    const disks = await api.call(regionId, 'DescribeDisks', { regionId, instanceId: 'i-0', maxResults: 100 });
    expect(readDiskPage(disks)).toEqual({
      items: [
        { diskId: 'd-0', isEssd: true },
        { diskId: 'd-1', isEssd: false },
      ],
    });
    expect(await api.call(regionId, 'CreateSnapshot', snapshot)).toStrictEqual({
      SnapshotId: snapshotId(1),
      RequestId: requestId(2),
    });
    expect(core.record.calls('CreateSnapshot')[0]?.params).toEqual({
      DiskId: 'd-0',
      SnapshotName: 'before-reboot',
      RetentionDays: '7',
      ClientToken: 'p-1/d-0',
      'Tag.1.Key': 'created-by',
      'Tag.1.Value': 'ecs-reboot-planner',
      'Tag.2.Key': 'empty',
      'Tag.2.Value': '',
    });
    pass(2 * minute);
    const longer = { snapshotId: snapshotId(1), retentionDays: 9 };
    expect(await api.call(regionId, 'ModifySnapshotAttribute', longer)).toStrictEqual({
      RequestId: requestId(3),
    });
    const ask = { regionId, snapshotIds: JSON.stringify([snapshotId(1), 's-9']), maxResults: 100 };
    const body = await api.call(regionId, 'DescribeSnapshots', ask);
    expect(body).toMatchObject({ NextToken: '', Snapshots: { Snapshot: [{ RetentionDays: 9 }] } });
    expect(readSnapshotPage(body)).toEqual({ items: [[snapshotId(1), 'accomplished']] });
  });

  it('makes a group of snapshots', async () => {
    const world = await open();
    populate(world);
    const { api, core } = world;
    expect(await api.call(regionId, 'CreateSnapshotGroup', group)).toStrictEqual({
      SnapshotGroupId: 'ssg-local0000000000001',
      RequestId: requestId(1),
    });
    expect(core.record.calls()[0]?.params).toEqual({
      RegionId: regionId,
      InstanceId: 'i-0',
      'DiskId.1': 'd-0',
      Name: 'before-reboot',
      ClientToken: 'p-1',
      'Tag.1.Key': 'created-by',
      'Tag.1.Value': 'ecs-reboot-planner',
      'Tag.2.Key': 'empty',
      'Tag.2.Value': '',
    });
    const ask = { regionId, snapshotGroupId: ['ssg-local0000000000001'], maxResults: 100 };
    expect(readSnapshotGroupPage(await api.call(regionId, 'DescribeSnapshotGroups', ask))).toEqual({
      items: [{ groupId: 'ssg-local0000000000001', status: 'progressing', snapshotIds: [snapshotId(1)] }],
    });
  });

  it('runs a command and shows its output', async () => {
    const world = await open();
    populate(world);
    const { api, core, pass } = world;
    const started = (await api.call(regionId, 'InvokeCommand', command)) as { InvokeId: string };
    expect(started).toStrictEqual({ InvokeId: 't-local000000000000001', RequestId: requestId(1) });
    expect(core.record.calls()[0]?.params).toEqual({
      RegionId: regionId,
      CommandId: 'c-0',
      'InstanceId.1': 'i-0',
      Timeout: '60',
      RepeatMode: 'Once',
      ClientToken: 'p-1/pre',
    });
    pass(10 * second);
    const ask = { regionId, invokeId: started.InvokeId, instanceId: 'i-0', maxResults: 50 };
    expect(readResultPage(await api.call(regionId, 'DescribeInvocationResults', ask))).toEqual({
      items: [
        {
          instanceId: 'i-0',
          result: { kind: 'over', isSuccess: true, status: 'Success', exitCode: 0, output: 'ü在😀' },
        },
      ],
    });
  });

  it.each(refusals)('refuses %s', async (_case, [action, parameters], status, code) => {
    const world = await open();
    populate(world);
    const thrown: unknown = await world.api
      .call(regionId, action, parameters)
      .catch((error: unknown) => error);
    expect(readFault(thrown)).toMatchObject({ status, code, requestId: requestId(1) });
    expect(world.core.snapshots()).toEqual([]);
    expect(world.core.invocations()).toEqual([]);
  });

  it('answers a repeated token with the first id', async () => {
    const world = await open();
    populate(world);
    const start = startsOf(world.api);
    world.faults.add({ operation: 'CreateSnapshot', fault: { kind: 'reset', when: 'after' } });
    world.faults.add({ operation: 'InvokeCommand', fault: { kind: 'empty' } });
    expect((await start(regionId, 'CreateSnapshot', snapshot)).kind).toBe('unknown');
    expect((await start(regionId, 'InvokeCommand', command)).kind).toBe('unknown');
    expect(await start(regionId, 'CreateSnapshot', snapshot)).toMatchObject({ id: snapshotId(1) });
    expect(await start(regionId, 'InvokeCommand', command)).toMatchObject({ id: 't-local000000000000001' });
    expect([world.core.snapshots().length, world.core.invocations().length]).toEqual([1, 1]);
    const other = { ...snapshot, retentionDays: 8 };
    expect(await start(regionId, 'CreateSnapshot', other)).toMatchObject({
      kind: 'refused',
      code: 'IdempotentParameterMismatch',
    });
  });
});
