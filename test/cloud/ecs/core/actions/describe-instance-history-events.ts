// DescribeInstanceHistoryEvents. Left out: resource types other than instances, and resource groups.
import { historyJson } from '../answers.ts';
import { invalidParameter } from '../ecs-errors.ts';
import { eventFilter, optionalAsList } from '../event-filter.ts';
import { pageByNumber, pageByToken, usesTokens } from '../pages.ts';
import { list, optional, refuseUnbuilt, region, tagFilter } from '../params.ts';
import { isOpen } from '../account.ts';
import type { Params } from '../params.ts';
import type { SystemEvent } from '../account.ts';
import type { Action } from './action.ts';

/** Finished events can be queried for 30 days, open ones without a limit (description of the operation). */
const keptMs = 30 * 24 * 60 * 60 * 1000;

const cycleStatuses = ['Scheduled', 'Avoided', 'Executing', 'Executed', 'Canceled', 'Failed', 'Inquiring'];

/** Lists the instance events of the account in a region, newest first. Without a status list, only finished ones. */
export const describeInstanceHistoryEvents: Action = (account, { params, at }) => {
  const regionId = region(account, params);
  refuseUnbuilt(params, ['ResourceGroupId']);
  const matches = eventFilter(params);
  const hasStatus = statusFilter(params);
  const hasResource = resourceFilter(params);
  const hasTags = tagFilter(params);
  const events = [...account.events.values()]
    .filter((event) => event.regionId === regionId && matches(event) && hasStatus(event))
    .filter((event) => hasResource(event) && hasTags(account.instances.get(event.instanceId)?.tags ?? {}))
    .filter((event) => event.finishTime === undefined || at - event.finishTime <= keptMs)
    .sort((a, b) => b.order - a.order);
  const page = usesTokens(params)
    ? pageByToken(events, params, `DescribeInstanceHistoryEvents/${regionId}`, (event) => -event.order)
    : pageByNumber(events, params);
  return {
    ...page.fields,
    InstanceSystemEventSet: { InstanceSystemEventType: page.items.map(historyJson) },
  };
};

function statusFilter(params: Params): (event: SystemEvent) => boolean {
  const wanted = list(params, 'InstanceEventCycleStatus', 7) ?? optionalAsList(params, 'EventCycleStatus');
  if (wanted === undefined) return (event) => !isOpen(event);
  if (wanted.some((status) => !cycleStatuses.includes(status))) {
    throw invalidParameter('InstanceEventCycleStatus', cycleStatuses.join(', '));
  }
  return (event) => wanted.includes(event.status);
}

// ResourceId.N takes precedence over InstanceId (description of the parameter).
function resourceFilter(params: Params): (event: SystemEvent) => boolean {
  const ids = list(params, 'ResourceId', 100) ?? optionalAsList(params, 'InstanceId');
  const type = optional(params, 'ResourceType') ?? 'instance';
  if (!['instance', 'ddh', 'managedhost'].includes(type)) {
    throw invalidParameter('ResourceType', 'instance, ddh or managedhost');
  }
  return (event) => type === 'instance' && (ids?.includes(event.instanceId) ?? true);
}
