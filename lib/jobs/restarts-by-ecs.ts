// Reads which instances ECS itself takes down about now, and no plan of ours before: one list of events. Instances and rows are
// read only where there are such events.
import { EcsReadFailed } from '../failures.ts';
import type { Instant } from '../plan/calendar/instant.ts';
import { eventTypesThatTakeDown } from '../plan/event.ts';
import type { PlannerSettings } from '../plan/settings.ts';
import type { RestartByEcs } from '../plan/spacing/around.ts';
import { eventsAboutNow, restartsByEcs } from '../plan/verdict/ecs-restarts.ts';
import type { Ecs, PlanStore } from '../ports.ts';

interface ReadPorts {
  ecs: Ecs;
  store: PlanStore;
  regionId: string;
  settings: PlannerSettings;
}

/** Throws an EcsReadFailed or a StoreReadFailed. Events that cannot be read are left out: the plan function reports them. */
export async function readRestartsByEcs(
  { ecs, store, regionId, settings }: ReadPorts,
  now: Instant,
): Promise<RestartByEcs[]> {
  const types = [...new Set([...eventTypesThatTakeDown, ...settings.eventTypes])];
  const list = await ecs.listEvents(regionId, types, ['Scheduled', 'Executing']);
  if (list.incomplete !== undefined) throw new EcsReadFailed(list.incomplete);
  const events = eventsAboutNow(list.events, now, settings.rules.slot);
  const ids = [...new Set(events.map(({ instanceId }) => instanceId))];
  if (ids.length === 0) return [];
  const [report, rows] = await Promise.all([
    ecs.instancesById(regionId, ids),
    store.readByInstance(regionId, ids),
  ]);
  return restartsByEcs(events, report, rows, now);
}
