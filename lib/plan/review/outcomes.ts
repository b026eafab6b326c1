// How events ended: each type by its statuses, and who ended the maintenance reboots.
import { rebootEventType } from '../event.ts';
import { endedBy, type EndedBy, type PlansByEvent } from './joined.ts';
import type { RecordedEvent } from './records.ts';

/** The events of one type, by their statuses. */
export interface TypeOutcomes {
  type: string;
  events: number;
  outcomes: Readonly<Record<string, number>>;
}

/** The types, those with the most events first. */
export function outcomesOf(events: readonly RecordedEvent[]): TypeOutcomes[] {
  const byType = new Map<string, Map<string, number>>();
  for (const { type, status } of events) {
    const statuses = byType.get(type) ?? new Map<string, number>();
    byType.set(type, statuses.set(status, (statuses.get(status) ?? 0) + 1));
  }
  return listOf(byType);
}

/** The types of several regions together. */
export function mergedOutcomes(lists: readonly TypeOutcomes[]): TypeOutcomes[] {
  const byType = new Map<string, Map<string, number>>();
  for (const { type, outcomes } of lists) {
    const statuses = byType.get(type) ?? new Map<string, number>();
    for (const [status, count] of Object.entries(outcomes)) {
      statuses.set(status, (statuses.get(status) ?? 0) + count);
    }
    byType.set(type, statuses);
  }
  return listOf(byType);
}

function listOf(byType: ReadonlyMap<string, ReadonlyMap<string, number>>): TypeOutcomes[] {
  return [...byType]
    .map(([type, statuses]) => ({
      type,
      events: [...statuses.values()].reduce((sum, count) => sum + count, 0),
      outcomes: Object.fromEntries([...statuses].sort(([a], [b]) => (a < b ? -1 : 1))),
    }))
    .sort((a, b) => b.events - a.events || (a.type < b.type ? -1 : 1));
}

/** The maintenance reboots, by who ended them. */
export type RebootsBy = Readonly<Record<EndedBy, number>> & { events: number };

/** Who ended the maintenance reboots. */
export function rebootsBy(events: readonly RecordedEvent[], plans: PlansByEvent): RebootsBy {
  const counts = { events: 0, us: 0, others: 0, ecs: 0, canceled: 0, failed: 0, open: 0, other: 0 };
  for (const event of events) {
    if (event.type !== rebootEventType) continue;
    counts.events += 1;
    counts[endedBy(event, plans.get(event.eventId) ?? [])] += 1;
  }
  return counts;
}
