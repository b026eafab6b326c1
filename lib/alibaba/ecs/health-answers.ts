// Reads ECS's answers about the health of instances.
import * as v from 'valibot';
import type { Health } from '../../ports.ts';
import { readable, readPage, text } from './answers.ts';

const fullStatusPage = v.object({
  InstanceFullStatusSet: v.object({ InstanceFullStatusType: v.array(v.unknown()) }),
});

/** The event set is not needed for the health itself: an odd one counts as empty. */
const events = v.fallback(v.object({ ScheduledSystemEventType: v.array(v.object({ EventId: text })) }), {
  ScheduledSystemEventType: [],
});

const fullStatus = v.object({
  InstanceId: text,
  HealthStatus: v.object({ Name: text }),
  ScheduledSystemEventSet: v.fallback(v.optional(events), undefined),
});

/**
 * Reads an answer of DescribeInstancesFullStatus: the health per instance. One that cannot be read is left out, as if
 * ECS had said nothing about it.
 * @throws EcsReadFailed if the answer as a whole is not such an answer
 */
export function readHealth(body: unknown): [string, Health][] {
  const page = readPage(fullStatusPage, body, 'DescribeInstancesFullStatus');
  return readable(fullStatus, page.InstanceFullStatusSet.InstanceFullStatusType).map(
    ({ InstanceId, HealthStatus, ScheduledSystemEventSet }) => {
      const open = ScheduledSystemEventSet?.ScheduledSystemEventType ?? [];
      return [InstanceId, { status: HealthStatus.Name, openEventIds: open.map(({ EventId }) => EventId) }];
    },
  );
}
