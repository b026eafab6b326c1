// The life cycle of a system event: it starts, moves, is answered by a restart or carried out by ECS, and ends with
// its instance at the latest.
import { redeploy, releaseWithEvents, restart, stop } from './instance-life.ts';
import { wholeSecond } from './iso.ts';
import type { RestartBy } from './instance-life.ts';
import type { MovedEntry } from './journal.ts';
import type { Instance, SystemEvent, Account } from './account.ts';

/** Whether the event reports a failure that has already happened. Such an event starts as Executing. */
export function hasStruck(type: string): boolean {
  return type.startsWith('SystemFailure.') || type.startsWith('InstanceFailure.');
}

/** Starts the life of a new event. Call it once, at the publication. */
export function begin(account: Account, event: SystemEvent, at: number): void {
  if (event.status === 'Scheduled') awaitNotBefore(account, event, at);
  if (event.status !== 'Executing') return;
  if (event.real) carryOut(account, event, at);
  // A simulated failure is Executing from the start, and Executed at NotBefore (CreateSimulatedSystemEvents).
  else account.agenda.add(Math.max(at, event.notBefore), (then) => finish(account, event, then));
}

/** Moves a Scheduled event. Does nothing for any other status. */
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

/** Carries out an Inquiring event at once, because its owner accepted it. It had no NotBefore until now. */
export function accept(account: Account, event: SystemEvent, at: number): void {
  if (event.status !== 'Inquiring') return;
  event.notBefore = wholeSecond(at);
  event.initialNotBefore = event.notBefore;
  account.setEvent(event, 'Executing', at);
  if (event.real) carryOut(account, event, at);
  else finish(account, event, at);
}

/** Restarts an instance through the API and answers its Scheduled events. Returns false if it is not Running. */
export function restartByApi(
  account: Account,
  instance: Instance,
  at: number,
  by: Pick<RestartBy, 'cause' | 'forced' | 'requestId'>,
): boolean {
  if (instance.status !== 'Running') return false;
  return restart(account, instance, at, { ...by, ...answering(account, instance, byRestart) });
}

/** Redeploys an instance and answers its events, also Inquiring ones. Returns false if its status does not allow it. */
export function redeployByApi(
  account: Account,
  instance: Instance,
  at: number,
  by: Pick<RestartBy, 'cause' | 'forced' | 'requestId'>,
): boolean {
  if (instance.status !== 'Running' && instance.status !== 'Stopped') return false;
  return redeploy(account, instance, at, { ...by, ...answering(account, instance, byRedeploy) });
}

/** Marks the events that the restart answers, and says what becomes of them when it ends. */
function answering(
  account: Account,
  instance: Instance,
  isAnswered: (event: SystemEvent) => boolean,
): Pick<RestartBy, 'onRunning' | 'onVoid'> {
  const answered = account.eventsOf(instance.id).filter((event) => !event.neverAvoided && isAnswered(event));
  for (const event of answered) event.answered = true;
  return {
    onRunning: (then) => {
      for (const event of answered) avoidSoon(account, event, then);
    },
    onVoid: (then) => {
      for (const event of answered) unanswer(account, event, then);
    },
  };
}

// A restart is the documented answer to SystemMaintenance.Reboot. The other types need other answers.
function byRestart({ type, status }: SystemEvent): boolean {
  return ['SystemMaintenance.Reboot', 'InstanceFailure.Reboot'].includes(type) && status === 'Scheduled';
}

// RedeployInstance cannot answer simulated events.
function byRedeploy({ type, status, simulated }: SystemEvent): boolean {
  const types = ['SystemMaintenance.Reboot', 'SystemMaintenance.Redeploy', 'SystemFailure.Redeploy'];
  return types.includes(type) && (status === 'Inquiring' || status === 'Scheduled') && !simulated;
}

function avoidSoon(account: Account, event: SystemEvent, at: number): void {
  account.agenda.add(at + account.duration(event.avoidedAfterMs, event.id), (then) => {
    if (event.status !== 'Scheduled' && event.status !== 'Inquiring') return;
    account.setEvent(event, 'Avoided', then);
    account.onAvoided(event, then);
  });
}

function unanswer(account: Account, event: SystemEvent, at: number): void {
  event.answered = false;
  if (event.status === 'Scheduled') awaitNotBefore(account, event, at);
}

function awaitNotBefore(account: Account, event: SystemEvent, at: number): void {
  const { notBefore } = event;
  account.agenda.add(Math.max(at, notBefore), (then) => {
    // Does nothing if the event was moved, ended or answered in the meantime.
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

/** Does to the instance what the last part of the event type says. Returns how long that takes. */
function affect(account: Account, event: SystemEvent, instance: Instance, at: number): number {
  const { stopMs, startMs, executionMs } = account.options;
  switch (event.type.slice(event.type.lastIndexOf('.') + 1)) {
    case 'Reboot':
    case 'Redeploy':
    case 'Migrate':
      restart(account, instance, at, { cause: 'ecs' });
      return account.duration(stopMs, instance.id) + account.duration(startMs, instance.id);
    case 'Stop':
    case 'StopAndRepair':
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
