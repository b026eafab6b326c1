// The hours of a world, and what a world consists of while it is played.
import type { Chaos } from './chaos.ts';
import type { Course } from './course.ts';
import { lastNotBefore } from './population.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

const minute = 60_000;

/** Midnight, UTC: the windows of the settings lie within the hours of the world. */
export const start = Date.UTC(2026, 11, 1);

/** Nothing goes wrong after this. */
export const faultsEnd = start + lastNotBefore + 30 * minute;

/** Two calm runs of plan later. If everything is over by then, the rest of the world would be idle. */
export const firstLook = faultsEnd + 35 * minute;

/** Every plan must have ended by then, unless ECS published an event again: that one has its NotBefore a day later. */
export const worldEnd = faultsEnd + 90 * minute;

/** A world that is being played, and what may go wrong in it. */
export interface Stage {
  world: World;
  random: Random;
  course: Course;
  chaos: Chaos;
}
