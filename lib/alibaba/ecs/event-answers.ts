// Reads ECS's answers about system events. An event with a missing or odd field is reported with its faults.
import { Temporal } from 'temporal-polyfill';
import * as v from 'valibot';
import { parseInstant } from '../../plan/calendar/instant.ts';
import {
  eventStatuses,
  rebootEventType,
  type EventReport,
  type OddEvent,
  type SystemEvent,
} from '../../plan/event.ts';
import {
  asObject,
  faultsOf,
  nextOf,
  readPage,
  text,
  textIfAny,
  token,
  type Expectations,
  type Page,
} from './answers.ts';

const eventPage = v.object({
  InstanceSystemEventSet: v.object({ InstanceSystemEventType: v.array(v.unknown()) }),
  NextToken: token,
});

const fields = { EventId: text, InstanceId: text, EventType: v.object({ Name: text }) };
const notBefore = v.pipe(v.string(), v.transform(parseInstant), v.instance(Temporal.Instant));
const dated = eventStatuses.filter((status) => status !== 'Inquiring');

/** An Inquiring event has no NotBefore. Every other event needs one. */
const event = v.union([
  v.object({ ...fields, EventCycleStatus: v.object({ Name: v.literal('Inquiring') }) }),
  v.object({ ...fields, EventCycleStatus: v.object({ Name: v.picklist(dated) }), NotBefore: notBefore }),
]);

/** For the faults of an event that cannot be read. */
const datedEvent = v.object({
  ...fields,
  EventCycleStatus: v.object({ Name: v.picklist(eventStatuses) }),
  NotBefore: notBefore,
});

const expectations: Expectations = {
  EventId: 'an id',
  InstanceId: 'an id',
  'EventType.Name': 'a type',
  'EventCycleStatus.Name': `one of ${eventStatuses.join(', ')}`,
  NotBefore: 'an ISO 8601 time',
};

/** What can still be read of an odd event. */
const remains = v.fallback(
  v.object({
    EventId: textIfAny,
    InstanceId: textIfAny,
    EventType: v.fallback(v.optional(v.object({ Name: textIfAny })), undefined),
  }),
  {},
);

/**
 * Reads a page of DescribeInstanceHistoryEvents.
 * @throws EcsReadFailed if the answer as a whole is not such a page
 */
export function readEventPage(body: unknown): Page<EventReport> {
  const page = readPage(eventPage, body, 'DescribeInstanceHistoryEvents');
  const events: SystemEvent[] = [];
  const odd: OddEvent[] = [];
  for (const item of page.InstanceSystemEventSet.InstanceSystemEventType) {
    const parsed = v.safeParse(event, asObject(item));
    if (parsed.success) events.push(eventOf(parsed.output));
    else odd.push(...oddEventOf(item));
  }
  return { items: { events, odd }, ...nextOf(page.NextToken) };
}

function eventOf(read: v.InferOutput<typeof event>): SystemEvent {
  const named = { eventId: read.EventId, instanceId: read.InstanceId, type: read.EventType.Name };
  return 'NotBefore' in read
    ? { ...named, status: read.EventCycleStatus.Name, notBefore: read.NotBefore }
    : { ...named, status: read.EventCycleStatus.Name };
}

/** None for an odd event of another type: it needs no answer from us. */
function oddEventOf(item: unknown): OddEvent[] {
  const { EventId: eventId, InstanceId: instanceId, EventType } = v.parse(remains, item);
  const type = EventType?.Name;
  if (type !== undefined && type !== rebootEventType) return [];
  const whose = eventId === undefined ? 'an event without an id' : `event ${eventId}`;
  return [
    {
      ...(eventId === undefined ? {} : { eventId }),
      ...(instanceId === undefined ? {} : { instanceId }),
      faults: faultsOf(v.safeParse(faulty(item), asObject(item)).issues ?? [], expectations, whose),
    },
  ];
}

/** The fields that an event needs: an Inquiring one needs no NotBefore. */
function faulty(item: unknown): v.GenericSchema {
  const status = v.safeParse(
    v.object({ EventCycleStatus: v.object({ Name: v.literal('Inquiring') }) }),
    item,
  );
  return status.success ? v.object(fields) : datedEvent;
}
