// The events that no plan names, and why none does.
import type { Milliseconds } from '../calendar/instant.ts';
import { keyOf, state, type Statement } from '../statement.ts';
import type { PlansByEvent } from './joined.ts';
import { isoOf, overAt, type EpochMs, type RecordedEvent } from './records.ts';

/** What explains why an event has no plan. */
export interface UnplannedContext {
  /** EVENT_TYPES. */
  eventTypes: readonly string[];
  /** When the plan function first ran in the region; absent where nobody knows. */
  firstRunAt?: EpochMs;
  now: EpochMs;
  timeZone: string;
}

/** Events that have no plan for the same reason. */
export interface Unplanned {
  why: Statement;
  events: number;
  /** Of the events, the first ten. */
  eventIds: readonly string[];
}

const shown = 10;

/** The events without a plan, by the reason, the most first. */
export function unplannedOf(
  events: readonly RecordedEvent[],
  plans: PlansByEvent,
  context: UnplannedContext,
): Unplanned[] {
  const byReason = new Map<string, { why: Statement; events: number; eventIds: string[] }>();
  for (const event of events) {
    if (plans.has(event.eventId)) continue;
    const why = whyUnplanned(event, context);
    const key = keyOf(why);
    const known = byReason.get(key) ?? { why, events: 0, eventIds: [] };
    known.events += 1;
    known.eventIds.push(event.eventId);
    byReason.set(key, known);
  }
  return mergedUnplanned([...byReason.values()]);
}

/** The lists of several regions together. */
export function mergedUnplanned(lists: readonly Unplanned[]): Unplanned[] {
  const byReason = new Map<string, Unplanned>();
  for (const one of lists) {
    const known = byReason.get(keyOf(one.why));
    byReason.set(keyOf(one.why), {
      why: one.why,
      events: (known?.events ?? 0) + one.events,
      eventIds: [...(known?.eventIds ?? []), ...one.eventIds].sort().slice(0, shown),
    });
  }
  return [...byReason.values()].sort((a, b) => b.events - a.events || (keyOf(a.why) < keyOf(b.why) ? -1 : 1));
}

/** True where the planner should have planned the event. */
export function isUnexplained(event: RecordedEvent, context: UnplannedContext): boolean {
  return whyUnplanned(event, context).code === 'never-planned';
}

function whyUnplanned(event: RecordedEvent, context: UnplannedContext): Statement {
  const { eventTypes, firstRunAt, now, timeZone } = context;
  const { type, publishedAt } = event;
  const over = overAt(event);
  if (!eventTypes.includes(type)) return state('type-not-watched', { type });
  if (firstRunAt !== undefined && over !== undefined && over <= firstRunAt) {
    return state('over-before-first-run', { at: isoOf(firstRunAt), timeZone });
  }
  if (publishedAt === undefined) return state('never-planned', {});
  if (over !== undefined && over - publishedAt < runRoomMs) return state('over-at-once', {});
  return over === undefined && now - publishedAt < runRoomMs
    ? state('announced-just-now', {})
    : state('never-planned', {});
}

/** The plan function of s.yaml runs every fifteen minutes, for two minutes at most. A tick may come late. */
const runRoomMs: Milliseconds = 20 * 60_000;
