// The port Ecs on the calls of ECS: pages, batches of 100 ids, reads that try again. RebootInstance is sent once.
import { EcsReadFailed, messageOf } from '../../errors.ts';
import { eventStatuses, type EventReport, type OddEvent, type SystemEvent } from '../../plan/event.ts';
import type { Instance } from '../../plan/instance.ts';
import type { Clock, Ecs } from '../../ports.ts';
import { readEventPage, readInstancePage, readRequestId, type Page } from './answers.ts';
import type { EcsAction, EcsApi, EcsParameters } from './api.ts';
import { mayPass, readFault, sortReboot } from './errors.ts';

/** Ids and results a call, the most that ECS takes. */
const idsACall = 100;

/** A list that goes on beyond this does not end by itself. */
const mostPages = 2_000;

/**
 * Pauses between attempts of a read. Throttling lasts until the next minute; what has not passed after these is left to
 * the next tick.
 */
const pausesMs = [500, 1_500, 4_000] as const;

export function openEcs(api: EcsApi, clock: Clock): Ecs {
  const read = <A extends EcsAction>(
    regionId: string,
    action: A,
    parameters: EcsParameters[A],
  ): Promise<unknown> => retrying(clock, action, () => api.call(regionId, action, parameters));

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
      const reports = chunked(eventIds).map(async (eventId) => {
        const pages: EventReport[] = [];
        // Without the statuses ECS leaves out the events that are not over.
        const request = { regionId, eventId, instanceEventCycleStatus: [...eventStatuses] };
        for await (const page of pagesOf((nextToken) => eventPage({ ...request, ...nextToken })))
          pages.push(page);
        return joined(pages);
      });
      return joined(await Promise.all(reports));
    },

    async instancesById(regionId, instanceIds) {
      const lists = chunked(instanceIds).map(async (ids) => {
        const found: Instance[] = [];
        const request = { regionId, instanceIds: JSON.stringify(ids), maxResults: idsACall };
        const pages = pagesOf(async (nextToken) =>
          readInstancePage(await read(regionId, 'DescribeInstances', { ...request, ...nextToken })),
        );
        for await (const page of pages) found.push(...page);
        return found;
      });
      return (await Promise.all(lists)).flat();
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
        return sortReboot(thrown);
      }
    },
  };
}

async function retrying<T>(clock: Clock, action: EcsAction, send: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await send();
    } catch (thrown) {
      const fault = readFault(thrown);
      const pause = pausesMs[attempt];
      if (pause === undefined || !mayPass(fault)) {
        const code = fault.code === undefined ? '' : `${fault.code}: `;
        throw new EcsReadFailed(`ECS ${action} failed: ${code}${fault.message}`, { cause: thrown });
      }
      await clock.sleep(pause);
    }
  }
}

async function* pagesOf<T>(
  fetch: (nextToken: { nextToken?: string }) => Promise<Page<T>>,
): AsyncGenerator<T> {
  let nextToken: string | undefined;
  for (let count = 0; count < mostPages; count += 1) {
    const page = await fetch(nextToken === undefined ? {} : { nextToken });
    yield page.items;
    if (page.nextToken === undefined) return;
    if (page.nextToken === nextToken)
      throw new EcsReadFailed(`ECS gave the same NextToken twice: ${nextToken}`);
    nextToken = page.nextToken;
  }
  throw new EcsReadFailed(`ECS listed more than ${mostPages} pages`);
}

/** One report of many; an event that stands on two pages, since the list moved meanwhile, counts once. */
function joined(reports: readonly EventReport[]): { events: SystemEvent[]; odd: OddEvent[] } {
  const byId = new Map(reports.flatMap((report) => report.events).map((event) => [event.eventId, event]));
  return { events: [...byId.values()], odd: reports.flatMap((report) => report.odd) };
}

function chunked(ids: readonly string[]): string[][] {
  const unique = [...new Set(ids)];
  return Array.from({ length: Math.ceil(unique.length / idsACall) }, (_, index) =>
    unique.slice(index * idsACall, (index + 1) * idsACall),
  );
}
