// An instance's life: restart, stop, start, release. Each later one overrules what an earlier one had begun.
// It knows nothing of system events, but what is being made of its disks or runs on it ends with each of them.
import { interruptRuns } from './command-life.ts';
import { failSnapshots } from './snapshot-life.ts';
import type { Cause, Interruption } from './types.ts';
import type { Instance, World } from './world.ts';

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
export function restart(world: World, instance: Instance, at: number, by: RestartBy): boolean {
  if (instance.status !== 'Running') return false;
  const { stopMs, startMs, forceStopMs } = world.options;
  const life = beginLife(world, instance, at, `restart by ${by.cause}`);
  instance.restarts[by.cause] += 1;
  world.setInstance(instance, 'Stopping', at, by);
  const downAt = at + world.duration(by.forced === true ? forceStopMs : stopMs, instance.id);
  world.agenda.add(downAt, (then) => {
    if (instance.life === life) world.setInstance(instance, 'Starting', then, by);
  });
  world.agenda.add(downAt + world.duration(startMs, instance.id), (then) => {
    if (instance.life === life) {
      runAgain(world, instance, then, by);
      by.onRunning?.(then);
    } else {
      by.onVoid?.(then);
    }
  });
  return true;
}

/** Stops an instance, whatever it is doing, unless it is down already. */
export function stop(world: World, instance: Instance, at: number, cause: Cause): void {
  if (instance.status === 'Stopped' || instance.status === 'Released') return;
  const life = beginLife(world, instance, at, `stop by ${cause}`);
  world.setInstance(instance, 'Stopping', at, { cause });
  world.agenda.add(at + world.duration(world.options.stopMs, instance.id), (then) => {
    if (instance.life === life) world.setInstance(instance, 'Stopped', then, { cause });
  });
}

/** Starts a Stopped instance; any other is left alone. */
export function start(world: World, instance: Instance, at: number, cause: Cause): void {
  if (instance.status !== 'Stopped') return;
  const life = beginLife(world, instance, at, `start by ${cause}`);
  world.setInstance(instance, 'Starting', at, { cause });
  world.agenda.add(at + world.duration(world.options.startMs, instance.id), (then) => {
    if (instance.life === life) runAgain(world, instance, then, { cause });
  });
}

/** Releases an instance for good. */
export function release(world: World, instance: Instance, at: number, cause: Cause): void {
  if (instance.status === 'Released') return;
  beginLife(world, instance, at, `release by ${cause}`);
  world.setInstance(instance, 'Released', at, { cause });
}

function beginLife(world: World, instance: Instance, at: number, by: Interruption): number {
  failSnapshots(world, instance, at, by);
  interruptRuns(world, instance, at, by);
  instance.life += 1;
  return instance.life;
}

function runAgain(
  world: World,
  instance: Instance,
  at: number,
  by: { cause: Cause; requestId?: string },
): void {
  instance.startTime = at;
  world.setInstance(instance, 'Running', at, by);
}
