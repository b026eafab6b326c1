// Instances and events as the JSON of the answers. Only the four known event statuses have a Code here: Alibaba Cloud
// does not publish the numbers of the other statuses and of the event types.
import { isoMinutes, isoSeconds } from './iso.ts';
import type { CycleStatus, Override } from './types.ts';
import type { Instance, SystemEvent } from './account.ts';

/** An item of an answer. */
export type Json = Record<string, unknown>;

const cycleCodes: Partial<Record<CycleStatus, number>> = {
  Inquiring: 28,
  Scheduled: 24,
  Avoided: 8,
  Executed: 0,
};

/** An item of InstanceSystemEventSet (DescribeInstanceHistoryEvents). */
export function historyJson(event: SystemEvent): Json {
  return overridden(
    {
      ...eventJson(event),
      InstanceId: event.instanceId,
      ResourceType: 'instance',
      ReasonCode: event.reasonCode,
      ...(event.finishTime === undefined ? {} : { EventFinishTime: isoSeconds(event.finishTime) }),
      ExtendedAttribute: {
        ...(isInquiring(event) ? {} : { InitialNotBefore: isoSeconds(event.initialNotBefore) }),
        ...event.extendedAttribute,
      },
    },
    event.override,
  );
}

/** An item of ScheduledSystemEventSet (DescribeInstancesFullStatus). */
export function scheduledJson(event: SystemEvent): Json {
  return overridden({ ...eventJson(event), ExtendedAttribute: event.extendedAttribute }, event.override);
}

// ECS names no time for an event that waits for its owner's answer.
function isInquiring({ status }: SystemEvent): boolean {
  return status === 'Inquiring';
}

function eventJson(event: SystemEvent): Json {
  const code = cycleCodes[event.status];
  return {
    EventId: event.id,
    EventType: { Name: event.type },
    EventCycleStatus: { Name: event.status, ...(code === undefined ? {} : { Code: code }) },
    EventPublishTime: isoSeconds(event.publishTime),
    ...(isInquiring(event) ? {} : { NotBefore: isoSeconds(event.notBefore) }),
    Reason: event.reason,
    ImpactLevel: event.impactLevel,
  };
}

const healthCodes: Readonly<Record<string, number>> = { Ok: 0, Warning: 64 };

/** HealthStatus. Only two codes are known. */
export function healthJson(name: string): Json {
  const code = healthCodes[name];
  return { Name: name, ...(code === undefined ? {} : { Code: code }) };
}

/** An item of Instances (DescribeInstances), without the fields of disks, network and billing. */
export function instanceJson(instance: Instance): Json {
  const { publicIpAddress, deploymentSetId, resourceGroupId } = instance;
  return overridden(
    {
      InstanceId: instance.id,
      InstanceName: instance.name,
      HostName: instance.name,
      RegionId: instance.regionId,
      ZoneId: instance.zoneId,
      Status: instance.status,
      InstanceType: instance.instanceType,
      InstanceNetworkType: 'vpc',
      CreationTime: isoMinutes(instance.creationTime),
      StartTime: isoMinutes(instance.startTime),
      ...(deploymentSetId === undefined ? {} : { DeploymentSetId: deploymentSetId }),
      ...(resourceGroupId === undefined ? {} : { ResourceGroupId: resourceGroupId }),
      OperationLocks: { LockReason: instance.operationLocks.map((LockReason) => ({ LockReason })) },
      Tags: { Tag: Object.entries(instance.tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })) },
      PublicIpAddress: { IpAddress: publicIpAddress === undefined ? [] : [publicIpAddress] },
      InnerIpAddress: { IpAddress: [] },
      VpcAttributes: { PrivateIpAddress: { IpAddress: [instance.privateIpAddress] } },
    },
    instance.override,
  );
}

/**
 * Replaces fields of an answer. A field that is undefined is left out, because an answer in process must look the same
 * as JSON on the wire.
 */
export function overridden(json: Json, override: Override): Json {
  return Object.fromEntries(
    Object.entries({ ...json, ...override }).filter(([, value]) => value !== undefined),
  );
}
