// Everything that planning one region needs to know, read in batches: the open events and what became of those that rows
// wait for, the rows, the instances, and the windows that owners set in ECS.
import { messageOf } from '../../failures.ts';
import { openEventStatuses, rebootEventType, type EventReport, type OddEvent } from '../../plan/event.ts';
import type { Instance } from '../../plan/instance.ts';
import type { Sighting } from '../../plan/planning/sighting.ts';
import { isSuspended, type Plan } from '../../plan/plan.ts';
import type { Ecs, PlanRead, PlanStore } from '../../ports.ts';
import type { PlanReport } from './plan-run.ts';
import type { Problems } from '../report.ts';
import { sightingsByInstance } from '../sightings.ts';

/** What is known of one region. */
export interface Survey {
  /** Rows by instance: the unfinished ones, and those of instances with events. */
  rows: ReadonlyMap<string, PlanRead>;
  /** Instances with a row or an event. */
  instanceIds: ReadonlySet<string>;
  /** Those whose waiting plans have events of which ECS could not be asked. */
  untold: ReadonlySet<string>;
  sightingOf: (instanceId: string) => Sighting;
}

/** Reads it all, and counts the listed events. What cannot be told apart by instance becomes a problem here; what cannot be read at all is thrown. */
export async function surveyRegion(
  { ecs, store }: { ecs: Ecs; store: PlanStore },
  regionId: string,
  eventTypes: readonly string[],
  report: PlanReport,
  problems: Problems,
): Promise<Survey> {
  const [listing, unfinished] = await Promise.all([
    ecs.listEvents(regionId, eventTypes, openEventStatuses),
    store.unfinishedInstances(regionId),
  ]);
  if (listing.incomplete !== undefined) problems.add({ regionId, problem: listing.incomplete });
  report.events += listing.events.length + listing.odd.length;
  const rows = await readRows(store, regionId, listing, unfinished);
  const { found, untold } = await withVanished(ecs, regionId, listing, rows, problems);
  for (const odd of found.odd) {
    if (odd.instanceId === undefined) problems.add({ regionId, problem: odd.fault });
  }
  const listed = [...found.events, ...found.odd].flatMap((event) => event.instanceId ?? []);
  const instanceIds = new Set([...listed, ...rows.keys()]);
  const instances = await ecs.instancesById(regionId, [...instanceIds]);
  const windowOf = await readEcsWindows(ecs, regionId, found, instances, problems);
  const seen = sightingsByInstance(regionId, found, instances);
  return {
    rows,
    instanceIds,
    untold,
    sightingOf: (instanceId) => ({ ...seen(instanceId), ...windowOf(instanceId) }),
  };
}

/** The unfinished rows, and the finished ones of instances for which ECS lists events. */
async function readRows(
  store: PlanStore,
  regionId: string,
  { events, odd }: EventReport,
  unfinished: readonly string[],
): Promise<Map<string, PlanRead>> {
  const listed = [...events, ...odd].flatMap((event) => event.instanceId ?? []);
  const rows = await store.readByInstance(regionId, [...new Set([...unfinished, ...listed])]);
  return new Map(rows.map((row) => [row.kind === 'plan' ? row.plan.instanceId : row.instanceId, row]));
}

/**
 * Adds to the listing what became of waiting plans' events that it no longer holds. Where that cannot be read, as when
 * ECS throttles in the middle of the list, what was listed is planned all the same.
 */
async function withVanished(
  ecs: Ecs,
  regionId: string,
  listing: EventReport,
  rows: ReadonlyMap<string, PlanRead>,
  problems: Problems,
): Promise<{ found: EventReport; untold: ReadonlySet<string> }> {
  const listed = new Set([...listing.events, ...listing.odd].map((event) => event.eventId));
  const waiting = [...rows.values()].flatMap((row) =>
    row.kind === 'plan' && isWaiting(row.plan) ? [row.plan] : [],
  );
  const vanished = new Set(waiting.flatMap((plan) => plan.eventIds).filter((id) => !listed.has(id)));
  const untold = new Set<string>();
  let found: EventReport = { events: [], odd: [] };
  try {
    if (vanished.size > 0) found = await ecs.eventsById(regionId, [...vanished]);
  } catch (thrown) {
    for (const { instanceId, eventIds } of waiting)
      if (eventIds.some((id) => vanished.has(id))) untold.add(instanceId);
    const problem = `What became of ${vanished.size} events that ECS did not list could not be read; the plans of ${untold.size} instances stay as they are: ${messageOf(thrown)}`;
    problems.add({ regionId, problem }, thrown);
  }
  // One that is open after all was only late in the listing. An odd one may lack its instance: its id tells whose it is.
  const owners = new Map(
    [...rows.values()].flatMap((row) =>
      row.kind === 'plan'
        ? [...row.plan.eventIds, ...row.plan.laterEventIds].map((id) => [id, row.plan.instanceId] as const)
        : [],
    ),
  );
  const placed = [...listing.odd, ...found.odd].map((odd): OddEvent => {
    const instanceId = odd.instanceId ?? owners.get(odd.eventId ?? '');
    return instanceId === undefined ? odd : { ...odd, instanceId };
  });
  return { found: { events: [...listing.events, ...found.events], odd: placed }, untold };
}

function isWaiting(plan: Plan): boolean {
  return plan.status === 'Planned' || plan.status === 'AwaitingApproval' || isSuspended(plan);
}

/**
 * The windows that owners set in ECS. Where they cannot be read, rows keep the ones that were
 * read before.
 */
async function readEcsWindows(
  ecs: Ecs,
  regionId: string,
  { events }: EventReport,
  instances: readonly Instance[],
  problems: Problems,
): Promise<(instanceId: string) => Pick<Sighting, 'ecsWindow'>> {
  const affected = new Set(
    events.filter((event) => event.type === rebootEventType).map(({ instanceId }) => instanceId),
  );
  const asked = instances.filter(({ instanceId }) => affected.has(instanceId));
  try {
    const read = await ecs.ecsWindows(regionId, asked);
    for (const problem of read.problems) problems.add({ regionId, problem });
    return (instanceId) => ({ ecsWindow: read.windows.get(instanceId) ?? 'none' });
  } catch (thrown) {
    const problem = `The windows set in ECS could not be read; those of the rows, or else the settings', count: ${messageOf(thrown)}`;
    problems.add({ regionId, problem });
    return () => ({});
  }
}
