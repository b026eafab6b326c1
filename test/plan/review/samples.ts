// An event and a plan as a review reads them. The event struck a day ago, and the plan was Missed. Tests name what matters to them.
import type { RecordedEvent, ReviewedPlan } from '../../../lib/plan/review/records.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** When the review begins: Tuesday 1 December 2026, 18:00 UTC. */
export const now = Date.UTC(2026, 11, 1, 18);

/** Event e-1 of instance i-1 for the id 1, which ECS carried out. */
export function event(id: string, how: Partial<RecordedEvent> = {}): RecordedEvent {
  return {
    eventId: `e-${id}`,
    instanceId: `i-${id}`,
    type: 'SystemMaintenance.Reboot',
    status: 'Executed',
    publishedAt: now - 2 * day,
    notBefore: now - day,
    finishedAt: now - day + 2 * minute,
    ...how,
  };
}

/** The plan of that event. It was there five minutes after the announcement, and was too late. */
export function missedPlan(id: string, how: Partial<ReviewedPlan> = {}): ReviewedPlan {
  return {
    regionId: 'cn-hangzhou',
    instanceId: `i-${id}`,
    planId: `e-${id}`,
    status: 'Missed',
    reasonCode: 'too-late',
    eventIds: [`e-${id}`],
    sentEventIds: [],
    laterEventIds: [],
    pastEventIds: [],
    plannedAt: [now - 2 * day + 5 * minute],
    finishedAt: now - day,
    ...how,
  };
}
