// The port Ecs on the calls of ECS. How lists are read is in reads.ts; RebootInstance is sent once.
import { messageOf } from '../../failures.ts';
import { eventStatuses, type EventReport, type OddEvent, type SystemEvent } from '../../plan/event.ts';
import type { Instance } from '../../plan/instance.ts';
import type { Instant } from '../../plan/calendar/instant.ts';
import type { Ecs } from '../../ports.ts';
import { readEventPage, readInstancePage, readRequestId, type Page } from './answers.ts';
import type { EcsApi, EcsParameters } from './api.ts';
import { isThrottling, sortReboot } from './error-codes.ts';
import { readHealth } from './health-answers.ts';
import { idsACall, inBatches, pagesOf, readApart, readsOf, type ReadTiming } from './reads.ts';
import { Throttling } from './throttling.ts';
import { readWindows } from './windows.ts';

export function openEcs(api: EcsApi, timing: ReadTiming): Ecs {
  const { clock } = timing;
  const read = readsOf(api, timing);
  const throttling = new Throttling();

  const eventPage = async (
    parameters: Omit<EcsParameters['DescribeInstanceHistoryEvents'], 'maxResults'>,
  ): Promise<Page<EventReport>> =>
    readEventPage(
      await read(parameters.regionId, 'DescribeInstanceHistoryEvents', {
        ...parameters,
        maxResults: idsACall,
      }),
    );

  return {
    async listEvents(regionId, types, statuses) {
      const pages: EventReport[] = [];
      const request = { regionId, instanceEventType: [...types], instanceEventCycleStatus: [...statuses] };
      try {
        for await (const page of pagesOf((nextToken) => eventPage({ ...request, ...nextToken })))
          pages.push(page);
      } catch (thrown) {
        if (pages.length === 0) throw thrown;
        const incomplete = `The list of events broke off after ${pages.length} pages; the rest is read at the next tick: ${messageOf(thrown)}`;
        return { ...joined(pages), incomplete };
      }
      return joined(pages);
    },

    async eventsById(regionId, eventIds) {
      const read = async (eventId: string[]): Promise<EventReport> => {
        const pages: EventReport[] = [];
        // Without the statuses ECS leaves out the events that are not over.
        const request = { regionId, eventId, instanceEventCycleStatus: [...eventStatuses] };
        for await (const page of pagesOf((nextToken) => eventPage({ ...request, ...nextToken })))
          pages.push(page);
        return joined(pages);
      };
      const refused = (eventId: string, why: string): EventReport => ({
        events: [],
        odd: [{ eventId, fault: `ECS refuses to tell of event ${eventId}: ${why}` }],
      });
      return joined(await inBatches(eventIds, (ids) => readApart(ids, read, refused)));
    },

    async instancesById(regionId, instanceIds) {
      const readList = async (ids: string[]): Promise<Instance[]> => {
        const found: Instance[] = [];
        const request = { regionId, instanceIds: JSON.stringify(ids), maxResults: idsACall };
        const pages = pagesOf(async (nextToken) =>
          readInstancePage(await read(regionId, 'DescribeInstances', { ...request, ...nextToken })),
        );
        for await (const page of pages) found.push(...page);
        return found;
      };
      // An id that ECS refuses is one that it does not list.
      return (await inBatches(instanceIds, (ids) => readApart(ids, readList, () => []))).flat();
    },

    ecsWindows: (regionId, instances) => readWindows(read, regionId, instances),

    async healthOf(regionId, instanceIds) {
      const readList = async (instanceId: string[]): Promise<[string, string][]> =>
        readHealth(
          await read(regionId, 'DescribeInstancesFullStatus', { regionId, instanceId, pageSize: idsACall }),
        );
      const lists = await inBatches(instanceIds, (ids) => readApart(ids, readList, () => []));
      return new Map(lists.flat());
    },

    async turnToReboot(regionId) {
      const throttledUntil = (): Instant | undefined =>
        throttling.until(regionId, 'RebootInstance', clock.now());
      if (throttledUntil() === undefined) await api.turn(regionId, 'RebootInstance');
      // Another restart may have been throttled during the wait.
      return throttledUntil();
    },

    async reboot(regionId, instanceId) {
      try {
        const body = await api.call(regionId, 'RebootInstance', { instanceId, forceStop: false });
        const requestId = readRequestId(body);
        if (requestId === undefined) {
          return { kind: 'unknown', message: 'ECS answered RebootInstance without a RequestId' };
        }
        return { kind: 'accepted', requestId };
      } catch (thrown) {
        const outcome = sortReboot(thrown);
        if (outcome.kind === 'refused' && isThrottling(outcome.code)) {
          throttling.begin(regionId, 'RebootInstance', clock.now());
        }
        return outcome;
      }
    },
  };
}

/** One report of many; an event that stands on two pages, since the list moved meanwhile, counts once. */
function joined(reports: readonly EventReport[]): { events: SystemEvent[]; odd: OddEvent[] } {
  const byId = new Map(reports.flatMap((report) => report.events).map((event) => [event.eventId, event]));
  return { events: [...byId.values()], odd: reports.flatMap((report) => report.odd) };
}
