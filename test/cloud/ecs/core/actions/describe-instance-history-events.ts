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
import type { Account, SystemEvent } from '../account.ts';

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
  const events = listOf(account, regionId)
    .map((event) => shown(account, event, at))
    .filter((event) => matches(event) && hasStatus(event))
    .filter((event) => hasResource(event) && hasTags(account.instances.get(event.instanceId)?.tags ?? {}))
    .filter((event) => event.finishTime === undefined || at - event.finishTime <= keptMs);
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
  return Math.floor(fraction(`history ${id}`) * 2 ** 24) * 2 ** 24 + order;
}

/** The events of a region by their places. A history may have tens of thousands, and each page needs them: they are sorted once. */
function listOf({ events }: Account, regionId: string): readonly SystemEvent[] {
  let known = lists.get(events);
  // Events come, and never go.
  if (known?.size !== events.size) {
    known = { size: events.size, byRegion: new Map() };
    lists.set(events, known);
  }
  const list = known.byRegion.get(regionId) ?? sortedIn(events, regionId);
  known.byRegion.set(regionId, list);
  return list;
}

function sortedIn(events: Account['events'], regionId: string): readonly SystemEvent[] {
  return [...events.values()]
    .filter((event) => event.regionId === regionId)
    .map((event) => ({ event, at: place(event) }))
    .sort((a, b) => a.at - b.at)
    .map(({ event }) => event);
}

const lists = new WeakMap<
  Account['events'],
  { size: number; byRegion: Map<string, readonly SystemEvent[]> }
>();

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
