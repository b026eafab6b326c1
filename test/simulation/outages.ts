// Hours in which ECS answers nothing, or not one kind of question.
import type { WindowRead } from './owner-ways.ts';
import { regions } from './population.ts';
import { faultsEnd, start, type Stage } from './stage.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Answers whether the whole ECS of a region is down. */
export function drawOutage(
  { random, course, chaos }: Omit<Stage, 'world'>,
  now: () => number,
): (regionId: string) => boolean {
  if (chaos.regionDown === 0) return () => false;
  const down = random.pick(regions);
  const from = start + random.whole(0, 3 * hour);
  const until = Math.min(from + random.whole(10 * minute, 3 * hour), faultsEnd);
  if (!course.has(`${down}: regionDown`)) return () => false;
  return (regionId) => regionId === down && now() >= from && now() < until;
}

/** A read of ECS that fails for hours in one region. */
export interface FailingRead {
  isDown: (call: [regionId: string, action: string], now: number) => boolean;
  /** Undefined where it is no read of windows. */
  windows: WindowRead | undefined;
}

/** The reads by which the functions know what permits a restart. */
const fallible: readonly [Fallible, ...Fallible[]] = [
  { action: 'DescribeInstances' },
  { action: 'DescribeInstances' },
  { action: 'DescribeInstanceHistoryEvents' },
  { action: 'DescribeInstancesFullStatus' },
  { action: 'DescribeInstanceMaintenanceAttributes', windows: 'own' },
  { action: 'DescribeInstanceMaintenanceAttributes', windows: 'own' },
  { action: 'DescribePlanMaintenanceWindows', windows: 'om' },
  { action: 'DescribePlanMaintenanceWindows', windows: 'om' },
];

interface Fallible {
  action: string;
  windows?: WindowRead;
}

/** Draws a read that fails for hours; undefined for a world without. */
export function drawFailingRead({ random, course, chaos }: Omit<Stage, 'world'>): FailingRead | undefined {
  if (chaos.actionDown === 0) return undefined;
  const region = random.pick(regions);
  const { action, windows } = random.pick(fallible);
  const from = start + (random.chance(0.5) ? 0 : random.whole(0, 3 * hour));
  const until = Math.min(from + random.whole(hour, 5 * hour), faultsEnd);
  const isDown = course.has(`${region}: ${action} fails`);
  return {
    isDown: ([regionId, asked], now) =>
      isDown && regionId === region && asked === action && now >= from && now < until,
    windows,
  };
}
