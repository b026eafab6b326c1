// The ticks of a world: how late they come, when a refused one is tried again, and what a freeze does to sockets.
import { describe, expect, it } from 'vitest';
import { calm } from './chaos.ts';
import { freeCourse } from './course.ts';
import { Process } from './process.ts';
import { Random } from './random.ts';
import { Scheduler } from './scheduler.ts';
import { start, worldEnd, type Stage } from './stage.ts';
import { drawBlow, scheduleTimers } from './timers.ts';
import type { Invocation, World } from './world.ts';

interface Begun {
  functionName: string;
  /** Milliseconds since the start of the world. */
  at: number;
  how: Invocation;
}

/** Schedules the ticks of a world and plays them. Nothing runs but what `isRunning` says. */
async function ticks(
  random: Random,
  {
    chaos = calm,
    isRunning = () => false,
  }: { chaos?: Stage['chaos']; isRunning?: (at: number) => boolean } = {},
): Promise<Begun[]> {
  const scheduler = new Scheduler(start);
  const begun: Begun[] = [];
  const world = {
    scheduler,
    note: () => undefined,
    isRunning: () => isRunning(scheduler.now() - start),
    invoke: (functionName: string, how: Invocation) =>
      begun.push({ functionName, at: scheduler.now() - start, how }),
  } as unknown as World;
  scheduleTimers({ world, random, course: freeCourse, chaos });
  await scheduler.playUntil(worldEnd);
  return begun;
}

const minute = 60_000;
/** Ticks come 0.2 s late, and the function has reserved concurrency. */
const least = new Random(() => 0);
/** Ticks come 4.999 s late. */
const most = new Random(() => 0.999999);

describe('a tick', () => {
  it('comes late by 0.2 to 5 s, never exactly on the second, in calm hours too', async () => {
    const lateOf = async (random: Random): Promise<number[]> =>
      (await ticks(random)).map(({ functionName, at }) =>
        functionName === 'plan' ? (at - 5_000) % (15 * minute) : (at - 30_000) % (3 * minute),
      );
    expect(new Set(await lateOf(least))).toEqual(new Set([200]));
    expect(new Set(await lateOf(most))).toEqual(new Set([4_999]));
    const late = await lateOf(Random.ofSeed(1));
    expect(late.length).toBeGreaterThan(100);
    expect(late.filter((ms) => ms < 200 || ms >= 5_000 || ms % 1_000 === 0)).toEqual([]);
  });

  it('is lost in some worlds, and not tried again', async () => {
    const all = await ticks(Random.ofSeed(1));
    const some = await ticks(Random.ofSeed(1), { chaos: { ...calm, lostTick: 0.5 } });
    expect(some.length).toBeLessThan(all.length * 0.9);
    expect(some.length).toBeGreaterThan(all.length * 0.3);
  });

  it('that is refused is tried again after 0.5, 1, 2, 4, 8 and 16 s; execute comes for the last time after 31.5 s', async () => {
    const executes = async (freeFrom: number): Promise<number[]> =>
      (await ticks(least, { isRunning: (at) => at < freeFrom }))
        .filter(({ functionName, at }) => functionName === 'execute' && at < 3 * minute)
        .map(({ at }) => at);
    expect(await executes(0)).toEqual([30_200]);
    expect(await executes(30_201)).toEqual([30_700]);
    expect(await executes(31_000)).toEqual([31_700]);
    expect(await executes(46_000)).toEqual([61_700]);
    expect(await executes(61_701)).toEqual([]);
  });

  it('is not refused in a world without reserved concurrency', async () => {
    const all = await ticks(most);
    expect(await ticks(most, { isRunning: () => true })).toHaveLength(all.length);
  });
});

it('an invocation may be answered as failed after a stray rejection, in worlds with crashes', async () => {
  const strays = async (crash: number): Promise<number> =>
    (await ticks(Random.ofSeed(1), { chaos: { ...calm, crash } })).filter(
      ({ how }) => how.strayAfterMs !== undefined,
    ).length;
  expect(await strays(0)).toBe(0);
  expect(await strays(0.1)).toBeGreaterThan(0);
});

it('a freeze may leave up to ten idle sockets dead', () => {
  const scheduler = new Scheduler(start);
  const world = { scheduler, note: () => undefined } as unknown as World;
  const process = new Process({
    name: 'execute-1',
    origin: 'execute',
    functionName: 'execute',
    scheduler,
    skewMs: 0,
    credentialsUntil: Infinity,
    blowAt: () => ({ kind: 'none' }),
  });
  const stage: Stage = { world, random: least, course: freeCourse, chaos: { ...calm, freeze: 1 } };
  expect(drawBlow(stage, process, 'sleep').kind).toBe('freeze');
  expect(process.deadSockets).toBe(1);
});
