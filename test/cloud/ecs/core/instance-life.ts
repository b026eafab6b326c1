// The life cycle of an instance: restart, stop, start, release. A later one cancels what an earlier one started. Each
// of them fails the unfinished snapshots of the instance's disks and ends its runs of commands. Left out: events.
import { interruptRuns } from './command-life.ts';
import { failSnapshots } from './snapshot-life.ts';
import type { Cause, Interruption } from './types.ts';
import type { Instance, Account } from './account.ts';

/** Who restarts an instance, how, and what to call afterwards. */
export interface RestartBy {
  cause: Cause;
  /** ForceStop: the instance stops faster. */
  forced?: boolean;
  requestId?: string;
  /** Called when the instance is Running again. */
  onRunning?: (at: number) => void;
  /** Called instead, at the same time, if a stop or release cancelled the restart. */
  onVoid?: (at: number) => void;
}

/** Restarts a Running instance. Returns false and does nothing for any other. */
export function restart(account: Account, instance: Instance, at: number, by: RestartBy): boolean {
  if (instance.status !== 'Running') return false;
  const { stopMs, startMs, forceStopMs } = account.options;
  const life = beginLife(account, instance, at, `restart by ${by.cause}`);
  instance.restarts[by.cause] += 1;
  account.setInstance(instance, 'Stopping', at, by);
  const downAt = at + account.duration(by.forced === true ? forceStopMs : stopMs, instance.id);
  account.agenda.add(downAt, (then) => {
    if (instance.life === life) account.setInstance(instance, 'Starting', then, by);
  });
  account.agenda.add(downAt + account.duration(startMs, instance.id), (then) => {
    if (instance.life === life) {
      runAgain(account, instance, then, by);
      by.onRunning?.(then);
    } else {
      by.onVoid?.(then);
    }
  });
  return true;
}

/** Stops an instance in any status, unless it is already Stopped or Released. */
export function stop(account: Account, instance: Instance, at: number, cause: Cause): void {
  if (instance.status === 'Stopped' || instance.status === 'Released') return;
  const life = beginLife(account, instance, at, `stop by ${cause}`);
  account.setInstance(instance, 'Stopping', at, { cause });
  account.agenda.add(at + account.duration(account.options.stopMs, instance.id), (then) => {
    if (instance.life === life) account.setInstance(instance, 'Stopped', then, { cause });
  });
}

/** Starts a Stopped instance. Does nothing for any other. */
export function start(account: Account, instance: Instance, at: number, cause: Cause): void {
  if (instance.status !== 'Stopped') return;
  const life = beginLife(account, instance, at, `start by ${cause}`);
  account.setInstance(instance, 'Starting', at, { cause });
  account.agenda.add(at + account.duration(account.options.startMs, instance.id), (then) => {
    if (instance.life === life) runAgain(account, instance, then, { cause });
  });
}

/** Releases an instance permanently. */
export function release(account: Account, instance: Instance, at: number, cause: Cause): void {
  if (instance.status === 'Released') return;
  beginLife(account, instance, at, `release by ${cause}`);
  account.setInstance(instance, 'Released', at, { cause });
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
  account.setInstance(instance, 'Running', at, by);
}
