import { describe, expect, test } from 'vitest';
import { day, hour, june1, emptyEcs } from '../test-ecs.ts';

describe('DescribeInstances', () => {
  test('shows an instance with the documented fields', () => {
    const { core } = emptyEcs();
    core.addInstance({
      id: 'i-1',
      regionId: 'cn-hangzhou',
      zoneId: 'cn-hangzhou-k',
      name: 'web-1',
      tags: { team: 'blue' },
      operationLocks: ['security'],
      startTime: june1 - hour,
      creationTime: june1 - day,
      privateIpAddress: '10.1.2.3',
      publicIpAddress: '203.0.113.9',
      deploymentSetId: 'ds-1',
      resourceGroupId: 'rg-1',
    });
    expect(core.call('DescribeInstances', { RegionId: 'cn-hangzhou' })).toEqual({
      RequestId: '00000000-0000-4000-8000-000000000001',
      TotalCount: 1,
      PageNumber: 1,
      PageSize: 10,
      Instances: {
        Instance: [
          {
            InstanceId: 'i-1',
            InstanceName: 'web-1',
            HostName: 'web-1',
            RegionId: 'cn-hangzhou',
            ZoneId: 'cn-hangzhou-k',
            Status: 'Running',
            InstanceType: 'ecs.g7.large',
            InstanceNetworkType: 'vpc',
            CreationTime: '2026-05-31T00:00Z',
            StartTime: '2026-05-31T23:00Z',
            DeploymentSetId: 'ds-1',
            ResourceGroupId: 'rg-1',
            OperationLocks: { LockReason: [{ LockReason: 'security' }] },
            Tags: { Tag: [{ TagKey: 'team', TagValue: 'blue' }] },
            PublicIpAddress: { IpAddress: ['203.0.113.9'] },
            InnerIpAddress: { IpAddress: [] },
            VpcAttributes: { PrivateIpAddress: { IpAddress: ['10.1.2.3'] } },
          },
        ],
      },
    });
  });

  test('filters by ids and by all tags, and a tag without a value matches any value', () => {
    const { core } = emptyEcs();
    core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', tags: { team: 'blue', stage: 'live' } });
    core.addInstance({ id: 'i-2', regionId: 'cn-hangzhou', tags: { team: 'blue' } });
    core.addInstance({ id: 'i-3', regionId: 'cn-hangzhou', tags: { team: 'red' } });
    const ids = (params: Record<string, string>): string[] => {
      const answer = core.call('DescribeInstances', { RegionId: 'cn-hangzhou', ...params });
      return (answer as { Instances: { Instance: { InstanceId: string }[] } }).Instances.Instance.map(
        ({ InstanceId }) => InstanceId,
      );
    };
    expect(ids({ InstanceIds: '["i-3","i-1","i-9"]' })).toEqual(['i-1', 'i-3']);
    expect(ids({ 'Tag.1.Key': 'team' })).toEqual(['i-1', 'i-2', 'i-3']);
    expect(ids({ 'Tag.1.Key': 'team', 'Tag.1.Value': 'blue' })).toEqual(['i-1', 'i-2']);
    expect(ids({ 'Tag.1.Key': 'team', 'Tag.1.Value': 'blue', 'Tag.2.Key': 'stage' })).toEqual(['i-1']);
  });
});

test.each([
  ['web-*', ['web-1', 'web-2']],
  ['*-1', ['web-1', 'db-1']],
  ['*b*', ['web-1', 'web-2', 'db-1']],
  ['web-1', ['web-1']],
  ['web', []],
  ['w.b-1', []],
])('DescribeInstances takes * in InstanceName: %s', (InstanceName, names) => {
  const { core } = emptyEcs();
  for (const name of ['web-1', 'web-2', 'db-1']) core.addInstance({ regionId: 'cn-hangzhou', name });
  const answer = core.call('DescribeInstances', { RegionId: 'cn-hangzhou', InstanceName });
  const { Instance } = (answer as { Instances: { Instance: { InstanceName: string }[] } }).Instances;
  expect(Instance.map((one) => one.InstanceName)).toEqual(names);
});

test('An instance of an Auto Scaling group has the tag acs:autoscaling:scalingGroupId', () => {
  const { core } = emptyEcs();
  core.addInstance({ regionId: 'cn-hangzhou', scalingGroupId: 'asg-1', tags: { team: 'blue' } });
  expect(core.call('DescribeInstances', { RegionId: 'cn-hangzhou' })).toMatchObject({
    Instances: {
      Instance: [
        {
          Tags: {
            Tag: [
              { TagKey: 'team', TagValue: 'blue' },
              { TagKey: 'acs:autoscaling:scalingGroupId', TagValue: 'asg-1' },
            ],
          },
        },
      ],
    },
  });
});

test('MaxResults below 10 counts as 10 and above 100 as 100, as documented', () => {
  const { core } = emptyEcs();
  for (let n = 0; n < 120; n += 1) core.addInstance({ regionId: 'cn-hangzhou' });
  const size = (MaxResults: string): number => {
    const answer = core.call('DescribeInstances', { RegionId: 'cn-hangzhou', MaxResults });
    return (answer as { Instances: { Instance: unknown[] } }).Instances.Instance.length;
  };
  expect([size('1'), size('11'), size('101')]).toEqual([10, 11, 100]);
});
