// ECS's system events, as the domain sees them. Status names are ECS's own. The codes beside them are never used, because
// most are unpublished.
import type { Instant } from './calendar/instant.ts';
import type { Fault } from './fault.ts';

/** The event that RebootInstance answers. For every other type it is not the documented answer. */
export const rebootEventType = 'SystemMaintenance.Reboot';

/** The events by which ECS takes the instance down from NotBefore on, as far as ECS documents them. */
export const eventTypesThatTakeDown = [
  rebootEventType,
  'SystemMaintenance.Redeploy',
  'SystemMaintenance.Stop',
  'SystemMaintenance.RebootAndIsolateErrorDisk',
  'SystemMaintenance.RebootAndReInitErrorDisk',
] as const;

/** `EventCycleStatus.Name`. An event with another one cannot be read. */
export const eventStatuses = [
  'Inquiring',
  'Scheduled',
  'Executing',
  'Executed',
  'Avoided',
  'Canceled',
  'Failed',
] as const;

/** The status of an event. The names are those of ECS. */
export type EventStatus = (typeof eventStatuses)[number];

/** The statuses of events that are not over. */
export const openEventStatuses = [
  'Inquiring',
  'Scheduled',
  'Executing',
] as const satisfies readonly EventStatus[];

interface EventFields {
  eventId: string;
  instanceId: string;
  /** `EventType.Name`, as in `SystemMaintenance.Reboot`. */
  type: string;
}

/** An event for which ECS waits for an answer. It has no NotBefore: whoever accepts it starts it at once. */
export interface InquiringEvent extends EventFields {
  status: 'Inquiring';
  notBefore?: Instant;
}

/** An event with a time. */
export interface DatedEvent extends EventFields {
  status: Exclude<EventStatus, 'Inquiring'>;
  /** From then on ECS carries the event out. */
  notBefore: Instant;
}

/** One event on one instance. */
export type SystemEvent = InquiringEvent | DatedEvent;

/** An event that cannot be read: a field is missing or odd. It is reported, and never planned. */
export interface OddEvent {
  /** Absent where even that is missing. */
  eventId?: string;
  instanceId?: string;
  /** At least one. */
  faults: readonly Fault[];
}

/** Events as ECS reports them: those that can be read, and those that cannot. */
export interface EventReport {
  events: readonly SystemEvent[];
  odd: readonly OddEvent[];
}

/** True for an event that is not over. */
export function isOpen(event: SystemEvent): boolean {
  return (openEventStatuses as readonly EventStatus[]).includes(event.status);
}

/** True for an event that ECS will carry out from its NotBefore on. */
export function isScheduled(event: SystemEvent): event is DatedEvent & { status: 'Scheduled' } {
  return event.status === 'Scheduled';
}
