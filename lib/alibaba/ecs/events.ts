// Reads system events from ECS, through DescribeInstanceHistoryEvents alone: README.md says why.
import { messageOf } from '../../failures.ts';
import { eventStatuses, type EventReport } from '../../plan/event.ts';
import type { Ecs } from '../../ports.ts';
import type { EcsParameters } from './api.ts';
import { readEventPage } from './event-answers.ts';
import { idsACall, inBatches, pagesOf, readApart, type Read } from './reads.ts';

type Query = Omit<EcsParameters['DescribeInstanceHistoryEvents'], 'maxResults' | 'nextToken'>;

/** The part of the port Ecs that reads events. */
export function eventsOf(read: Read): Pick<Ecs, 'listEvents' | 'eventsById'> {
  const reportsOf = (query: Query): AsyncGenerator<EventReport> =>
    pagesOf(async (nextToken) => {
      const request = { ...query, maxResults: idsACall, ...nextToken };
      return readEventPage(await read(query.regionId, 'DescribeInstanceHistoryEvents', request));
    });

  return {
    async listEvents(regionId, types, statuses) {
      const reports: EventReport[] = [];
      const query = { regionId, instanceEventType: [...types], instanceEventCycleStatus: [...statuses] };
      try {
        for await (const report of reportsOf(query)) reports.push(report);
      } catch (thrown) {
        if (reports.length === 0) throw thrown;
        return { ...joined(reports), incomplete: brokenOff(reports.length, thrown) };
      }
      return joined(reports);
    },

    async eventsById(regionId, eventIds) {
      const readBatch = async (eventId: string[]): Promise<EventReport> => {
        const reports: EventReport[] = [];
        // Without the statuses ECS leaves out the events that are not over.
        const query = { regionId, eventId, instanceEventCycleStatus: [...eventStatuses] };
        for await (const report of reportsOf(query)) reports.push(report);
        return joined(reports);
      };
      return joined(await inBatches(eventIds, (ids) => readApart(ids, readBatch, refused)));
    },
  };
}

function brokenOff(pages: number, thrown: unknown): string {
  return `The list of events broke off after ${pages} pages; the rest is read at the next run: ${messageOf(thrown)}`;
}

/** What is reported of an event whose id ECS refuses. */
function refused(eventId: string, why: string): EventReport {
  const fault = {
    what: `ECS's answer about event ${eventId}`,
    value: JSON.stringify(why),
    expected: 'an event',
  };
  return { events: [], odd: [{ eventId, faults: [fault] }] };
}

/** One report of many. An event can stand on two pages, because the list moved between the calls; it counts once. */
function joined(reports: readonly EventReport[]): EventReport {
  const byId = new Map(reports.flatMap((report) => report.events).map((event) => [event.eventId, event]));
  return { events: [...byId.values()], odd: reports.flatMap((report) => report.odd) };
}
