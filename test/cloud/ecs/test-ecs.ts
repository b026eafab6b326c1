// The local ECS that tests start from: its clock moves only by hand, and its durations have no jitter.
import { VirtualClock } from '../clock.ts';
import { EcsCore } from './core/core.ts';
import { EcsError } from './core/ecs-errors.ts';
import type { CycleStatus, EcsOptions, EventSpec } from './core/types.ts';

/** 2026-06-01T00:00:00Z. */
export const june1 = 1_780_272_000_000;
export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** A local ECS for one test. */
export interface TestEcs {
  clock: VirtualClock;
  core: EcsCore;
  /** Moves the clock forward by `ms` milliseconds and runs every alarm on the way. */
  pass: (ms: number) => void;
}

/**
 * An ECS without instances, at 1 June. A restart takes 30 s of Starting. Its events become Avoided
 * 5 s later.
 */
export function emptyEcs(options: Partial<EcsOptions> = {}): TestEcs {
  const clock = new VirtualClock(june1);
  const core = new EcsCore({ now: () => clock.now(), options: { jitter: 0, ...options } });
  return { clock, core, pass: (ms) => moveOn(clock, ms) };
}

/** An ECS with instance i-1 and event e-1, due in a day. */
export function ecsWithEvent(spec: Partial<EventSpec> = {}): TestEcs & {
  /** Each status of e-1 so far, with the seconds from the start of the test. */
  cycle: () => [number, CycleStatus][];
} {
  const ecs = emptyEcs();
  ecs.core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
  ecs.core.addEvent({ id: 'e-1', instanceId: 'i-1', notBefore: june1 + 24 * hour, ...spec });
  const cycle = (): [number, CycleStatus][] => {
    ecs.core.settle();
    return ecs.core.record.cycleOf('e-1').map(({ at, to }) => [(at - june1) / 1000, to]);
  };
  return { ...ecs, cycle };
}

/** Moves a clock forward and runs every alarm on the way. */
export function moveOn(clock: VirtualClock, ms: number): void {
  const until = clock.now() + ms;
  clock.after(ms, () => undefined);
  while ((clock.nextAlarm() ?? Infinity) <= until) clock.step();
}

/** HTTP status and code of the EcsError that `run` throws, or `OK` if it throws none. */
export function codeOf(run: () => unknown): string {
  try {
    run();
    return 'OK';
  } catch (error) {
    if (error instanceof EcsError) return `${error.status} ${error.code}`;
    throw error;
  }
}
