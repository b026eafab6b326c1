// Reads what ECS says of some plans' events and instances, in batches, and sorts it by instance.
import type { EventReport, OddEvent, SystemEvent } from '../plan/event.ts';
import type { Instance } from '../plan/instance.ts';
import type { Instant } from '../plan/calendar/instant.ts';
import type { Sighting } from '../plan/planning/sighting.ts';
import type { Plan } from '../plan/plan.ts';
import type { Clock, Ecs } from '../ports.ts';

/** Facts, and when the reading of them began. */
export interface Facts {
  at: Instant;
  of: (plan: Plan) => Sighting;
}

interface FactPorts {
  ecs: Ecs;
  clock: Clock;
}

/** Reads the events of these plans by id, whatever their status, and their instances: ⌈n/100⌉ calls each. */
export async function readFacts(
  { ecs, clock }: FactPorts,
  regionId: string,
  plans: readonly Plan[],
): Promise<Facts> {
  const at = clock.now();
  const [report, instances] = await Promise.all([
    ecs.eventsById(regionId, eventIdsOf(plans)),
    ecs.instancesById(regionId, instanceIdsOf(plans)),
  ]);
  return factsOf(at, regionId, report, instances);
}

/**
 * Reads the events of these plans: ⌈n/100⌉ calls; and then only the instances of those that `isAsked` picks out, by the
 * time at which the reading began.
 */
export async function readEventsFirst(
  { ecs, clock }: FactPorts,
  regionId: string,
  plans: readonly Plan[],
  isAsked: (plan: Plan, sighting: Sighting, at: Instant) => boolean,
): Promise<Facts> {
  const at = clock.now();
  const report = await ecs.eventsById(regionId, eventIdsOf(plans));
  const byEvents = factsOf(at, regionId, report, []);
  const asked = plans.filter((plan) => isAsked(plan, byEvents.of(plan), at));
  if (asked.length === 0) return byEvents;
  return factsOf(at, regionId, report, await ecs.instancesById(regionId, instanceIdsOf(asked)));
}

function eventIdsOf(plans: readonly Plan[]): string[] {
  return plans.flatMap((plan) => [...plan.eventIds, ...plan.laterEventIds]);
}

function instanceIdsOf(plans: readonly Plan[]): string[] {
  return plans.map((plan) => plan.instanceId);
}

function factsOf(at: Instant, regionId: string, report: EventReport, instances: readonly Instance[]): Facts {
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
