// Reads who is down in a region, whatever the rows under way say: the instances that ECS does not show Running, those whose
// restart was not proven, and those that ECS itself takes down about now.
import type { Instant } from '../plan/calendar/instant.ts';
import type { Instance } from '../plan/instance.ts';
import { readWishes } from '../plan/planning/tags.ts';
import type { Around, FailedProof, Moved } from '../plan/spacing/around.ts';
import { openBreakers } from '../plan/spacing/breaker.ts';
import type { Member } from '../plan/spacing/under-way.ts';
import { standsStill } from '../plan/spacing/waits-for.ts';
import type { PlannerSettings } from '../plan/settings.ts';
import { downAmong } from '../plan/verdict/down.ts';
import { isFinal, isFinalText } from '../plan/status.ts';
import { mayHaveSent, unprovenOf, type Unproven } from '../plan/plan.ts';
import { isProofFailed } from '../plan/verdict/failed-proof.ts';
import { instanceIdOf, type PlanRead } from '../plan/plan-read.ts';
import type { Clock, Ecs, PlanStore } from '../ports.ts';
import type { Problems } from './report.ts';
import { readRestartsByEcs } from './restarts-by-ecs.ts';

interface AroundPorts {
  ecs: Ecs;
  store: PlanStore;
  clock: Clock;
  regionId: string;
  settings: PlannerSettings;
}

/** Who is down, and when the reading began. */
export type AroundAt = Around & { at: Instant };

/**
 * Reads all of them. `begun` are the instances under way. Throws an EcsReadFailed or a StoreReadFailed: then nobody knows who is
 * down, and nothing may begin.
 */
export async function readAround(ports: AroundPorts, begun: readonly Member[]): Promise<AroundAt> {
  const { ecs, store, clock, regionId } = ports;
  const at = clock.now();
  const [report, failed, byEcs, moved] = await Promise.all([
    ecs.instancesDown(regionId),
    readFailedProofs(ports),
    readRestartsByEcs(ports, at),
    readMoved(ports, begun),
  ]);
  const ids = [...report.instances, ...report.odd].flatMap(({ instanceId }) => instanceId ?? []);
  const rows = await store.readByInstance(regionId, [...new Set(ids)]);
  const planned = new Set(rows.filter(countsInRegion).map(instanceIdOf));
  return { at, down: downAmong(report, planned), failed, byEcs, moved };
}

/** The groups that tags name today: an owner may have moved the instance, and a person may have edited its row. */
async function readMoved({ ecs, regionId }: AroundPorts, begun: readonly Member[]): Promise<Moved[]> {
  if (begun.length === 0) return [];
  const rowGroups = new Map(begun.map(({ instanceId, group }) => [instanceId, group]));
  const { instances } = await ecs.instancesById(regionId, [...rowGroups.keys()]);
  return instances.flatMap(({ instanceId, tags }) => {
    const { group } = readWishes(tags);
    return group === undefined || group === rowGroups.get(instanceId) ? [] : [{ instanceId, group }];
  });
}

/**
 * True where the plan of the row has not ended, or a restart of ours was sent for it. An instance that its owner stopped after
 * a plan that restarted nothing is none of our reboots, and may stay stopped for years.
 */
function countsInRegion(row: PlanRead): boolean {
  if (row.kind !== 'plan') return !isFinalText(row.status) || row.mayHaveSent;
  return !isFinal(row.plan.status) || mayHaveSent(row.plan);
}

/** The instances whose restart was not proven, and that hold others up. Calls ECS only where there are such rows. */
export async function readFailedProofs({
  ecs,
  store,
  regionId,
}: Omit<AroundPorts, 'clock' | 'settings'>): Promise<FailedProof[]> {
  const rows = await store.readUnproven(regionId);
  if (rows.length === 0) return [];
  const ids = rows.map(instanceIdOf);
  const [{ instances }, healths] = await Promise.all([
    ecs.instancesById(regionId, ids),
    ecs.healthOf(regionId, ids),
  ]);
  return rows.flatMap((row) => {
    const unproven = unprovenIn(row);
    const instanceId = instanceIdOf(row);
    const instance = instances.find((one) => one.instanceId === instanceId);
    const health = healths.get(instanceId);
    const before = row.kind === 'plan' ? row.plan.healthBefore : undefined;
    const isFailed = unproven !== undefined && isProofFailed({ unproven, before, instance, health });
    return isFailed ? failedProofsOf(row, instance) : [];
  });
}

/** A row that cannot be read says of what its restart was to prove only that the owner's check may have failed. */
function unprovenIn(row: PlanRead): Unproven | undefined {
  if (row.kind === 'plan') return unprovenOf(row.plan);
  // In any other status it counts as under way.
  if (!isFinalText(row.status) || row.acknowledged !== undefined) return undefined;
  return row.mayHaveFailedCheck === true ? 'post-command' : 'restart';
}

/** Tells what stands still, and because of which instances. */
export function reportBreakers(
  { problems, regionId, settings }: { problems: Problems; regionId: string; settings: PlannerSettings },
  failed: readonly FailedProof[],
): void {
  const { failedProofs } = settings.limits;
  for (const open of openBreakers(failed, failedProofs)) problems.add({ regionId }, standsStill(open));
}

/**
 * One for each group that the restart holds up: that of the row, and that of the tag today, which may be another one. A row
 * that is not read as a plan and names no group may be of any.
 */
function failedProofsOf(row: PlanRead, instance: Instance | undefined): FailedProof[] {
  const instanceId = instanceIdOf(row);
  const own = row.kind === 'plan' ? row.plan.group : row.group;
  if (row.kind !== 'plan' && own === undefined) return [{ instanceId, isOfAnyGroup: true }];
  const tagged = instance && readWishes(instance.tags).group;
  const groups = new Set([own, tagged].filter((group) => group !== undefined));
  return groups.size === 0 ? [{ instanceId }] : [...groups].map((group) => ({ instanceId, group }));
}
