// ECS through Alibaba's SDK: its generic call with the request models of single actions, because loading the whole client
// costs half a second and 60 MB. Nothing is repeated here. The SDK's retries stay off: they would repeat RebootInstance.
import * as createSnapshotGroup from '@alicloud/ecs20140526/dist/models/CreateSnapshotGroupRequest.js';
import * as createSnapshot from '@alicloud/ecs20140526/dist/models/CreateSnapshotRequest.js';
import * as describeDisks from '@alicloud/ecs20140526/dist/models/DescribeDisksRequest.js';
import * as describeInstanceHistoryEvents from '@alicloud/ecs20140526/dist/models/DescribeInstanceHistoryEventsRequest.js';
import * as describeInstanceMaintenanceAttributes from '@alicloud/ecs20140526/dist/models/DescribeInstanceMaintenanceAttributesRequest.js';
import * as describeInstancesFullStatus from '@alicloud/ecs20140526/dist/models/DescribeInstancesFullStatusRequest.js';
import * as describeInstances from '@alicloud/ecs20140526/dist/models/DescribeInstancesRequest.js';
import * as describeInvocationResults from '@alicloud/ecs20140526/dist/models/DescribeInvocationResultsRequest.js';
import * as describePlanMaintenanceWindows from '@alicloud/ecs20140526/dist/models/DescribePlanMaintenanceWindowsRequest.js';
import * as describeSnapshotGroups from '@alicloud/ecs20140526/dist/models/DescribeSnapshotGroupsRequest.js';
import * as describeSnapshots from '@alicloud/ecs20140526/dist/models/DescribeSnapshotsRequest.js';
import * as invokeCommand from '@alicloud/ecs20140526/dist/models/InvokeCommandShrinkRequest.js';
import * as modifySnapshotAttribute from '@alicloud/ecs20140526/dist/models/ModifySnapshotAttributeRequest.js';
import * as rebootInstance from '@alicloud/ecs20140526/dist/models/RebootInstanceRequest.js';
import type OpenApi from '@alicloud/openapi-core';
import { $OpenApiUtil, OpenApiUtil } from '@alicloud/openapi-core';
import { RuntimeOptions } from '@darabonba/typescript';
import type { Credentials } from '../credentials.ts';
import { within } from '../deadline.ts';
import { openSdkClient, rpcAction } from '../sdk-client.ts';
import type { EcsAction, EcsApi, EcsParameters } from './api.ts';
import { ecsUrl } from './endpoints.ts';
import { tokenBuckets } from './token-buckets.ts';

/**
 * The SDK's default of 3 s is shorter than ECS's bad moments. It is connectTimeout too: that is also the socket's idle
 * timeout, so a shorter one would end calls that ECS has already received.
 */
const socketTimeoutMs = 10_000;

/** Longer than the socket's timeout: it ends an answer that arrives byte by byte. */
const callDeadlineMs = 15_000;

/**
 * Every call has a connection of its own. The SDK keeps one agent for the whole process, which it does not give away: a
 * socket that stays idle in it may be dead after the instance was frozen, and RebootInstance would be lost on it.
 */
const ownConnection = new RuntimeOptions({ extendsParameters: { headers: { connection: 'close' } } });

/** Makes the query from each action's parameters. */
const requests: { [A in EcsAction]: (parameters: EcsParameters[A]) => Record<string, unknown> } = {
  DescribeInstanceHistoryEvents: (parameters) =>
    new describeInstanceHistoryEvents.DescribeInstanceHistoryEventsRequest(parameters).toMap(),
  DescribeInstances: (parameters) => new describeInstances.DescribeInstancesRequest(parameters).toMap(),
  DescribeInstanceMaintenanceAttributes: (parameters) =>
    new describeInstanceMaintenanceAttributes.DescribeInstanceMaintenanceAttributesRequest(
      parameters,
    ).toMap(),
  DescribePlanMaintenanceWindows: (parameters) =>
    new describePlanMaintenanceWindows.DescribePlanMaintenanceWindowsRequest(parameters).toMap(),
  DescribeInstancesFullStatus: (parameters) =>
    new describeInstancesFullStatus.DescribeInstancesFullStatusRequest(parameters).toMap(),
  RebootInstance: (parameters) => new rebootInstance.RebootInstanceRequest(parameters).toMap(),
  DescribeDisks: (parameters) => new describeDisks.DescribeDisksRequest(parameters).toMap(),
  CreateSnapshot: (parameters) => new createSnapshot.CreateSnapshotRequest(parameters).toMap(),
  CreateSnapshotGroup: (parameters) => new createSnapshotGroup.CreateSnapshotGroupRequest(parameters).toMap(),
  DescribeSnapshots: (parameters) => new describeSnapshots.DescribeSnapshotsRequest(parameters).toMap(),
  DescribeSnapshotGroups: (parameters) =>
    new describeSnapshotGroups.DescribeSnapshotGroupsRequest(parameters).toMap(),
  ModifySnapshotAttribute: (parameters) =>
    new modifySnapshotAttribute.ModifySnapshotAttributeRequest(parameters).toMap(),
  InvokeCommand: (parameters) => new invokeCommand.InvokeCommandShrinkRequest(parameters).toMap(),
  DescribeInvocationResults: (parameters) =>
    new describeInvocationResults.DescribeInvocationResultsRequest(parameters).toMap(),
};

/** Where ECS is called. */
export interface EcsTarget {
  /** With scheme, perhaps with `{region}` in it. If absent: the public endpoint of each region. */
  endpoint?: string;
}

/** ECS for one invocation, with the credentials of that invocation. */
export function openEcsApi(target: EcsTarget, credentials: Credentials): EcsApi {
  const clients = new Map<string, OpenApi.default>();
  const clientOf = (regionId: string): OpenApi.default => {
    const known = clients.get(regionId);
    if (known !== undefined) return known;
    const client = openClient(regionId, target, credentials);
    clients.set(regionId, client);
    return client;
  };
  return {
    turn: tokenBuckets(),

    async call(regionId, action, parameters) {
      const params = rpcAction(action, '2014-05-26');
      const query = OpenApiUtil.query(requests[action](parameters));
      const request = new $OpenApiUtil.OpenApiRequest({ query });
      const answer = await within(
        callDeadlineMs,
        `ECS ${action}`,
        clientOf(regionId).callApi(params, request, ownConnection),
      );
      return answer['body'] as unknown;
    },
  };
}

function openClient(regionId: string, target: EcsTarget, credentials: Credentials): OpenApi.default {
  const { protocol, host } = ecsUrl(regionId, target.endpoint);
  return openSdkClient({ protocol, host, regionId, timeoutMs: socketTimeoutMs }, credentials);
}
