// Joins events with the plans that name them.
import type { EpochMs, RecordedEvent, ReviewedPlan } from './records.ts';

/** Plans by the events that they name. */
export type PlansByEvent = ReadonlyMap<string, readonly ReviewedPlan[]>;

/** The plans of each event: those that are or were about it, and those whose restart may have answered it, too. */
export function plansByEvent(plans: Iterable<ReviewedPlan>): PlansByEvent {
  const byEvent = new Map<string, ReviewedPlan[]>();
  for (const plan of plans) {
    for (const eventId of new Set([...eventsOf(plan), ...plan.laterEventIds, ...plan.pastEventIds])) {
      const known = byEvent.get(eventId);
      if (known === undefined) byEvent.set(eventId, [plan]);
      else known.push(plan);
    }
  }
  return byEvent;
}

/** Each event that the plan is about, or sent a restart for, once. */
export function eventsOf({ eventIds, sentEventIds }: ReviewedPlan): Iterable<string> {
  return sentEventIds.length === 0 ? eventIds : new Set([...eventIds, ...sentEventIds]);
}

/** Who ended a maintenance reboot. `open`: nobody yet. `other`: a status that this version does not know. */
export type EndedBy = 'us' | 'others' | 'ecs' | 'canceled' | 'failed' | 'open' | 'other';

/**
 * Who ended the event. Avoided by us: a plan sent a restart for it before that. A restart that was sent after it was not what
 * answered it.
 */
export function endedBy(event: RecordedEvent, plans: readonly ReviewedPlan[]): EndedBy {
  switch (event.status) {
    case 'Avoided':
      return plans.some((plan) => isAnsweredBy(event, plan)) ? 'us' : 'others';
    case 'Executed':
      return 'ecs';
    case 'Canceled':
      return 'canceled';
    case 'Failed':
      return 'failed';
    case 'Inquiring':
    case 'Scheduled':
    case 'Executing':
      return 'open';
    default:
      return 'other';
  }
}

/** True where the plan sent a restart for the event before it was over. */
function isAnsweredBy({ eventId, finishedAt }: RecordedEvent, plan: ReviewedPlan): boolean {
  const isSentFor = plan.sentEventIds.includes(eventId) || plan.laterEventIds.includes(eventId);
  if (plan.sentAt === undefined || !isSentFor) return false;
  return finishedAt === undefined || !isClearlyAfter(plan.sentAt, finishedAt);
}

/** True where the first time is later than the second one, whatever two clocks and whole seconds make of it. */
export function isClearlyAfter(time: EpochMs, than: EpochMs): boolean {
  return time > than + clockMargin;
}

/** The restart that answered the event: of several, the last one before its end. */
export function answerOf(
  event: RecordedEvent,
  plans: readonly ReviewedPlan[],
): { sentAt: EpochMs } | undefined {
  const times = plans.flatMap((plan) => (isAnsweredBy(event, plan) ? (plan.sentAt ?? []) : []));
  return times.length === 0 ? undefined : { sentAt: Math.max(...times) };
}

/** ECS has its own clock. Machines of both sides keep time to a second; this is far above it, and below a restart. */
const clockMargin = 10_000;
