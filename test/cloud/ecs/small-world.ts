// What the tests of the local ECS start from: a clock that stands still and a cloud without jitter.
import { VirtualClock } from '../clock.ts';
import { EcsCore } from './core/core.ts';
import { EcsError } from './core/errors.ts';
import type { CycleStatus, EcsOptions, EventSpec } from './core/types.ts';

/** 2026-06-01T00:00:00Z. */
export const june1 = 1_780_272_000_000;
export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** A clock at 1 June, and a core that reads it: 10 s of Stopping, 20 s of Starting, Avoided 5 s later, no jitter. */
export function smallWorld(options: Partial<EcsOptions> = {}): {
  clock: VirtualClock;
  core: EcsCore;
  pass: (ms: number) => void;
} {
  const clock = new VirtualClock(june1);
  const core = new EcsCore({ now: () => clock.now(), options: { jitter: 0, ...options } });
  return { clock, core, pass: (ms) => moveOn(clock, ms) };
}

/** That world with instance i-1 and its event e-1, due in a day; `cycle` is its life so far, in seconds from the start. */
export function worldWithEvent(
  spec: Partial<EventSpec> = {},
): ReturnType<typeof smallWorld> & { cycle: () => [number, CycleStatus][] } {
  const world = smallWorld();
  world.core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
  world.core.addEvent({ id: 'e-1', instanceId: 'i-1', notBefore: june1 + 24 * hour, ...spec });
  const cycle = (): [number, CycleStatus][] => {
    world.core.settle();
    return world.core.record.cycleOf('e-1').map(({ at, to }) => [(at - june1) / 1000, to]);
  };
  return { ...world, cycle };
}

/** Moves a clock on, with every alarm on the way. */
export function moveOn(clock: VirtualClock, ms: number): void {
  const until = clock.now() + ms;
  clock.after(ms, () => undefined);
  while ((clock.nextAlarm() ?? Infinity) <= until) clock.step();
}

/** The code of the EcsError that `run` throws; `OK` where it throws none. */
export function codeOf(run: () => unknown): string {
  try {
    run();
    return 'OK';
  } catch (error) {
    if (error instanceof EcsError) return `${error.status} ${error.code}`;
    throw error;
  }
}
