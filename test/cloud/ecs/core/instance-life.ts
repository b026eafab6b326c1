// The life cycle of an instance: restart, redeployment, stop, start, release. A later one cancels what an earlier one
// started. Each of them fails the unfinished snapshots of the instance's disks and ends its runs of commands.
import { interruptRuns } from './command-life.ts';
import { failSnapshots } from './snapshot-life.ts';
import { isOpen } from './account.ts';
import type { Cause, Interruption } from './types.ts';
import type { Instance, Account, SystemEvent } from './account.ts';

/** Who restarts an instance, how, and what to call afterwards. */
export interface RestartBy {
  cause: Cause;
  /** ForceStop: the instance stops faster. */
  forced?: boolean;
  requestId?: string;
  /** Called when the instance is Running again. */
  onRunning?: (at: number) => void;
  /** Called instead, at the same time, if a stop or release cancelled the restart, or it failed. */
  onVoid?: (at: number) => void;
}

/** Restarts a Running instance: it is Starting at once. Returns false and does nothing for any other. */
export function restart(account: Account, instance: Instance, at: number, by: RestartBy): boolean {
  if (instance.status !== 'Running') return false;
  const life = beginRestart(account, instance, at, by);
  account.setInstance(instance, 'Starting', at, by);
  releaseIfDown(account, instance, at);
  const plainMs = stopTime(account, instance, by) + startTime(account, instance);
  account.agenda.add(at + (instance.nature.startsForMs ?? plainMs), (then) => {
    comeBack(account, instance, then, { life, by });
  });
  return true;
}

/** Moves an instance to another host. A Running one is Stopping first. A Stopped one starts. */
export function redeploy(account: Account, instance: Instance, at: number, by: RestartBy): boolean {
  const isDown = instance.status === 'Stopped';
  const life = beginRestart(account, instance, at, by);
  if (!isDown) account.setInstance(instance, 'Stopping', at, by);
  releaseIfDown(account, instance, at);
  const downAt = isDown ? at : at + stopTime(account, instance, by);
  account.agenda.add(downAt, (then) => {
    if (instance.life === life) account.setInstance(instance, 'Starting', then, by);
  });
  account.agenda.add(downAt + (instance.nature.startsForMs ?? startTime(account, instance)), (then) => {
    comeBack(account, instance, then, { life, by });
  });
  return true;
}

/** Stops an instance in any status, unless it is already Stopped or Released. */
export function stop(account: Account, instance: Instance, at: number, cause: Cause): void {
  if (instance.status === 'Stopped' || instance.status === 'Released') return;
  const life = beginLife(account, instance, at, `stop by ${cause}`);
  account.setInstance(instance, 'Stopping', at, { cause });
  releaseIfDown(account, instance, at);
  account.agenda.add(at + account.duration(account.options.stopMs, instance.id), (then) => {
    if (instance.life === life) account.setInstance(instance, 'Stopped', then, { cause });
  });
}

/** Starts a Stopped instance. Does nothing for any other. */
export function start(account: Account, instance: Instance, at: number, cause: Cause): void {
  if (instance.status !== 'Stopped') return;
  const life = beginLife(account, instance, at, `start by ${cause}`);
  account.setInstance(instance, 'Starting', at, { cause });
  account.agenda.add(at + (instance.nature.startsForMs ?? startTime(account, instance)), (then) => {
    if (instance.life === life) runAgain(account, instance, then, { cause });
  });
}

/** Releases an instance permanently and cancels its open events, except the event that caused the release. */
export function releaseWithEvents(
  account: Account,
  instance: Instance,
  at: number,
  by: { cause: Cause; event?: SystemEvent },
): void {
  if (instance.status === 'Released') return;
  beginLife(account, instance, at, `release by ${by.cause}`);
  account.setInstance(instance, 'Released', at, { cause: by.cause });
  for (const event of account.eventsOf(instance.id)) {
    if (isOpen(event) && event !== by.event) account.setEvent(event, 'Canceled', at);
  }
}

function beginRestart(account: Account, instance: Instance, at: number, { cause }: RestartBy): number {
  const life = beginLife(account, instance, at, `restart by ${cause}`);
  instance.restarts[cause] += 1;
  return life;
}

function comeBack(
  account: Account,
  instance: Instance,
  at: number,
  { life, by }: { life: number; by: RestartBy },
): void {
  const { comesBack = 'Running' } = instance.nature;
  if (instance.life === life && comesBack === 'Running') {
    runAgain(account, instance, at, by);
    by.onRunning?.(at);
    return;
  }
  if (instance.life === life && comesBack === 'Stopped') account.setInstance(instance, 'Stopped', at, by);
  by.onVoid?.(at);
}

/** Auto Scaling replaces an instance that its health check finds down for too long, if that is its nature. */
function releaseIfDown(account: Account, instance: Instance, at: number): void {
  const { releasedWhenDownForMs } = instance.nature;
  if (releasedWhenDownForMs === undefined) return;
  const { life } = instance;
  account.agenda.add(at + releasedWhenDownForMs, (then) => {
    const isDown = instance.life === life && instance.status !== 'Running';
    if (isDown) releaseWithEvents(account, instance, then, { cause: 'ecs' });
  });
}

function beginLife(account: Account, instance: Instance, at: number, by: Interruption): number {
  failSnapshots(account, instance, at, by);
  interruptRuns(account, instance, at, by);
  instance.life += 1;
  return instance.life;
}

function runAgain(
  account: Account,
  instance: Instance,
  at: number,
  by: { cause: Cause; requestId?: string },
): void {
  instance.startTime = at;
  instance.bootedAt = at + (instance.nature.bootsForMs ?? 0);
  account.setInstance(instance, 'Running', at, by);
}

function stopTime(account: Account, instance: Instance, { forced }: RestartBy): number {
  const { stopMs, forceStopMs } = account.options;
  return account.duration(forced === true ? forceStopMs : stopMs, instance.id);
}

function startTime(account: Account, instance: Instance): number {
  return account.duration(account.options.startMs, instance.id);
}
