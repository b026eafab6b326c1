// Reads ECS's answers. They are not trusted: an event or instance with a missing or odd field becomes a fault in words
// and disturbs no other.
import * as v from 'valibot';
import { EcsReadFailed } from '../../failures.ts';
import {
  eventStatuses,
  rebootEventType,
  type EventReport,
  type OddEvent,
  type SystemEvent,
} from '../../plan/event.ts';
import type { Instance } from '../../plan/instance.ts';
import { parseInstant } from '../../plan/calendar/instant.ts';

/** One page of a list. */
export interface Page<T> {
  items: T;
  nextToken?: string;
}

/** NextToken. */
export const token = v.optional(v.nullable(v.string()));

const eventPage = v.object({
  InstanceSystemEventSet: v.object({ InstanceSystemEventType: v.array(v.unknown()) }),
  NextToken: token,
});

const instancePage = v.object({
  Instances: v.object({ Instance: v.array(v.unknown()) }),
  NextToken: token,
});

const instance = v.object({
  InstanceId: v.string(),
  InstanceName: v.optional(v.string()),
  Status: v.string(),
  StartTime: v.optional(v.string()),
  ResourceGroupId: v.nullish(v.string()),
  OperationLocks: v.optional(
    v.object({ LockReason: v.optional(v.array(v.object({ LockReason: v.string() })), []) }),
  ),
  Tags: v.optional(
    v.object({
      Tag: v.optional(v.array(v.object({ TagKey: v.string(), TagValue: v.optional(v.string(), '') })), []),
    }),
  ),
});

/**
 * Reads a page of DescribeInstanceHistoryEvents.
 * @throws EcsReadFailed where the answer as a whole is not one
 */
export function readEventPage(body: unknown): Page<EventReport> {
  const page = readPage(eventPage, body, 'DescribeInstanceHistoryEvents');
  const events: SystemEvent[] = [];
  const odd: OddEvent[] = [];
  for (const item of page.InstanceSystemEventSet.InstanceSystemEventType) {
    const read = readEvent(item);
    if (read === undefined) continue;
    if ('fault' in read) odd.push(read);
    else events.push(read);
  }
  return { items: { events, odd }, ...nextOf(page.NextToken) };
}

/**
 * Reads a page of DescribeInstances. An instance that cannot be read is left out, as if ECS did not list it: its tags
 * may say that it must not be restarted.
 * @throws EcsReadFailed where the answer as a whole is not one
 */
export function readInstancePage(body: unknown): Page<Instance[]> {
  const page = readPage(instancePage, body, 'DescribeInstances');
  const items = page.Instances.Instance.flatMap((item): Instance[] => {
    const parsed = v.safeParse(instance, item);
    if (!parsed.success) return [];
    const { InstanceId, InstanceName, Status, StartTime, ResourceGroupId, OperationLocks, Tags } =
      parsed.output;
    const startedAt = StartTime === undefined ? undefined : parseInstant(StartTime);
    return [
      {
        instanceId: InstanceId,
        ...(InstanceName === undefined || InstanceName === '' ? {} : { name: InstanceName }),
        status: Status,
        ...(startedAt === undefined ? {} : { startedAt }),
        ...(ResourceGroupId ? { resourceGroupId: ResourceGroupId } : {}),
        locks: (OperationLocks?.LockReason ?? []).map((lock) => lock.LockReason),
        tags: new Map((Tags?.Tag ?? []).map((tag) => [tag.TagKey, tag.TagValue])),
      },
    ];
  });
  return { items, ...nextOf(page.NextToken) };
}

/** The request id of any answer. */
export function readRequestId(body: unknown): string | undefined {
  const parsed = v.safeParse(v.object({ RequestId: v.string() }), body);
  return parsed.success ? parsed.output.RequestId : undefined;
}

/**
 * Reads an answer as a whole.
 * @throws EcsReadFailed where it is something else
 */
export function readPage<S extends v.GenericSchema>(
  schema: S,
  body: unknown,
  action: string,
): v.InferOutput<S> {
  const parsed = v.safeParse(schema, body);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue) ?? 'the body';
  throw new EcsReadFailed(`ECS answered ${action} with something else: at ${path}, ${issue.message}.`);
}

/** The token of the next page, where there is one. */
export function nextOf(text: string | null | undefined): { nextToken?: string } {
  return text === undefined || text === null || text === '' ? {} : { nextToken: text };
}

/** Undefined for an odd event of a type that is not ours to answer anyway. */
function readEvent(item: unknown): SystemEvent | OddEvent | undefined {
  const fields = fieldsOf(item);
  const eventId = textOf(fields['EventId']);
  const instanceId = textOf(fields['InstanceId']);
  const type = nameOf(fields['EventType']);
  const statusName = nameOf(fields['EventCycleStatus']);
  const status = eventStatuses.find((known) => known === statusName);
  const notBeforeText = textOf(fields['NotBefore']);
  const notBefore = notBeforeText === undefined ? undefined : parseInstant(notBeforeText);
  if (eventId !== undefined && instanceId !== undefined && type !== undefined && status && notBefore) {
    return { eventId, instanceId, type, status, notBefore };
  }
  if (type !== undefined && type !== rebootEventType) return undefined;
  const faults = [
    ...(eventId === undefined ? [fault('EventId', fields['EventId'], 'an id')] : []),
    ...(instanceId === undefined ? [fault('InstanceId', fields['InstanceId'], 'an id')] : []),
    ...(type === undefined ? [fault('EventType.Name', fields['EventType'], 'a type')] : []),
    ...(status === undefined
      ? [
          fault(
            'EventCycleStatus.Name',
            statusName ?? fields['EventCycleStatus'],
            `one of ${eventStatuses.join(', ')}`,
          ),
        ]
      : []),
    ...(notBefore === undefined ? [fault('NotBefore', fields['NotBefore'], 'an ISO 8601 time')] : []),
  ];
  return {
    ...(eventId === undefined ? {} : { eventId }),
    ...(instanceId === undefined ? {} : { instanceId }),
    fault: `Event ${eventId ?? 'without an id'} of ECS cannot be read: ${faults.join('; ')}.`,
  };
}

/** The fields of an object; none of anything else. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** One odd field, in words. */
export function fault(field: string, value: unknown, expected: string): string {
  return `${field} is ${value === undefined ? 'missing' : JSON.stringify(value)}, expected ${expected}`;
}

/** The value where it is a text that is not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function nameOf(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && 'Name' in value ? textOf(value.Name) : undefined;
}
