// Adds a fleet to the demo's world, plays it until nothing more can happen, and sums up.
import { addFleet } from '../cloud/fleet.ts';
import { rebootEvents, rowHistories, type Evidence, type Execution } from '../observer/evidence.ts';
import { brokenPromises } from '../observer/promises.ts';
import { addCrew } from './crew.ts';
import { addFailures } from './failures.ts';
import { addRunbooks } from './runbooks.ts';
import { needsRow } from './seen.ts';
import { addStories, type Story } from './stories.ts';
import { summarize, type Summary } from './summary.ts';
import { worldStart, type DemoWorld } from './demo-cloud.ts';

const hour = 3_600_000;

/** In a world that is not at rest after this many hours, some plan never ends. */
const longestHours = 100;

/**
 * Selects the fleet. Without `instances`, `events` and `fullNight` it is the default fleet, which has the special cases.
 */
export interface FleetOptions {
  instances?: number;
  events?: number;
  /** All events in one region, and only the first night lies before their NotBefore. */
  fullNight?: true;
  seed: number;
}

/** The special cases of a fleet. Only the default fleet has any. */
export interface Cast {
  stories: readonly Story[];
  /** The instances of one group, whose events come at nearly the same time. */
  crew: readonly Story[];
  /** Instances with a backup or commands. In the first one all steps succeed. */
  runbooks: readonly Story[];
}

/** The events of a full night. Its window has room for 110: ten at once, and eleven slots. */
const fullNightEvents = 130;

/** Adds the fleet. Returns its special cases. */
export function populate(world: DemoWorld, { instances, events, fullNight, seed }: FleetOptions): Cast {
  const { cloud, regions } = world;
  const [first, second = first] = regions;
  if (fullNight === true) {
    addFullNight(world, events ?? fullNightEvents, seed);
    return noSpecialCases;
  }
  const isDefault = instances === undefined && events === undefined;
  const eventCount = events ?? instances ?? 20;
  addFleet(cloud.ecs.core, {
    seed,
    regions,
    instances: instances ?? Math.max(eventCount, isDefault ? 24 : 1),
    events: eventCount,
    start: worldStart,
    publishedWithinMs: 12 * hour,
    notBeforeInMs: [24 * hour, 48 * hour],
  });
  if (!isDefault) return noSpecialCases;
  addFailures(cloud.ecs.core, worldStart, second);
  return {
    stories: addStories(cloud, worldStart, [first, second]),
    crew: addCrew(cloud.ecs.core, worldStart, first),
    runbooks: addRunbooks(cloud.ecs.core, worldStart, second),
  };
}

const noSpecialCases: Cast = { stories: [], crew: [], runbooks: [] };

/** Announced by 14:00. NotBefore is from 08:00 to 16:00 on the next day, after the first night and before the second. */
function addFullNight({ cloud, regions }: DemoWorld, events: number, seed: number): void {
  addFleet(cloud.ecs.core, {
    seed,
    regions: [regions[0]],
    instances: Math.max(events, 1),
    events,
    start: worldStart,
    publishedWithinMs: 6 * hour,
    notBeforeInMs: [24 * hour, 26 * hour],
  });
}

/** The part of the demo's world that an observer may see. */
export function evidenceOf(demo: DemoWorld): Evidence {
  const { cloud, plansTable, historyTable, limits } = demo;
  return {
    ...{ ecs: cloud.ecs.core, writes: cloud.tablestore.core.record, plansTable, historyTable, limits },
    // The world goes on, and with it what was run.
    get executions() {
      return runsOf(demo, 'execute');
    },
    get planRuns() {
      return runsOf(demo, 'plan');
    },
    couldKnow: ({ id }) =>
      needsRow(
        cloud.ecs.core.record.cycleOf(id),
        { timers: demo.planTimers, since: worldStart, runs: runsOf(demo, 'plan') },
        demo.clock.now(),
      ),
  };
}

/** The invocations of a function that ended well. */
function runsOf({ invocations }: DemoWorld, name: 'plan' | 'execute'): Execution[] {
  return invocations
    .filter(({ functionName, error }) => functionName.endsWith(`-${name}`) && error === undefined)
    .map(({ functionName, begin, end, result }) => ({
      name: functionName,
      begin,
      end,
      problems: problemsIn(result),
    }));
}

function problemsIn(result: unknown): Execution['problems'] {
  return (result as { problems: Execution['problems'] }).problems;
}

/** Plays the world until nothing more can happen. Calls `onMinute` with the virtual time once per virtual minute. */
export async function play(demo: DemoWorld, onMinute: (now: number) => void = ignore): Promise<Summary> {
  const evidence = evidenceOf(demo);
  const begin = performance.now();
  let isOver = false;
  for (let now = worldStart; !isOver && now < worldStart + longestHours * hour;) {
    const minute = Math.floor(now / 60_000);
    now = await demo.step();
    if (Math.floor(now / 60_000) === minute) continue;
    onMinute(now);
    isOver = isAtRest(demo, now);
  }
  const violations = brokenPromises(evidence, true);
  for (const { functionName, error } of demo.invocations) {
    if (error !== undefined) {
      violations.push({ promise: 3, instanceId: '', what: `${functionName} threw: ${error.message}` });
    }
  }
  const times = { virtualMs: demo.clock.now() - worldStart, realMs: performance.now() - begin };
  return summarize(evidence, violations, times);
}

/** True when every event and every plan has ended. */
export function isAtRest(demo: DemoWorld, now: number): boolean {
  if (demo.isBusy() || now < worldStart + 13 * hour) return false;
  const evidence = evidenceOf(demo);
  if (rebootEvents(evidence.ecs).some((event) => event.finishTime === undefined)) return false;
  return [...rowHistories(evidence).values()].every(
    (moments) => moments.at(-1)?.state['due_at'] === undefined,
  );
}

/** Says how many plans are in each status now. */
export function progress(evidence: Evidence): string {
  const counts = new Map<string, number>();
  for (const moments of rowHistories(evidence).values()) {
    const status = String(moments.at(-1)?.state['status']);
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  return [...counts].map(([status, number]) => `${number} ${status}`).join(', ');
}

function ignore(): void {
  // Without a watcher there is nothing to update.
}
