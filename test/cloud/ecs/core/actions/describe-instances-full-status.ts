// DescribeInstancesFullStatus: instances with their Scheduled and Inquiring events. Without a filter for events, it lists
// every instance of the ids or of the region. With one, it lists only instances with a matching event.
import { healthJson, overridden, scheduledJson } from '../answers.ts';
import { invalidParameter } from '../ecs-errors.ts';
import { eventFilter } from '../event-filter.ts';
import { tooManyInstanceIds, withEventReadErrors } from '../event-read-errors.ts';
import { healthOf, isHealthShown } from '../health.ts';
import { pageByNumber } from '../pages.ts';
import { list, optional, region } from '../params.ts';
import { shown } from '../shown.ts';
import type { Params } from '../params.ts';
import type { SystemEvent } from '../account.ts';

const statuses = ['Pending', 'Starting', 'Running', 'Stopping', 'Stopped'];
const healthStatuses = [
  'Ok',
  'Impaired',
  'Warning',
  'Maintaining',
  'Initializing',
  'InsufficientData',
  'NotApplicable',
];

/** Lists one item per instance, paged by PageNumber and PageSize. */
export const describeInstancesFullStatus = withEventReadErrors((account, { params, at }) => {
  const regionId = region(account, params);
  const ids = list(params, 'InstanceId', 100, tooManyInstanceIds);
  const { matches, isGiven } = eventFilter(params);
  const status = oneOf(params, 'Status', statuses);
  const health = oneOf(params, 'HealthStatus', healthStatuses);
  const found = account
    .instancesIn(regionId)
    .filter((instance) => ids?.includes(instance.id) ?? true)
    .filter((instance) => status === undefined || instance.status === status)
    .filter((instance) => health === undefined || healthOf(account, instance, at) === health)
    .map((instance) => ({
      instance,
      events: account
        .eventsOf(instance.id)
        .map((event) => shown(account, event, at))
        .filter((event) => isWaiting(event) && matches(event)),
    }))
    .filter(({ events }) => !isGiven || events.length > 0);
  const page = pageByNumber(found, params);
  return {
    ...page.fields,
    InstanceFullStatusSet: {
      InstanceFullStatusType: page.items.map(({ instance, events }) =>
        overridden(
          {
            InstanceId: instance.id,
            Status: { Name: instance.status },
            HealthStatus: isHealthShown(instance, at) ? healthJson(healthOf(account, instance, at)) : null,
            ScheduledSystemEventSet: { ScheduledSystemEventType: events.map(scheduledJson) },
          },
          instance.fullStatusOverride,
        ),
      ),
    },
  };
});

// An Executing event is no longer in the set.
function isWaiting({ status }: SystemEvent): boolean {
  return status === 'Scheduled' || status === 'Inquiring';
}

function oneOf(params: Params, name: string, values: readonly string[]): string | undefined {
  const value = optional(params, name);
  if (value !== undefined && !values.includes(value)) throw invalidParameter(name, values.join(', '));
  return value;
}
