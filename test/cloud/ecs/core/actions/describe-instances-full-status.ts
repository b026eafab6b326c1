// DescribeInstancesFullStatus: instances with their open events. Without ids in the call, it lists only instances with
// a matching event. With ids, it lists these instances even if none of their events match.
import { scheduledJson } from '../answers.ts';
import { invalidParameter } from '../ecs-errors.ts';
import { eventFilter } from '../event-filter.ts';
import { pageByNumber } from '../pages.ts';
import { list, optional, region } from '../params.ts';
import { isOpen } from '../account.ts';
import type { Params } from '../params.ts';
import type { Action } from './action.ts';

const statuses = ['Pending', 'Starting', 'Running', 'Stopping', 'Stopped'];
const healthStatuses = [
  'OK',
  'Impaired',
  'Warning',
  'Maintaining',
  'Initializing',
  'InsufficientData',
  'NotApplicable',
];

/** Lists one item per instance, paged by PageNumber and PageSize. */
export const describeInstancesFullStatus: Action = (account, { params }) => {
  const regionId = region(account, params);
  const ids = list(params, 'InstanceId', 100);
  const matches = eventFilter(params);
  const status = oneOf(params, 'Status', statuses);
  const health = oneOf(params, 'HealthStatus', healthStatuses);
  const found = account
    .instancesIn(regionId)
    .filter((instance) => ids?.includes(instance.id) ?? true)
    .filter((instance) => status === undefined || instance.status === status)
    .filter((instance) => health === undefined || instance.healthStatus === health)
    .map((instance) => ({
      instance,
      events: account.eventsOf(instance.id).filter((event) => isOpen(event) && matches(event)),
    }))
    .filter(({ events }) => ids !== undefined || events.length > 0);
  const page = pageByNumber(found, params);
  return {
    ...page.fields,
    InstanceFullStatusSet: {
      InstanceFullStatusType: page.items.map(({ instance, events }) => ({
        InstanceId: instance.id,
        Status: { Name: instance.status },
        HealthStatus: { Name: instance.healthStatus },
        ScheduledSystemEventSet: { ScheduledSystemEventType: events.map(scheduledJson) },
      })),
    },
  };
};

function oneOf(params: Params, name: string, values: readonly string[]): string | undefined {
  const value = optional(params, name);
  if (value !== undefined && !values.includes(value)) throw invalidParameter(name, values.join(', '));
  return value;
}
