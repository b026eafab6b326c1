// The planner checks itself: plans against ECS's record. Each contradiction is named. Whoever is right, somebody should look.
import { rebootEventType } from '../event.ts';
import { state, type Statement } from '../statement.ts';
import { finalStatuses } from '../status.ts';
import { eventsOf, isClearlyAfter, type PlansByEvent } from './joined.ts';
import { isoOf, isOver, overAt, type EpochMs, type RecordedEvent, type ReviewedPlan } from './records.ts';
import { isUnexplained, type UnplannedContext } from './unplanned.ts';

/** One contradiction, and where it is. */
export interface Disagreement {
  regionId: string;
  instanceId: string;
  what: Statement;
}

/** What is compared. */
export interface CheckParts {
  regionId: string;
  /** Every event of the region that ECS lists or that was kept, also those outside of the period. */
  known: ReadonlyMap<string, RecordedEvent>;
  /** Those of the period. */
  events: readonly RecordedEvent[];
  /** The plans of the period in the region. */
  plans: readonly ReviewedPlan[];
  byEvent: PlansByEvent;
  context: UnplannedContext;
  /** Since when the list of events is complete. Older events may be gone from it. Absent where it is not complete at all. */
  completeSince?: EpochMs;
}

/** Every contradiction, in the order of the instances. */
export function disagreementsOf(parts: CheckParts): Disagreement[] {
  const { regionId, events, plans } = parts;
  const found = [
    ...events.flatMap((event) => onEvent(event, parts).map((what) => ({ ...event, what }))),
    ...plans.flatMap((plan) => onPlan(plan, parts).map((what) => ({ ...plan, what }))),
  ];
  return found
    .map(({ instanceId, what }) => ({ regionId, instanceId, what }))
    .sort((a, b) => (a.instanceId < b.instanceId ? -1 : a.instanceId > b.instanceId ? 1 : 0));
}

/** ECS carried out a reboot, and the planner did not know of it although it should have. */
function onEvent(event: RecordedEvent, { byEvent, context }: CheckParts): Statement[] {
  const { eventId, type, status } = event;
  if (type !== rebootEventType || status !== 'Executed' || byEvent.has(eventId)) return [];
  return isUnexplained(event, context) ? [state('executed-unplanned', { eventId })] : [];
}

function onPlan(plan: ReviewedPlan, parts: CheckParts): Statement[] {
  const events = [...eventsOf(plan)].map((eventId) => ({ eventId, event: parts.known.get(eventId) }));
  const listed = events.flatMap(({ event }) => event ?? []);
  return [...onRestart(plan, events, parts), ...listed.flatMap((event) => onEnd(plan, event, listed, parts))];
}

type Found = { eventId: string; event: RecordedEvent | undefined };

function onRestart(plan: ReviewedPlan, events: readonly Found[], parts: CheckParts): Statement[] {
  const { planId, status, sentAt } = plan;
  const { completeSince, context } = parts;
  if (sentAt === undefined) return status === 'Avoided' ? [state('avoided-without-restart', { planId })] : [];
  const isComplete = completeSince !== undefined && sentAt >= completeSince;
  if (isComplete && events.length > 0 && events.every(({ event }) => event === undefined)) {
    const eventIds = events.map(({ eventId }) => eventId);
    return [
      state('restart-unknown-to-ecs', { planId, eventIds, at: isoOf(sentAt), timeZone: context.timeZone }),
    ];
  }
  // A restart for an event that was over: nobody needed it.
  const answered = events.flatMap(({ event }) => event ?? []);
  const isNeedless =
    answered.length === events.length &&
    answered.length > 0 &&
    answered.every((event) => {
      const over = event.finishedAt;
      return isOver(event) && over !== undefined && isClearlyAfter(sentAt, over);
    });
  return isNeedless
    ? [
        state('restart-after-end', {
          planId,
          eventIds: answered.map(({ eventId }) => eventId),
          at: isoOf(sentAt),
          timeZone: context.timeZone,
        }),
      ]
    : [];
}

/** The statuses of an event that contradict how its plan ended. */
const contradicts: ReadonlyMap<string, readonly string[]> = new Map([
  ['Avoided', ['Executed', 'Failed', 'Scheduled', 'Inquiring', 'Executing']],
  ['Missed', ['Avoided']],
  ['Cleared', ['Executed', 'Failed']],
]);

function onEnd(
  plan: ReviewedPlan,
  event: RecordedEvent,
  all: readonly RecordedEvent[],
  { context }: CheckParts,
): Statement[] {
  const { planId, status, sentAt } = plan;
  const { eventId, status: eventStatus } = event;
  if (contradicts.get(status)?.includes(eventStatus) === true) {
    // A plan that was too late is Missed before ECS acts, and its owner may still restart the instance. One of several events
    // that ECS carried out is enough for Missed.
    const isExplained = status === 'Missed' && (sentAt === undefined || all.some(isCarriedOut));
    return isExplained ? [] : [state('ended-otherwise', { planId, status, eventId, eventStatus })];
  }
  const over = overAt(event);
  const isFinal = (finalStatuses as readonly string[]).includes(status);
  return !isFinal && over !== undefined && context.now - over > lookMs
    ? [state('still-waits', { planId, status, eventId, eventStatus })]
    : [];
}

function isCarriedOut({ status }: RecordedEvent): boolean {
  return status === 'Executed';
}

/** A plan whose event is over ends at the next look. After this long nobody looks. */
const lookMs = 2 * 3_600_000;
