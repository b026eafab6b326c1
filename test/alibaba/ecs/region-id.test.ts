// RegionId goes with every call whose request takes it. Without it, an endpoint that serves one region could not refuse a call
// for another one.
import { createRequire } from 'node:module';
import type Ecs from '@alicloud/ecs20140526';
import { expect, it, onTestFinished } from 'vitest';
import type { EcsAction, EcsParameters } from '../../../lib/alibaba/ecs/api.ts';
import { openEcsApi } from '../../../lib/alibaba/ecs/sdk-api.ts';
import { ecsOnLoopback } from './ecs-on-loopback.ts';

const ecs = createRequire(import.meta.url)('@alicloud/ecs20140526') as typeof Ecs;

const regionId = 'cn-hangzhou';
const tag = [{ key: 'k', value: 'v' }];

/** A call of each action that this project calls. */
const calls: EcsParameters = {
  DescribeInstanceHistoryEvents: { regionId, instanceEventCycleStatus: ['Scheduled'], maxResults: 10 },
  DescribeInstances: { regionId, instanceIds: '["i-1"]', maxResults: 10 },
  DescribeInstanceMaintenanceAttributes: { regionId, instanceId: ['i-1'], pageSize: 10 },
  DescribePlanMaintenanceWindows: { regionId, maxResults: 10 },
  DescribeInstancesFullStatus: { regionId, instanceId: ['i-1'], pageSize: 10 },
  RebootInstance: { instanceId: 'i-1', forceStop: false },
  DescribeDisks: { regionId, instanceId: 'i-1', maxResults: 10 },
  CreateSnapshot: { diskId: 'd-1', snapshotName: 's', retentionDays: 1, clientToken: 't', tag },
  CreateSnapshotGroup: { regionId, instanceId: 'i-1', diskId: ['d-1'], name: 's', clientToken: 't', tag },
  DescribeSnapshots: { regionId, snapshotIds: '["s-1"]', maxResults: 10 },
  DescribeSnapshotGroups: { regionId, snapshotGroupId: ['ssg-1'], maxResults: 10 },
  ModifySnapshotAttribute: { snapshotId: 's-1', retentionDays: 1 },
  InvokeCommand: {
    regionId,
    commandId: 'c-1',
    instanceId: ['i-1'],
    timeout: 60,
    repeatMode: 'Once',
    clientToken: 't',
  },
  DescribeInvocationResults: { regionId, invokeId: 't-1', instanceId: 'i-1', maxResults: 10 },
};

/** Whether the SDK's request of an action has the parameter RegionId. */
function takesRegionId(action: EcsAction): boolean {
  const request = ecs[`${action}Request`] as unknown as { names(): Record<string, string> };
  return Object.values(request.names()).includes('RegionId');
}

it.each(Object.keys(calls) as EcsAction[])('RegionId goes with %s if the call takes it', async (action) => {
  const here = await ecsOnLoopback((close) => onTestFinished(close));
  const key = { accessKeyId: 'key', accessKeySecret: 'secret' };
  // Refused or not: only what was sent counts.
  await Promise.allSettled([
    openEcsApi({ endpoint: here.server.endpoint }, key).call(regionId, action, calls[action]),
  ]);
  const [sent] = here.calls(action);
  expect(sent?.params['RegionId']).toBe(takesRegionId(action) ? 'cn-hangzhou' : undefined);
});

it('three calls of this project take no RegionId', () => {
  const without = (Object.keys(calls) as EcsAction[]).filter((action) => !takesRegionId(action));
  expect(without).toEqual(['RebootInstance', 'CreateSnapshot', 'ModifySnapshotAttribute']);
});
