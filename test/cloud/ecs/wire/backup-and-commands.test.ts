// Backups and Cloud Assistant through the unmodified official Node client, over a real socket.
import { expect, test } from 'vitest';
import { minute, second } from '../test-ecs.ts';
import { ecs, localEcs } from './local-client.ts';

const regionId = 'cn-hangzhou';
const tag = [{ key: 'reboot-planner:plan', value: 'p-1' }];

test('the SDK finds the disks of an instance, backs them up as a group, and sees the group accomplished', async () => {
  const { core, client, pass } = await localEcs();
  core.addInstance({ id: 'i-1', regionId, disks: [{ id: 'd-1' }, { id: 'd-2', category: 'cloud_auto' }] });
  const disks = await client.describeDisks(
    new ecs.DescribeDisksRequest({ regionId, instanceId: 'i-1', maxResults: 500 }),
  );
  expect(disks.body?.disks?.disk?.map(({ diskId, category, type }) => [diskId, category, type])).toEqual([
    ['d-1', 'cloud_essd', 'system'],
    ['d-2', 'cloud_auto', 'data'],
  ]);
  expect(disks.body?.nextToken).toBe('');

  const made = await client.createSnapshotGroup(
    new ecs.CreateSnapshotGroupRequest({
      regionId,
      instanceId: 'i-1',
      diskId: ['d-1', 'd-2'],
      name: 'before-reboot',
      clientToken: 'p-1/1',
      tag,
    }),
  );
  const snapshotGroupId = [made.body?.snapshotGroupId ?? ''];
  const seen = async (): Promise<unknown> => {
    const { body } = await client.describeSnapshotGroups(
      new ecs.DescribeSnapshotGroupsRequest({ regionId, snapshotGroupId, maxResults: 10 }),
    );
    const [group] = body?.snapshotGroups?.snapshotGroup ?? [];
    return [group?.status, group?.tags?.tag, group?.snapshots?.snapshot?.map(({ progress }) => progress)];
  };
  const tags = [{ key: 'reboot-planner:plan', value: 'p-1' }];
  expect(await seen()).toEqual(['progressing', tags, ['0%', '0%']]);
  pass(2 * minute);
  expect(await seen()).toEqual(['accomplished', tags, ['100%', '100%']]);
});

test('the SDK makes one snapshot when it sends a call twice, and sees that a restart fails it', async () => {
  const { core, client, pass } = await localEcs();
  core.addInstance({ id: 'i-1', regionId, disks: [{ id: 'd-1' }] });
  const create = (snapshotName: string) =>
    client.createSnapshot(
      new ecs.CreateSnapshotRequest({
        diskId: 'd-1',
        snapshotName,
        retentionDays: 7,
        clientToken: 'p-1/1',
        tag,
      }),
    );
  const first = await create('before-reboot');
  pass(30 * second);
  const again = await create('before-reboot');
  expect(again.body?.snapshotId).toBe(first.body?.snapshotId);
  await expect(create('another')).rejects.toMatchObject({
    name: 'ClientError',
    code: 'IdempotentParameterMismatch',
    statusCode: 403,
  });

  await client.rebootInstance(new ecs.RebootInstanceRequest({ instanceId: 'i-1' }));
  const { body } = await client.describeSnapshots(
    new ecs.DescribeSnapshotsRequest({ regionId, snapshotIds: JSON.stringify([first.body?.snapshotId]) }),
  );
  expect(body?.snapshots?.snapshot).toMatchObject([
    { status: 'failed', progress: '25%', retentionDays: 7, sourceDiskId: 'd-1', tags: { tag: [{}] } },
  ]);
  expect(core.record.calls('CreateSnapshot')[0]?.params).toEqual({
    DiskId: 'd-1',
    SnapshotName: 'before-reboot',
    RetentionDays: '7',
    ClientToken: 'p-1/1',
    'Tag.1.Key': 'reboot-planner:plan',
    'Tag.1.Value': 'p-1',
  });
});

test('the SDK runs a command and reads its output in both encodings', async () => {
  const { core, client, pass } = await localEcs();
  core.addInstance({ id: 'i-1', regionId });
  core.addCommand({ id: 'c-1', parameters: ['stage'], outcomes: [{ exitCode: 4, output: 'nein: ü\n' }] });
  const { body } = await client.invokeCommand(
    new ecs.InvokeCommandRequest({
      regionId,
      commandId: 'c-1',
      instanceId: ['i-1'],
      timeout: 60,
      parameters: { stage: 'before' },
      clientToken: 'p-1/1',
    }),
  );
  const result = async (contentEncoding?: string): Promise<unknown> => {
    const results = await client.describeInvocationResults(
      new ecs.DescribeInvocationResultsRequest({
        regionId,
        invokeId: body?.invokeId,
        instanceId: 'i-1',
        maxResults: 50,
        ...(contentEncoding === undefined ? {} : { contentEncoding }),
      }),
    );
    return results.body?.invocation?.invocationResults?.invocationResult?.[0];
  };
  expect(await result()).toMatchObject({ invocationStatus: 'Pending', startTime: '', output: '' });
  pass(minute);
  expect(await result()).toMatchObject({
    invocationStatus: 'Failed',
    exitCode: 4,
    output: 'bmVpbjogw7wK',
    errorCode: 'ExitCodeNonzero',
    finishedTime: '2026-06-01T00:00:03Z',
  });
  expect(await result('PlainText')).toMatchObject({ output: 'nein: ü\n' });
  expect(core.record.calls('InvokeCommand')[0]?.params).toEqual({
    RegionId: regionId,
    CommandId: 'c-1',
    'InstanceId.1': 'i-1',
    Timeout: '60',
    Parameters: '{"stage":"before"}',
    ClientToken: 'p-1/1',
  });
});

test('the same token finds the work again after its answer was lost', async () => {
  const { core, client, faults } = await localEcs();
  core.addInstance({ id: 'i-1', regionId, disks: [{ id: 'd-1' }] });
  core.addCommand({ id: 'c-1' });
  faults.add({ operation: 'CreateSnapshot', fault: { kind: 'reset', when: 'after' } });
  faults.add({ operation: 'InvokeCommand', fault: { kind: 'reset', when: 'before' } });
  const snapshot = () =>
    client.createSnapshot(new ecs.CreateSnapshotRequest({ diskId: 'd-1', clientToken: 'p-1/1' }));
  const command = () =>
    client.invokeCommand(
      new ecs.InvokeCommandRequest({ regionId, commandId: 'c-1', instanceId: ['i-1'], clientToken: 'p-1/1' }),
    );
  await expect(snapshot()).rejects.toMatchObject({ code: 'ECONNRESET' });
  await expect(command()).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect([core.snapshots().length, core.invocations().length]).toEqual([1, 0]);
  expect((await snapshot()).body?.snapshotId).toBe(core.snapshots()[0]?.id);
  expect((await command()).body?.invokeId).toBe(core.invocations()[0]?.invokeId);
  expect([core.snapshots().length, core.invocations().length]).toEqual([1, 1]);
  expect(core.record.calls().map(({ reached, fault }) => [reached, fault])).toEqual([
    [true, 'reset after'],
    [false, 'reset before'],
    [true, undefined],
    [true, undefined],
  ]);
});
