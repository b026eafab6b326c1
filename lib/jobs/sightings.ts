// Reads what ECS says of some plans' events and instances, in batches, and sorts it by instance.
import type { EventReport, OddEvent, SystemEvent } from '../plan/event.ts';
import type { Instance } from '../plan/instance.ts';
import type { Instant } from '../plan/instant.ts';
import type { Sighting } from '../plan/judgement.ts';
import type { Plan } from '../plan/plan.ts';
import type { Clock, Ecs } from '../ports.ts';

/** Facts, and when the reading of them began. */
export interface Facts {
  at: Instant;
  of: (plan: Plan) => Sighting;
}

/** Reads the events of these plans by id, whatever their status, and their instances: ⌈n/100⌉ calls each. */
export async function readFacts(
  ports: { ecs: Ecs; clock: Clock },
  regionId: string,
  plans: readonly Plan[],
): Promise<Facts> {
  const at = ports.clock.now();
  const [report, instances] = await Promise.all([
    ports.ecs.eventsById(
      regionId,
      plans.flatMap((plan) => [...plan.eventIds, ...plan.laterEventIds]),
    ),
    ports.ecs.instancesById(
      regionId,
      plans.map((plan) => plan.instanceId),
    ),
  ]);
  const sightings = sightingsByInstance(regionId, report, instances);
  return {
    at,
    of: (plan) => {
      const ids = new Set([...plan.eventIds, ...plan.laterEventIds]);
      const found = sightings(plan.instanceId);
      // An odd event may lack its instance; its id tells whose it is all the same.
      const strays = report.odd.filter((odd) => odd.instanceId === undefined && ids.has(odd.eventId ?? ''));
      return { ...found, odd: [...found.odd, ...strays] };
    },
  };
}

/** Groups a report by instance. The function it gives back answers for any instance id. */
export function sightingsByInstance(
  regionId: string,
  report: EventReport,
  instances: readonly Instance[],
): (instanceId: string) => Sighting {
  const events = byInstance<SystemEvent>(report.events);
  const odd = byInstance<OddEvent>(report.odd);
  const known = new Map(instances.map((instance) => [instance.instanceId, instance]));
  return (instanceId) => {
    const instance = known.get(instanceId);
    return {
      regionId,
      instanceId,
      ...(instance === undefined ? {} : { instance }),
      events: events.get(instanceId) ?? [],
      odd: odd.get(instanceId) ?? [],
    };
  };
}

function byInstance<T extends { instanceId?: string }>(items: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    if (item.instanceId === undefined) continue;
    const group = groups.get(item.instanceId);
    if (group === undefined) groups.set(item.instanceId, [item]);
    else group.push(item);
  }
  return groups;
}
