// A system event's life: begun, answered by a restart or carried out by ECS, moved, ended with its instance.
import { release, restart, stop } from './instance-life.ts';
import { isOpen } from './world.ts';
import type { RestartBy } from './instance-life.ts';
import type { MovedEntry } from './journal.ts';
import type { Cause } from './types.ts';
import type { Instance, SystemEvent, World } from './world.ts';

/** Whether the event tells of a failure that has struck already: such an event begins as Executing. */
export function hasStruck(type: string): boolean {
  return type.startsWith('SystemFailure.') || type.startsWith('InstanceFailure.');
}

/** Puts a new event on its way; called once, at its publication. */
export function begin(world: World, event: SystemEvent, at: number): void {
  if (event.status === 'Scheduled') awaitNotBefore(world, event, at);
  if (event.status !== 'Executing') return;
  if (event.real) carryOut(world, event, at);
  // A simulated failure is Executing from the start, and Executed at NotBefore (CreateSimulatedSystemEvents).
  else world.agenda.add(Math.max(at, event.notBefore), (then) => finish(world, event, then));
}

/** Moves a Scheduled event; other events stay where they are. */
export function move(world: World, event: SystemEvent, notBefore: number, at: number): void {
  if (event.status !== 'Scheduled') return;
  world.journal.add<MovedEntry>({
    kind: 'moved',
    at,
    eventId: event.id,
    from: event.notBefore,
    to: notBefore,
  });
  event.notBefore = notBefore;
  awaitNotBefore(world, event, at);
}

/** An Inquiring event whose owner agreed becomes Scheduled. */
export function accept(world: World, event: SystemEvent, at: number): void {
  if (event.status !== 'Inquiring') return;
  world.setEvent(event, 'Scheduled', at);
  awaitNotBefore(world, event, at);
}

/** A restart through the API: it answers the events that are Scheduled now. False where the instance is not Running. */
export function restartByApi(
  world: World,
  instance: Instance,
  at: number,
  by: Pick<RestartBy, 'cause' | 'forced' | 'requestId'>,
): boolean {
  if (instance.status !== 'Running') return false;
  const answered = world.eventsOf(instance.id).filter(isAnswerable);
  for (const event of answered) event.answered = true;
  return restart(world, instance, at, {
    ...by,
    onRunning: (then) => {
      for (const event of answered) avoidSoon(world, event, then);
    },
    onVoid: (then) => {
      for (const event of answered) unanswer(world, event, then);
    },
  });
}

/** Releases an instance; its open events, but for the one that did it, are Canceled. */
export function releaseWithEvents(
  world: World,
  instance: Instance,
  at: number,
  by: { cause: Cause; event?: SystemEvent },
): void {
  release(world, instance, at, by.cause);
  for (const event of world.eventsOf(instance.id)) {
    if (isOpen(event) && event !== by.event) world.setEvent(event, 'Canceled', at);
  }
}

// The documented answer to SystemMaintenance.Reboot is a restart; the other types want other answers.
function isAnswerable(event: SystemEvent): boolean {
  return event.type === 'SystemMaintenance.Reboot' && event.status === 'Scheduled' && !event.neverAvoided;
}

function avoidSoon(world: World, event: SystemEvent, at: number): void {
  world.agenda.add(at + world.duration(event.avoidedAfterMs, event.id), (then) => {
    if (event.status === 'Scheduled') world.setEvent(event, 'Avoided', then);
  });
}

function unanswer(world: World, event: SystemEvent, at: number): void {
  if (event.status !== 'Scheduled') return;
  event.answered = false;
  awaitNotBefore(world, event, at);
}

function awaitNotBefore(world: World, event: SystemEvent, at: number): void {
  const { notBefore } = event;
  world.agenda.add(Math.max(at, notBefore), (then) => {
    // Void where it was moved, ended or answered in the meantime.
    if (event.status !== 'Scheduled' || event.notBefore !== notBefore || event.answered) return;
    if (event.real) {
      world.setEvent(event, 'Executing', then);
      carryOut(world, event, then);
    } else {
      world.setEvent(event, 'Executed', then);
    }
  });
}

function carryOut(world: World, event: SystemEvent, at: number): void {
  const instance = world.instance(event.instanceId);
  const lasts = instance === undefined ? 0 : affect(world, event, instance, at);
  world.agenda.add(at + lasts, (then) => finish(world, event, then));
}

/** Does to the instance what the part behind the type's last dot says, and tells how long that takes. */
function affect(world: World, event: SystemEvent, instance: Instance, at: number): number {
  const { stopMs, startMs, executionMs } = world.options;
  switch (event.type.slice(event.type.lastIndexOf('.') + 1)) {
    case 'Reboot':
    case 'Redeploy':
      restart(world, instance, at, { cause: 'ecs' });
      return world.duration(stopMs, instance.id) + world.duration(startMs, instance.id);
    case 'Stop':
      stop(world, instance, at, 'ecs');
      return world.duration(stopMs, instance.id);
    case 'Delete':
      releaseWithEvents(world, instance, at, { cause: 'ecs', event });
      return 0;
    default:
      return executionMs;
  }
}

function finish(world: World, event: SystemEvent, at: number): void {
  if (event.status === 'Executing') world.setEvent(event, 'Executed', at);
}
