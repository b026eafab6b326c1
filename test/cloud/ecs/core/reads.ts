// What the tests of the reading actions share: the calls, and an ECS with an event in each status.
import { day, june1, emptyEcs, type TestEcs } from '../test-ecs.ts';
import type { EcsCore } from './core.ts';
import type { CycleStatus } from './types.ts';

/** The part of an answer of DescribeInstanceHistoryEvents that the tests check. */
export interface History {
  InstanceSystemEventSet: { InstanceSystemEventType: Record<string, unknown>[] };
  NextToken?: string;
  TotalCount: number;
}

/** The part of an answer of DescribeInstancesFullStatus that the tests check. */
export interface FullStatus {
  InstanceFullStatusSet: {
    InstanceFullStatusType: {
      InstanceId: string;
      ScheduledSystemEventSet: { ScheduledSystemEventType: Record<string, unknown>[] };
    }[];
  };
  TotalCount: number;
}

/** The answer of DescribeInstanceHistoryEvents. Default region: cn-hangzhou. */
export function history(core: EcsCore, params: Record<string, string> = {}): History {
  return core.call('DescribeInstanceHistoryEvents', { RegionId: 'cn-hangzhou', ...params }) as History;
}

/** The event ids of that answer. */
export function historyIds(core: EcsCore, params: Record<string, string> = {}): unknown[] {
  return history(core, params).InstanceSystemEventSet.InstanceSystemEventType.map(
    (event) => event['EventId'],
  );
}

/** The answer of DescribeInstancesFullStatus. Default region: cn-hangzhou. */
export function fullStatus(core: EcsCore, params: Record<string, string> = {}): FullStatus {
  return core.call('DescribeInstancesFullStatus', { RegionId: 'cn-hangzhou', ...params }) as FullStatus;
}

/** The ids of each instance and its events in that answer. */
export function fullStatusIds(core: EcsCore, params: Record<string, string> = {}): unknown[] {
  return fullStatus(core, params).InstanceFullStatusSet.InstanceFullStatusType.map((item) => [
    item.InstanceId,
    ...item.ScheduledSystemEventSet.ScheduledSystemEventType.map((event) => event['EventId']),
  ]);
}

const all: CycleStatus[] = [
  'Inquiring',
  'Scheduled',
  'Executing',
  'Executed',
  'Avoided',
  'Canceled',
  'Failed',
];

/** One instance with an event in each status. The status is the event's id. The finished events ended a day ago. */
export function ecsWithEachStatus(): TestEcs {
  const ecs = emptyEcs({ executionMs: 100 * day });
  ecs.core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', tags: { team: 'blue' } });
  for (const status of all) {
    const finished = ['Executed', 'Avoided', 'Canceled', 'Failed'].includes(status);
    ecs.core.addEvent({
      id: status,
      instanceId: 'i-1',
      status,
      // An unknown type only takes time, so this event stays Executing.
      type: status === 'Executing' ? 'Some.Thing' : 'SystemMaintenance.Reboot',
      notBefore: june1 + 40 * day,
      ...(finished ? { finishTime: june1 - day } : {}),
    });
  }
  return ecs;
}
