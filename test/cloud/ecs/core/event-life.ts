// A system event's life: begun, answered by a restart or carried out by ECS, moved, ended with its instance.
import { release, restart, stop } from './instance-life.ts';
import { isOpen } from './account.ts';
import type { RestartBy } from './instance-life.ts';
import type { MovedEntry } from './journal.ts';
import type { Cause } from './types.ts';
import type { Instance, SystemEvent, Account } from './account.ts';

/** Whether the event tells of a failure that has struck already: such an event begins as Executing. */
export function hasStruck(type: string): boolean {
  return type.startsWith('SystemFailure.') || type.startsWith('InstanceFailure.');
}

/** Puts a new event on its way; called once, at its publication. */
export function begin(account: Account, event: SystemEvent, at: number): void {
  if (event.status === 'Scheduled') awaitNotBefore(account, event, at);
  if (event.status !== 'Executing') return;
  if (event.real) carryOut(account, event, at);
  // A simulated failure is Executing from the start, and Executed at NotBefore (CreateSimulatedSystemEvents).
  else account.agenda.add(Math.max(at, event.notBefore), (then) => finish(account, event, then));
}

/** Moves a Scheduled event; other events stay where they are. */
export function move(account: Account, event: SystemEvent, notBefore: number, at: number): void {
  if (event.status !== 'Scheduled') return;
  account.journal.add<MovedEntry>({
    kind: 'moved',
    at,
    eventId: event.id,
    from: event.notBefore,
    to: notBefore,
  });
  event.notBefore = notBefore;
  awaitNotBefore(account, event, at);
}

/** An Inquiring event whose owner agreed becomes Scheduled. */
export function accept(account: Account, event: SystemEvent, at: number): void {
  if (event.status !== 'Inquiring') return;
  account.setEvent(event, 'Scheduled', at);
  awaitNotBefore(account, event, at);
}

/** A restart through the API: it answers the events that are Scheduled now. False where the instance is not Running. */
export function restartByApi(
  account: Account,
  instance: Instance,
  at: number,
  by: Pick<RestartBy, 'cause' | 'forced' | 'requestId'>,
): boolean {
  if (instance.status !== 'Running') return false;
  const answered = account.eventsOf(instance.id).filter(isAnswerable);
  for (const event of answered) event.answered = true;
  return restart(account, instance, at, {
    ...by,
    onRunning: (then) => {
      for (const event of answered) avoidSoon(account, event, then);
    },
    onVoid: (then) => {
      for (const event of answered) unanswer(account, event, then);
    },
  });
}

/** Releases an instance; its open events, but for the one that did it, are Canceled. */
export function releaseWithEvents(
  account: Account,
  instance: Instance,
  at: number,
  by: { cause: Cause; event?: SystemEvent },
): void {
  release(account, instance, at, by.cause);
  for (const event of account.eventsOf(instance.id)) {
    if (isOpen(event) && event !== by.event) account.setEvent(event, 'Canceled', at);
  }
}

// The documented answer to SystemMaintenance.Reboot is a restart; the other types want other answers.
function isAnswerable(event: SystemEvent): boolean {
  return event.type === 'SystemMaintenance.Reboot' && event.status === 'Scheduled' && !event.neverAvoided;
}

function avoidSoon(account: Account, event: SystemEvent, at: number): void {
  account.agenda.add(at + account.duration(event.avoidedAfterMs, event.id), (then) => {
    if (event.status === 'Scheduled') account.setEvent(event, 'Avoided', then);
  });
}

function unanswer(account: Account, event: SystemEvent, at: number): void {
  if (event.status !== 'Scheduled') return;
  event.answered = false;
  awaitNotBefore(account, event, at);
}

function awaitNotBefore(account: Account, event: SystemEvent, at: number): void {
  const { notBefore } = event;
  account.agenda.add(Math.max(at, notBefore), (then) => {
    // Void where it was moved, ended or answered in the meantime.
    if (event.status !== 'Scheduled' || event.notBefore !== notBefore || event.answered) return;
    if (event.real) {
      account.setEvent(event, 'Executing', then);
      carryOut(account, event, then);
    } else {
      account.setEvent(event, 'Executed', then);
    }
  });
}

function carryOut(account: Account, event: SystemEvent, at: number): void {
  const instance = account.instance(event.instanceId);
  const lasts = instance === undefined ? 0 : affect(account, event, instance, at);
  account.agenda.add(at + lasts, (then) => finish(account, event, then));
}

/** Does to the instance what the part behind the type's last dot says, and tells how long that takes. */
function affect(account: Account, event: SystemEvent, instance: Instance, at: number): number {
  const { stopMs, startMs, executionMs } = account.options;
  switch (event.type.slice(event.type.lastIndexOf('.') + 1)) {
    case 'Reboot':
    case 'Redeploy':
      restart(account, instance, at, { cause: 'ecs' });
      return account.duration(stopMs, instance.id) + account.duration(startMs, instance.id);
    case 'Stop':
      stop(account, instance, at, 'ecs');
      return account.duration(stopMs, instance.id);
    case 'Delete':
      releaseWithEvents(account, instance, at, { cause: 'ecs', event });
      return 0;
    default:
      return executionMs;
  }
}

function finish(account: Account, event: SystemEvent, at: number): void {
  if (event.status === 'Executing') account.setEvent(event, 'Executed', at);
}
