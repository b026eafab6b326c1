// What a review reads: ECS's own record of events, and our record of plans. Neither is trusted: a type or a status may be any
// text. Times are epoch milliseconds, because fifty thousand events fit into memory that way and as instants they do not.

import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../calendar/instant.ts';

/** Epoch milliseconds. */
export type EpochMs = number;

/** One event, as ECS's history has it, or as an earlier review kept it. */
export interface RecordedEvent {
  eventId: string;
  instanceId: string;
  /** Any text. */
  type: string;
  /** Any text. */
  status: string;
  publishedAt?: EpochMs;
  notBefore?: EpochMs;
  /** NotBefore as ECS announced it first. An owner may bring it forward. */
  firstNotBefore?: EpochMs;
  finishedAt?: EpochMs;
}

/** Some events of ECS, and how many could not be read: without an id, an instance, a type or a status. */
export interface EventPage {
  events: readonly RecordedEvent[];
  unread: number;
}

/** One plan, as its row has it, in the plans table or in the history. People may have edited it. */
export interface ReviewedPlan {
  regionId: string;
  instanceId: string;
  instanceName?: string;
  planId: string;
  status: string;
  reasonCode: string;
  /** The code of what it waited for until it ended; absent where the reason does not say it. */
  waitedFor?: string;
  group?: string;
  eventIds: readonly string[];
  /** The events for which a restart may have been sent; empty where none was. */
  sentEventIds: readonly string[];
  /** Events that were announced after the plan began. Its restart may have answered them, too. */
  laterEventIds: readonly string[];
  /** Events that its timeline names and that it is no longer about: they ended while another event of it was open. */
  pastEventIds: readonly string[];
  /** When the plan function wrote entries of the timeline. */
  plannedAt: readonly EpochMs[];
  /** Right before RebootInstance was sent; absent where it was not. */
  sentAt?: EpochMs;
  /** The first look that showed the events Avoided and the instance Running; absent where the first one proved the restart. */
  avoidedSeenAt?: EpochMs;
  finishedAt?: EpochMs;
}

const openStatuses: readonly string[] = ['Inquiring', 'Scheduled', 'Executing'];
const endedStatuses: readonly string[] = ['Executed', 'Avoided', 'Canceled', 'Failed'];

/** True where the event is over. One with an unknown status is over where ECS names the time of its end. */
export function isOver({ status, finishedAt }: RecordedEvent): boolean {
  if (openStatuses.includes(status)) return false;
  return finishedAt !== undefined || endedStatuses.includes(status);
}

/** When the event was over, as far as ECS says it; undefined where it is open. */
export function overAt(event: RecordedEvent): EpochMs | undefined {
  return isOver(event) ? (event.finishedAt ?? event.notBefore ?? event.publishedAt) : undefined;
}

/** True for an event that reports what has struck already. */
export function isFailure({ type }: Pick<RecordedEvent, 'type'>): boolean {
  return type.startsWith('SystemFailure.') || type.startsWith('InstanceFailure.');
}

/** The newest of what is known of one event: the record of ECS moves on, and an event can stand on two pages. */
export function newerOf(a: RecordedEvent, b: RecordedEvent): RecordedEvent {
  if (isOver(a) !== isOver(b)) return isOver(a) ? a : b;
  return (overAt(b) ?? 0) >= (overAt(a) ?? 0) ? b : a;
}

/** The time as an instant. */
export function instantOf(at: EpochMs): Instant {
  return Temporal.Instant.fromEpochMilliseconds(at);
}

/** The time as statements hold it. */
export function isoOf(at: EpochMs): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}
