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
      const reports = chunked(eventIds).map((ids) => readApart(ids, read, refused));
      return joined((await Promise.all(reports)).flat());
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
      const lists = chunked(instanceIds).map((ids) => readApart(ids, readList, () => []));
      return (await Promise.all(lists)).flat(2);
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

/**
 * Reads these ids in one call. Where ECS refuses the call for what it says, one bad id must not hide the others: the
 * halves are read apart, down to the id that it refuses by itself.
 */
async function readApart<T>(
  ids: string[],
  read: (ids: string[]) => Promise<T>,
  refused: (id: string, why: string) => T,
): Promise<T[]> {
  try {
    return [await read(ids)];
  } catch (thrown) {
    const fault = readFault(thrown instanceof EcsReadFailed ? thrown.cause : thrown);
    const isAboutIds = fault.status !== undefined && aboutIds.test(fault.code ?? '');
    if (!isAboutIds) throw thrown;
    const [first] = ids;
    if (ids.length <= 1 || first === undefined) return ids.map((id) => refused(id, fault.message));
    const middle = Math.ceil(ids.length / 2);
    const halves = [ids.slice(0, middle), ids.slice(middle)].map((half) => readApart(half, read, refused));
    return (await Promise.all(halves)).flat();
  }
}

/** Codes by which ECS refuses a call for one of its ids. */
const aboutIds = /^Invalid(Parameter\.)?(InstanceId|EventId)/;

async function* pagesOf<T>(
  fetch: (nextToken: { nextToken?: string }) => Promise<Page<T>>,
): AsyncGenerator<T> {
  let nextToken: string | undefined;
  const seen = new Set<string>();
  for (let count = 0; count < mostPages; count += 1) {
    const page = await fetch(nextToken === undefined ? {} : { nextToken });
    yield page.items;
    if (page.nextToken === undefined) return;
    if (seen.has(page.nextToken)) {
      throw new EcsReadFailed(`ECS gave the same NextToken twice: ${page.nextToken}`);
    }
    seen.add(page.nextToken);
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
