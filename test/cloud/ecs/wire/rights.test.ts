// What each action of ECS needs of RAM. The actions and resources are literals from the table of ECS's documentation
// (help.aliyun.com/en/ecs/developer-reference/api-ecs-2014-05-26-ram).
import { describe, expect, it, onTestFinished } from 'vitest';
import { realClock } from '../../clock.ts';
import { localAccount, startLocalCloud, type LocalCloud } from '../../local-cloud.ts';
import { callRpc, codeOf, type Credentials } from '../../ram/testing/clients.ts';
import { sessionOfRole, type StatementJson } from '../../ram/testing/roles.ts';
import { actions } from '../core/actions/index.ts';
import { needs } from '../core/rights.ts';

const uid = '1000000000000001';
const regionId = 'cn-hangzhou';

/** A cloud with an instance, its disk and a command. */
async function cloudWithInstance(): Promise<LocalCloud> {
  const cloud = await startLocalCloud({ clock: realClock, seed: 1 });
  onTestFinished(() => cloud.close());
  const { core } = cloud.ecs;
  core.addInstance({ id: 'i-1', regionId, disks: [{ id: 'd-1' }], tags: { team: 'dev' } });
  core.addInstance({ id: 'i-2', regionId });
  core.addCommand({ id: 'c-1', regionId });
  return cloud;
}

const callEcs = (cloud: LocalCloud, as: Credentials, action: string, query: Record<string, string>) =>
  callRpc(cloud.ecs.endpoint, as, { version: '2014-05-26', action, query });

const allow = (action: string, resource: string | readonly string[]): StatementJson => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
});

const arn = (rest: string, region = regionId): string => `acs:ecs:${region}:${uid}:${rest}`;

/** A call of each action, and the resources that it needs, each of them. */
const calls: readonly [action: string, query: Record<string, string>, resources: readonly string[]][] = [
  ['AcceptInquiredSystemEvent', { EventId: 'e-1' }, ['*']],
  ['CancelSimulatedSystemEvents', { RegionId: regionId, 'EventId.1': 'e-1' }, ['*']],
  [
    'CreateSimulatedSystemEvents',
    {
      RegionId: regionId,
      EventType: 'SystemMaintenance.Reboot',
      'InstanceId.1': 'i-1',
      'InstanceId.2': 'i-2',
    },
    [arn('instance/i-1'), arn('instance/i-2')],
  ],
  ['CreateSnapshot', { DiskId: 'd-1' }, [arn('disk/d-1'), arn('snapshot/*')]],
  ['CreateSnapshot', { RegionId: regionId, DiskId: 'd-1' }, [arn('disk/d-1'), arn('snapshot/*')]],
  ['CreateSnapshotGroup', { RegionId: regionId, InstanceId: 'i-1' }, [arn('instance/i-1')]],
  [
    'CreateSnapshotGroup',
    { RegionId: regionId, InstanceId: 'i-1', 'DiskId.1': 'd-1' },
    [arn('instance/i-1'), arn('disk/d-1')],
  ],
  ['DescribeDisks', { RegionId: regionId }, [arn('disk/*')]],
  ['DescribeDisks', { RegionId: regionId, DiskIds: '["d-1"]' }, [arn('disk/d-1')]],
  ['DescribeInstanceHistoryEvents', { RegionId: regionId, InstanceId: 'i-1' }, ['*']],
  ['DescribeInstanceMaintenanceAttributes', { RegionId: regionId }, ['*']],
  ['DescribeInstances', { RegionId: regionId }, [arn('instance/*')]],
  ['DescribeInstances', { RegionId: 'cn-shanghai' }, [arn('instance/*', 'cn-shanghai')]],
  [
    'DescribeInstances',
    { RegionId: regionId, InstanceIds: '["i-1","i-2"]' },
    [arn('instance/i-1'), arn('instance/i-2')],
  ],
  ['DescribeInstancesFullStatus', { RegionId: regionId, 'InstanceId.1': 'i-1' }, ['*']],
  ['DescribeInvocationResults', { RegionId: regionId, InvokeId: 't-1' }, [arn('instance/*')]],
  [
    'DescribeInvocationResults',
    { RegionId: regionId, CommandId: 'c-1', InstanceId: 'i-1' },
    [arn('command/c-1'), arn('instance/i-1')],
  ],
  ['DescribePlanMaintenanceWindows', { RegionId: regionId }, ['*']],
  ['DescribeRegions', {}, ['*']],
  ['DescribeSnapshotGroups', { RegionId: regionId }, [arn('snapshotgroup/*')]],
  ['DescribeSnapshotGroups', { RegionId: regionId, 'SnapshotGroupId.1': 'g-1' }, [arn('snapshotgroup/g-1')]],
  ['DescribeSnapshots', { RegionId: regionId }, [arn('snapshot/*')]],
  ['DescribeSnapshots', { RegionId: regionId, SnapshotIds: '["s-1"]' }, [arn('snapshot/s-1')]],
  [
    'InvokeCommand',
    { RegionId: regionId, CommandId: 'c-1', 'InstanceId.1': 'i-1' },
    [arn('command/c-1'), arn('instance/i-1')],
  ],
  ['ModifySnapshotAttribute', { SnapshotId: 's-1' }, [arn('snapshot/s-1', '')]],
  ['ModifySystemEventAttribute', { EventId: 'e-1' }, ['*']],
  ['RebootInstance', { InstanceId: 'i-1' }, [arn('instance/i-1')]],
  ['RedeployInstance', { InstanceId: 'i-1' }, [arn('instance/i-1')]],
];

describe('The rights of ECS', () => {
  it('are known for each action, and each has a call below', () => {
    expect([...needs.keys()].sort()).toEqual([...actions.keys()].sort());
    expect([...new Set(calls.map(([action]) => action))].sort()).toEqual([...actions.keys()].sort());
  });

  it.each(calls)('let %s %j through with a right on %j, each of them', async (action, query, resources) => {
    const cloud = await cloudWithInstance();
    const enough = sessionOfRole(cloud.ram.core, 'enough', allow(`ecs:${action}`, resources));
    expect(await codeOf(callEcs(cloud, enough, action, query))).not.toBe('Forbidden.RAM');
    for (const [n, missing] of resources.entries()) {
      const others = resources.filter((resource) => resource !== missing);
      const one = sessionOfRole(
        cloud.ram.core,
        `one-${n}`,
        allow('ecs:*', [...others, 'acs:ecs:*:*:none/*']),
        allow('ots:*', '*'),
      );
      await expect(callEcs(cloud, one, action, query)).rejects.toMatchObject({
        code: 'Forbidden.RAM',
        statusCode: 403,
        accessDeniedDetail: { AuthAction: `ecs:${action}`, NoPermissionType: 'ImplicitDeny' },
      });
    }
  });
});

describe('A caller of ECS', () => {
  it('without a right is told so in the words of ECS, and nothing is done', async () => {
    const cloud = await cloudWithInstance();
    const session = sessionOfRole(cloud.ram.core, 'reader', allow('ecs:Describe*', '*'));
    await expect(callEcs(cloud, session, 'RebootInstance', { InstanceId: 'i-1' })).rejects.toMatchObject({
      message: expect.stringContaining(
        "User not authorized to operate on the specified resource, or this API doesn't support RAM.",
      ) as string,
      accessDeniedDetail: { AuthPrincipalDisplayName: 'reader:session' },
    });
    expect(cloud.ecs.core.record.calls('RebootInstance')).toMatchObject([
      { outcome: 'Forbidden.RAM', reached: false },
    ]);
    expect(cloud.ecs.core.instances()[0]).toMatchObject({ status: 'Running', restarts: { api: 0 } });
  });

  it('may restart exactly the instances with a tag, if its policy says so', async () => {
    const cloud = await cloudWithInstance();
    const tagged = { StringEquals: { 'acs:ResourceTag/team': 'dev' } };
    const session = sessionOfRole(cloud.ram.core, 'team', {
      ...allow('ecs:RebootInstance', 'acs:ecs:*:*:instance/*'),
      Condition: tagged,
    });
    const reboot = (InstanceId: string): Promise<string> =>
      codeOf(callEcs(cloud, session, 'RebootInstance', { InstanceId }));
    expect(await reboot('i-2')).toBe('Forbidden.RAM');
    expect(await reboot('i-1')).toBe('OK');
  });

  it('with a condition that the local cloud does not know gets an error that says so', async () => {
    const cloud = await cloudWithInstance();
    const session = sessionOfRole(cloud.ram.core, 'far', {
      ...allow('ecs:*', '*'),
      Condition: { IpAddress: { 'acs:SourceIp': ['10.0.0.0/8'] } },
    });
    await expect(callEcs(cloud, session, 'DescribeRegions', {})).rejects.toMatchObject({
      code: 'LocalCloud.UnknownCondition',
      message: expect.stringContaining('acs:SourceIp') as string,
    });
  });

  it('that is denied what it is allowed elsewhere is refused, and the answer says why', async () => {
    const cloud = await cloudWithInstance();
    const session = sessionOfRole(cloud.ram.core, 'denied', allow('*', '*'), {
      ...allow('ecs:Reboot*', arn('instance/i-1')),
      Effect: 'Deny',
    });
    await expect(callEcs(cloud, session, 'RebootInstance', { InstanceId: 'i-1' })).rejects.toMatchObject({
      code: 'Forbidden.RAM',
      accessDeniedDetail: { NoPermissionType: 'ExplicitDeny' },
    });
    expect(await codeOf(callEcs(cloud, session, 'RebootInstance', { InstanceId: 'i-2' }))).toBe('OK');
  });

  it('learns by DryRun whether it may restart, before the state of the instance counts', async () => {
    const cloud = await cloudWithInstance();
    const may = sessionOfRole(cloud.ram.core, 'may', allow('ecs:RebootInstance', arn('instance/*')));
    const mayNot = sessionOfRole(cloud.ram.core, 'may-not', allow('ecs:Describe*', '*'));
    const dryRun = (as: Credentials): Promise<string> =>
      codeOf(callEcs(cloud, as, 'RebootInstance', { InstanceId: 'i-1', DryRun: 'true' }));
    expect(await dryRun(may)).toBe('DryRunOperation');
    expect(await dryRun(mayNot)).toBe('Forbidden.RAM');
    expect(await codeOf(callEcs(cloud, may, 'RebootInstance', { InstanceId: 'i-1' }))).toBe('OK');
    // Now it is Starting.
    expect(await dryRun(may)).toBe('IncorrectInstanceStatus');
    expect(await dryRun(mayNot)).toBe('Forbidden.RAM');
  });

  it('may do everything with the printed key', async () => {
    const cloud = await cloudWithInstance();
    expect(await codeOf(callEcs(cloud, localAccount, 'RebootInstance', { InstanceId: 'i-1' }))).toBe('OK');
  });
});
