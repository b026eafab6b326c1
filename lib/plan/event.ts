// ECS's system events, as the domain sees them. Status names are ECS's own; the codes beside them are never used,
// since most are unpublished.
import type { Instant } from './calendar/instant.ts';
import type { Fault } from './fault.ts';

/** The event that RebootInstance answers; for every other type it is not the documented answer. */
export const rebootEventType = 'SystemMaintenance.Reboot';

/** `EventCycleStatus.Name`. ECS may add others: those are `unknown` to us, and nothing is done about them. */
export const eventStatuses = [
  'Inquiring',
  'Scheduled',
  'Executing',
  'Executed',
  'Avoided',
  'Canceled',
  'Failed',
] as const;
export type EventStatus = (typeof eventStatuses)[number];

/** The statuses of events that are not over. */
export const openEventStatuses = [
  'Inquiring',
  'Scheduled',
  'Executing',
] as const satisfies readonly EventStatus[];

/** One event on one instance. */
export interface SystemEvent {
  eventId: string;
  instanceId: string;
  /** `EventType.Name`, as in `SystemMaintenance.Reboot`. */
  type: string;
  status: EventStatus;
  /** From then on ECS carries the event out by itself. */
  notBefore: Instant;
}

/** An event that cannot be read: a field is missing or has a value that is not known. It is reported and never answered. */
export interface OddEvent {
  /** Absent if it cannot be read. */
  eventId?: string;
  /** Absent if it cannot be read. */
  instanceId?: string;
  /** What is wrong, at least one: `NotBefore of event e-1`. */
  faults: readonly Fault[];
}

/** What ECS says of some events: those that can be read, and those that cannot. */
export interface EventReport {
  events: readonly SystemEvent[];
  odd: readonly OddEvent[];
}

export function isOpen(event: SystemEvent): boolean {
  return (openEventStatuses as readonly EventStatus[]).includes(event.status);
}
