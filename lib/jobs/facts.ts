// Reads what ECS says about the events and the instances of some plans, in batches, and sorts it by instance.
import { elapsed, type Instant } from '../plan/calendar/instant.ts';
import type { EventReport, OddEvent, SystemEvent } from '../plan/event.ts';
import type { InstanceReport, OddInstance } from '../plan/instance.ts';
import type { Plan } from '../plan/plan.ts';
import type { Sighting } from '../plan/planning/sighting.ts';
import type { Clock, Ecs } from '../ports.ts';
import { staleFactsMs } from '../constants.ts';

/** Facts, and when the reading began. */
export interface Facts {
  at: Instant;
  of: (plan: Plan) => Sighting;
}

interface FactPorts {
  ecs: Ecs;
  clock: Clock;
  regionId: string;
}

/** True where the facts still count. A clock that was set back says nothing about their age. */
export function isFresh(facts: Pick<Facts, 'at'>, now: Instant): boolean {
  const age = elapsed(facts.at, now);
  return age >= 0 && age <= staleFactsMs;
}

/** Reads the events of these plans by id, whatever their status, and their instances: ⌈n/100⌉ calls each. */
export async function readFacts({ ecs, clock, regionId }: FactPorts, plans: readonly Plan[]): Promise<Facts> {
  const at = clock.now();
  const [report, instances] = await Promise.all([
    ecs.eventsById(regionId, eventIdsOf(plans)),
    ecs.instancesById(regionId, instanceIdsOf(plans)),
  ]);
  return { at, of: sightingsOf(regionId, report, instances) };
}

/**
 * Reads the events of these plans, ⌈n/100⌉ calls, and then only the instances of those that `needsInstance` picks. It gets
 * the time at which the reading began.
 */
export async function readEventsFirst(
  { ecs, clock, regionId }: FactPorts,
  plans: readonly Plan[],
  needsInstance: (plan: Plan, sighting: Sighting, at: Instant) => boolean,
): Promise<Facts> {
  const at = clock.now();
  const report = await ecs.eventsById(regionId, eventIdsOf(plans));
  const byEvents = sightingsOf(regionId, report, { instances: [], odd: [] });
  const picked = plans.filter((plan) => needsInstance(plan, byEvents(plan), at));
  if (picked.length === 0) return { at, of: byEvents };
  const instances = await ecs.instancesById(regionId, instanceIdsOf(picked));
  return { at, of: sightingsOf(regionId, report, instances) };
}

function eventIdsOf(plans: readonly Plan[]): string[] {
  return plans.flatMap((plan) => [...plan.eventIds, ...plan.laterEventIds]);
}

function instanceIdsOf(plans: readonly Plan[]): string[] {
  return plans.map((plan) => plan.instanceId);
}

function sightingsOf(
  regionId: string,
  report: EventReport,
  instances: InstanceReport,
): (plan: Plan) => Sighting {
  const sightings = sightingsByInstance(regionId, report, instances);
  return (plan) => {
    const ids = new Set([...plan.eventIds, ...plan.laterEventIds]);
    const found = sightings(plan.instanceId);
    // An odd event may lack its instance. Its id says whose it is.
    const strays = report.odd.filter((odd) => odd.instanceId === undefined && ids.has(odd.eventId ?? ''));
    return { ...found, odd: [...found.odd, ...strays] };
  };
}

/** Groups what was read by instance. The function that it returns answers for any instance id. */
export function sightingsByInstance(
  regionId: string,
  report: EventReport,
  { instances, odd: oddInstances }: InstanceReport,
): (instanceId: string) => Sighting {
  const events = byInstance<SystemEvent>(report.events);
  const odd = byInstance<OddEvent>(report.odd);
  const known = new Map(instances.map((instance) => [instance.instanceId, instance]));
  const unreadable = byInstance<OddInstance>(oddInstances);
  const nameless = oddInstances.filter((one) => one.instanceId === undefined);
  return (instanceId) => {
    const instance = known.get(instanceId);
    // An instance that ECS lists without its id may be any of those that ECS does not list by their ids.
    const faulty = unreadable.get(instanceId) ?? (instance === undefined ? nameless : []);
    const instanceFaults = faulty.flatMap(({ faults }) => faults);
    return {
      regionId,
      instanceId,
      ...(instanceFaults.length > 0 ? { instanceFaults } : instance === undefined ? {} : { instance }),
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
