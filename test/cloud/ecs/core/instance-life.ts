// An instance's life: restart, stop, start, release. Each later one overrules what an earlier one had begun.
// It knows nothing of system events, but what is being made of its disks or runs on it ends with each of them.
import { interruptRuns } from './command-life.ts';
import { failSnapshots } from './snapshot-life.ts';
import type { Cause, Interruption } from './types.ts';
import type { Instance, Account } from './account.ts';

/** Who restarts an instance, how, and who is to be told. */
export interface RestartBy {
  cause: Cause;
  /** ForceStop: the shorter way down. */
  forced?: boolean;
  requestId?: string;
  /** The instance is Running again. */
  onRunning?: (at: number) => void;
  /** It was stopped or released in the middle of it; told when it would have been Running again. */
  onVoid?: (at: number) => void;
}

/** Restarts a Running instance; any other is left alone, and false says so. */
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

/** Stops an instance, whatever it is doing, unless it is down already. */
export function stop(account: Account, instance: Instance, at: number, cause: Cause): void {
  if (instance.status === 'Stopped' || instance.status === 'Released') return;
  const life = beginLife(account, instance, at, `stop by ${cause}`);
  account.setInstance(instance, 'Stopping', at, { cause });
  account.agenda.add(at + account.duration(account.options.stopMs, instance.id), (then) => {
    if (instance.life === life) account.setInstance(instance, 'Stopped', then, { cause });
  });
}

/** Starts a Stopped instance; any other is left alone. */
export function start(account: Account, instance: Instance, at: number, cause: Cause): void {
  if (instance.status !== 'Stopped') return;
  const life = beginLife(account, instance, at, `start by ${cause}`);
  account.setInstance(instance, 'Starting', at, { cause });
  account.agenda.add(at + account.duration(account.options.startMs, instance.id), (then) => {
    if (instance.life === life) runAgain(account, instance, then, { cause });
  });
}

/** Releases an instance for good. */
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
