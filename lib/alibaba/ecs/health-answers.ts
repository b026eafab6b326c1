// Reads ECS's answers about the health of instances.
import * as v from 'valibot';
import type { Health } from '../../ports.ts';
import { faultsOf, readable, readPage, text } from './answers.ts';

const fullStatusPage = v.object({
  InstanceFullStatusSet: v.object({ InstanceFullStatusType: v.array(v.unknown()) }),
});

/** The event set is not needed for the health itself: an odd one counts as empty. */
const events = v.fallback(v.object({ ScheduledSystemEventType: v.array(v.unknown()) }), {
  ScheduledSystemEventType: [],
});

/** An open event. One without an id explains no health, because it may be the event of the plan. It hides no other. */
const openEvent = v.object({ EventId: text });

const fullStatus = v.object({
  InstanceId: text,
  HealthStatus: v.optional(v.unknown()),
  ScheduledSystemEventSet: v.fallback(v.optional(events), undefined),
});

const health = v.object({ HealthStatus: v.object({ Name: text }) });

/**
 * Reads an answer of DescribeInstancesFullStatus: the health per instance. An item without an instance is left out.
 * @throws EcsReadFailed if the answer as a whole is not such an answer
 */
export function readHealth(body: unknown): [string, Health][] {
  const page = readPage(fullStatusPage, body, 'DescribeInstancesFullStatus');
  return readable(fullStatus, page.InstanceFullStatusSet.InstanceFullStatusType).map((item) => {
    const open = item.ScheduledSystemEventSet?.ScheduledSystemEventType ?? [];
    const openEventIds = readable(openEvent, open).map(({ EventId }) => EventId);
    const parsed = v.safeParse(health, item);
    if (parsed.success) {
      return [item.InstanceId, { status: parsed.output.HealthStatus.Name, openEventIds, faults: [] }];
    }
    const expected = { 'HealthStatus.Name': 'a health as in Ok or Impaired' };
    return [item.InstanceId, { openEventIds, faults: faultsOf(parsed.issues, expected, item.InstanceId) }];
  });
}
