// How the functions keep up with many events: the built bundles, each invocation in a process of its own, on the local
// cloud in real time.
import { realClock } from '../cloud/clock.ts';
import { startLocalCloud, type LocalCloud } from '../cloud/local-cloud.ts';
import { createTablesIn } from '../in-process/tables.ts';
import { invoke, type Invocation } from './child.ts';
import { addAffected } from './fleet.ts';
import { rebootsAnInstance, type Reboots } from './reboots.ts';

const regions = ['cn-hangzhou', 'cn-shanghai', 'cn-beijing', 'cn-shenzhen', 'cn-hongkong'] as const;

/** How long each service takes to answer, in milliseconds. */
const latencyMs = { ecs: 20, tablestore: 5 };

export interface PlanResult {
  events: number;
  first: Measured;
  /** The same again: nothing has changed. */
  second: Measured;
}

export interface Measured extends Invocation {
  ecsCalls: number;
  tablestoreCalls: number;
  /** Rows written. */
  writes: number;
  capacityUnits: { read: number; write: number };
}

/** Plans so many events over five regions in one invocation, and again. */
export async function planMany(planBundle: string, events: number): Promise<PlanResult> {
  return withCloud(events, {}, async (cloud, environment) => {
    const first = await measured(cloud, () => invoke(planBundle, environment));
    const second = await measured(cloud, () => invoke(planBundle, environment));
    return { events, first, second };
  });
}

export interface ExecuteResult extends Measured {
  events: number;
  /** The most instances of one region that were restarting at the same time. */
  mostAtOnce: number;
  rebootsAnInstance: Reboots;
}

/** Plans so many events that are due at once, and executes them in one invocation, `limit` of a region at a time. */
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
      rebootsAnInstance: rebootsAnInstance(cloud.ecs.core),
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

async function measured(cloud: LocalCloud, work: () => Promise<Invocation>): Promise<Measured> {
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

/** By ECS's own record of when each was down. */
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
