// DescribeInstanceHistoryEvents. Left out: resource types other than instances, and resource groups.
import { historyJson } from '../answers.ts';
import { fraction } from '../chance.ts';
import { invalidParameter } from '../ecs-errors.ts';
import { eventFilter, optionalAsList } from '../event-filter.ts';
import { tooManyInstanceIds, withEventReadErrors } from '../event-read-errors.ts';
import { pageByNumber, pageByToken, usesTokens } from '../pages.ts';
import { list, optional, refuseUnbuilt, region, tagFilter } from '../params.ts';
import { isOpen } from '../account.ts';
import { shown } from '../shown.ts';
import type { Params } from '../params.ts';
import type { SystemEvent } from '../account.ts';

/** Finished events can be queried for 30 days, open ones without a limit (description of the operation). */
const keptMs = 30 * 24 * 60 * 60 * 1000;

const cycleStatuses = ['Scheduled', 'Avoided', 'Executing', 'Executed', 'Canceled', 'Failed', 'Inquiring'];

/** Lists the instance events of the account in a region, in no order. Without a status list, only finished ones. */
export const describeInstanceHistoryEvents = withEventReadErrors((account, { params, at }) => {
  const regionId = region(account, params);
  refuseUnbuilt(params, ['ResourceGroupId']);
  const { matches } = eventFilter(params);
  const hasStatus = statusFilter(params);
  const hasResource = resourceFilter(params);
  const hasTags = tagFilter(params);
  const events = [...account.events.values()]
    .filter((event) => event.regionId === regionId)
    .map((event) => shown(account, event, at))
    .filter((event) => matches(event) && hasStatus(event))
    .filter((event) => hasResource(event) && hasTags(account.instances.get(event.instanceId)?.tags ?? {}))
    .filter((event) => event.finishTime === undefined || at - event.finishTime <= keptMs)
    .sort((a, b) => place(a) - place(b));
  const page = usesTokens(params)
    ? pageByToken(events, params, `DescribeInstanceHistoryEvents/${regionId}`, place)
    : pageByNumber(events, params);
  return {
    ...page.fields,
    InstanceSystemEventSet: { InstanceSystemEventType: page.items.map(historyJson) },
  };
});

/** The place of an event in the list. It promises no order, but it is different for each event and never changes. */
function place({ id, order }: SystemEvent): number {
  const known = places.get(id);
  if (known?.order === order) return known.place;
  const found = Math.floor(fraction(`history ${id}`) * 2 ** 24) * 2 ** 24 + order;
  if (places.size >= placesKept) places.clear();
  places.set(id, { order, place: found });
  return found;
}

/** Each page sorts all events, and a history may have tens of thousands. */
const places = new Map<string, { order: number; place: number }>();
const placesKept = 200_000;

function statusFilter(params: Params): (event: SystemEvent) => boolean {
  const listed = list(params, 'InstanceEventCycleStatus', 7);
  const wanted = listed ?? optionalAsList(params, 'EventCycleStatus');
  if (wanted === undefined) return (event) => !isOpen(event);
  if (wanted.some((status) => !cycleStatuses.includes(status))) {
    const name = listed === undefined ? 'EventCycleStatus' : 'InstanceEventCycleStatus';
    throw invalidParameter(name, cycleStatuses.join(', '));
  }
  return (event) => wanted.includes(event.status);
}

// ResourceId.N takes precedence over InstanceId (description of the parameter).
function resourceFilter(params: Params): (event: SystemEvent) => boolean {
  const ids = list(params, 'ResourceId', 100, tooManyInstanceIds) ?? optionalAsList(params, 'InstanceId');
  const type = optional(params, 'ResourceType') ?? 'instance';
  if (!['instance', 'ddh', 'managedhost'].includes(type)) {
    throw invalidParameter('ResourceType', 'instance, ddh or managedhost');
  }
  return (event) => type === 'instance' && (ids?.includes(event.instanceId) ?? true);
}
