// How the functions handle many events: the built bundles on the local cloud in real time. Each invocation runs in a separate
// process.
import { realClock } from '../cloud/clock.ts';
import { startLocalCloud, type LocalCloud } from '../cloud/local-cloud.ts';
import { createTablesIn } from '../in-process/tables.ts';
import { invoke, type Invocation } from './child.ts';
import { addAffected } from './fleet.ts';
import { rebootsPerInstance, type Reboots } from './reboots.ts';

const regions = ['cn-hangzhou', 'cn-shanghai', 'cn-beijing', 'cn-shenzhen', 'cn-hongkong'] as const;

/** How long each service takes to answer, in milliseconds. */
const latencyMs = { ecs: 20, tablestore: 5 };

/** Two invocations of plan on the same events. */
export interface PlanResult {
  events: number;
  first: Measured;
  /** The second invocation, with nothing changed since the first. */
  second: Measured;
}

/** One invocation with what it used. */
export interface Measured extends Invocation {
  ecsCalls: number;
  tablestoreCalls: number;
  /** The number of rows that were written. */
  writes: number;
  capacityUnits: { read: number; write: number };
}

/** Plans this number of events in five regions with one invocation, then repeats it. */
export async function planMany(planBundle: string, events: number): Promise<PlanResult> {
  return withCloud(events, {}, async (cloud, environment) => {
    const first = await measured(cloud, () => invoke(planBundle, environment));
    const second = await measured(cloud, () => invoke(planBundle, environment));
    return { events, first, second };
  });
}

/** Runs of plan with and without finished plans in the history. */
export interface FinishedResult {
  /** Finished plans in the history. */
  finished: number;
  none: Measured;
  many: Measured;
}

/** Plans this number of events once, and then reads as a run does that finds nothing new: with an empty history and with a full one. */
export async function planAfterMany(
  planBundle: string,
  { events, finished }: { events: number; finished: number },
): Promise<FinishedResult> {
  return withCloud(events, {}, async (cloud, environment) => {
    await invoke(planBundle, environment);
    const none = await measured(cloud, () => invoke(planBundle, environment));
    for (let index = 0; index < finished; index += 1) {
      const eventId = `old-${String(index).padStart(8, '0')}`;
      cloud.tablestore.core.putRow({
        tableName: 'reboot_plan_history',
        primaryKey: [
          { name: 'instance_id', value: `i-${eventId}` },
          { name: 'plan_id', value: eventId },
        ],
        condition: { rowExistence: 'IGNORE' },
        columns: [
          { name: 'status', value: 'Avoided' },
          { name: 'event_ids', value: JSON.stringify([eventId]) },
        ],
      });
    }
    const many = await measured(cloud, () => invoke(planBundle, environment));
    return { finished, none, many };
  });
}

/** One invocation of execute. */
export interface ExecuteResult extends Measured {
  events: number;
  /** The highest number of instances of one region that were restarting at the same time. */
  mostAtOnce: number;
  rebootsAnInstance: Reboots;
}

/**
 * Plans this number of events, all due at once, and executes them with one invocation. At most `limit` instances per region
 * may be down at the same time.
 */
export async function executeMany(
  bundles: { plan: string; execute: string },
  events: number,
  limit: number,
): Promise<ExecuteResult> {
  const settings = { MAINTENANCE_WINDOWS: 'always', MAX_CONCURRENT_REBOOTS: String(limit) };
  return withCloud(events, settings, async (cloud, environment) => {
    await invoke(bundles.plan, environment);
    const done = await measured(cloud, () => invoke(bundles.execute, environment));
    return {
      ...done,
      events,
      mostAtOnce: mostDownAtOnce(cloud),
      rebootsAnInstance: rebootsPerInstance(cloud.ecs.core),
    };
  });
}

async function withCloud<T>(
  events: number,
  settings: Readonly<Record<string, string>>,
  work: (cloud: LocalCloud, environment: Record<string, string>) => Promise<T>,
): Promise<T> {
  const cloud = await startLocalCloud({ clock: realClock, seed: 1, latencyMs });
  try {
    createTablesIn(cloud.tablestore.core, { plans: 'reboot_plans', history: 'reboot_plan_history' });
    addAffected(cloud.ecs.core, regions, events, realClock.now());
    return await work(cloud, {
      REGIONS: regions.join(','),
      ECS_ENDPOINT: cloud.ecs.endpoint,
      TABLESTORE_ENDPOINT: cloud.tablestore.endpoint,
      TABLESTORE_INSTANCE: cloud.tablestore.instance,
      ...settings,
    });
  } finally {
    await cloud.close();
  }
}

/** What the work used. */
export async function measured(cloud: LocalCloud, work: () => Promise<Invocation>): Promise<Measured> {
  const before = countsOf(cloud);
  const invocation = await work();
  const after = countsOf(cloud);
  return {
    ...invocation,
    ecsCalls: after.ecsCalls - before.ecsCalls,
    tablestoreCalls: after.tablestoreCalls - before.tablestoreCalls,
    writes: after.writes - before.writes,
    capacityUnits: { read: after.read - before.read, write: after.write - before.write },
  };
}

function countsOf({
  ecs,
  tablestore,
}: LocalCloud): Record<'ecsCalls' | 'tablestoreCalls' | 'writes' | 'read' | 'write', number> {
  return {
    ecsCalls: ecs.core.record.calls().length,
    tablestoreCalls: [...tablestore.calls.values()].reduce((sum, count) => sum + count, 0),
    writes: tablestore.core.record.length,
    ...tablestore.core.used,
  };
}

/** Counts from ECS's record of when each instance was down. */
function mostDownAtOnce({ ecs: { core } }: LocalCloud): number {
  const regionOf = new Map(core.instances().map(({ id, regionId }) => [id, regionId]));
  const down = new Map<string, number>();
  let most = 0;
  for (const entry of core.record.entries()) {
    if (entry.kind !== 'instance') continue;
    const region = regionOf.get(entry.instanceId) ?? '';
    const change = entry.from === 'Running' ? 1 : entry.to === 'Running' ? -1 : 0;
    const now = (down.get(region) ?? 0) + change;
    down.set(region, now);
    most = Math.max(most, now);
  }
  return most;
}
