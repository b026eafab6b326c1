// Everything that planning one region needs to know, read in batches: the open events, the outcome of events that rows wait
// for and ECS no longer lists, the rows, the instances, and the windows that owners set in ECS.
import { messageOf } from '../../failures.ts';
import { plus } from '../../plan/calendar/instant.ts';
import {
  isOpen,
  openEventStatuses,
  rebootEventType,
  type EventReport,
  type OddEvent,
} from '../../plan/event.ts';
import type { Instance } from '../../plan/instance.ts';
import { isRetryAsked, isSuspended, type Plan } from '../../plan/plan.ts';
import { knownEvents, type PastPlan } from '../../plan/planning/past.ts';
import type { Sighting } from '../../plan/planning/sighting.ts';
import type { PlannerSettings } from '../../plan/settings.ts';
import { state } from '../../plan/statement.ts';
import { instanceIdOf, type PlanRead } from '../../plan/plan-read.ts';
import { readEcsWindows, type WindowsSeen } from '../ecs-windows.ts';
import { sightingsByInstance } from '../facts.ts';
import type { PlanRun } from './plan-report.ts';

/** What is known of one region. */
export interface Survey {
  /** The open events that ECS lists. */
  events: number;
  /** Rows by instance: the unfinished ones, and those of instances with events. */
  rows: ReadonlyMap<string, PlanRead>;
  /** Instances with a row or an event. */
  instanceIds: ReadonlySet<string>;
  /** Instances with events about which ECS, or the history, could not be asked. */
  unknown: ReadonlySet<string>;
  /** The plans in the history, of instances with open events that their rows do not know. */
  past: ReadonlyMap<string, readonly PastPlan[]>;
  /**
   * Instances whose plans ended long ago and for which ECS lists no open event: their rows may leave. None where the list of open
   * events is not complete.
   */
  mayLeave: readonly string[];
  sightingOf: (instanceId: string) => Sighting;
}

/**
 * Reads it all. What could be read in part is reported as a problem.
 * @throws EcsReadFailed or StoreReadFailed where nothing can be planned
 */
export async function surveyRegion(
  run: PlanRun,
  { eventTypes, keepFinished }: Pick<PlannerSettings, 'eventTypes' | 'keepFinished'>,
): Promise<Survey> {
  const { ecs, store, regionId, problems, clock } = run;
  const [listing, { unfinished, ended }] = await Promise.all([
    ecs.listEvents(regionId, eventTypes, openEventStatuses),
    store.rowsToSee(regionId, plus(clock.now(), -keepFinished)),
  ]);
  if (listing.incomplete !== undefined) {
    problems.add({ regionId }, state('events-incomplete', { message: listing.incomplete }));
  }
  const rows = await readRows(run, listing, unfinished);
  const { report: vanished, unknown } = await readVanished(run, listing, rows);
  const found = placed(listing, vanished, rows);
  for (const { instanceId, faults } of found.odd) {
    if (instanceId === undefined) problems.add({ regionId }, state('odd-event', { faults }));
  }
  const listed = [...found.events, ...found.odd].flatMap((event) => event.instanceId ?? []);
  const instanceIds = new Set([...listed, ...rows.keys()]);
  const affected = new Set(
    [...found.events.filter(isOpen), ...found.odd].map(({ instanceId }) => instanceId),
  );
  const { past, unread } = await readPast(run, found, rows);
  const instances = await ecs.instancesById(regionId, [...instanceIds]);
  const windowOf = await readWindowsOf(run, found, instances.instances);
  const seen = sightingsByInstance(regionId, found, instances);
  return {
    events: listing.events.length + listing.odd.length,
    rows,
    instanceIds,
    unknown: new Set([...unknown, ...unread]),
    past,
    mayLeave: isWhole(listing) ? ended.filter((instanceId) => !affected.has(instanceId)) : [],
    sightingOf: (instanceId) => ({ ...seen(instanceId), ...windowOf(instanceId) }),
  };
}

/** An event without its instance could be that of any row. */
function isWhole({ incomplete, odd }: EventReport & { incomplete?: string }): boolean {
  return incomplete === undefined && odd.every(({ instanceId }) => instanceId !== undefined);
}

/** The unfinished rows, and the finished rows of instances for which ECS lists events. */
async function readRows(
  { store, regionId }: PlanRun,
  { events, odd }: EventReport,
  unfinished: readonly string[],
): Promise<Map<string, PlanRead>> {
  const listed = [...events, ...odd].flatMap((event) => event.instanceId ?? []);
  const rows = await store.readByInstance(regionId, [...new Set([...unfinished, ...listed])]);
  return new Map(rows.map((row) => [instanceIdOf(row), row]));
}

/**
 * The events of waiting plans that the listing does not hold. Where they cannot be read, as when ECS throttles in the middle
 * of the list, the listed events are planned all the same.
 */
async function readVanished(
  { ecs, regionId, problems }: PlanRun,
  listing: EventReport,
  rows: ReadonlyMap<string, PlanRead>,
): Promise<{ report: EventReport; unknown: ReadonlySet<string> }> {
  const listed = new Set([...listing.events, ...listing.odd].map((event) => event.eventId));
  const waiting = plansOf(rows).filter(isWaiting);
  const vanished = new Set(waiting.flatMap((plan) => plan.eventIds).filter((id) => !listed.has(id)));
  const none: EventReport = { events: [], odd: [] };
  if (vanished.size === 0) return { report: none, unknown: new Set() };
  try {
    return { report: await ecs.eventsById(regionId, [...vanished]), unknown: new Set() };
  } catch (thrown) {
    const unknown = new Set(
      waiting
        .filter(({ eventIds }) => eventIds.some((id) => vanished.has(id)))
        .map(({ instanceId }) => instanceId),
    );
    const values = { events: vanished.size, instances: unknown.size, message: messageOf(thrown) };
    problems.add({ regionId }, state('vanished-unreadable', values), thrown);
    return { report: none, unknown };
  }
}

/**
 * The history of instances with open events that no row knows: the row may have been deleted or edited. Where it cannot be
 * read, these instances are not planned, because a restart may have been sent for their events.
 */
async function readPast(
  { store, regionId, problems }: PlanRun,
  { events, odd }: EventReport,
  rows: ReadonlyMap<string, PlanRead>,
): Promise<{ past: Survey['past']; unread: readonly string[] }> {
  const plans = new Map(plansOf(rows).map((plan) => [plan.instanceId, plan]));
  const isNew = ({ instanceId, eventId }: { instanceId?: string; eventId?: string }): boolean => {
    if (instanceId === undefined || eventId === undefined) return false;
    const plan = plans.get(instanceId);
    return plan === undefined ? !rows.has(instanceId) : !knownEvents(plan).includes(eventId);
  };
  const asked = [...events.filter(isOpen), ...odd]
    .filter(isNew)
    .flatMap(({ instanceId }) => instanceId ?? []);
  if (asked.length === 0) return { past: new Map(), unread: [] };
  try {
    return { past: await store.readPast(asked), unread: [] };
  } catch (thrown) {
    const values = { instances: new Set(asked).size, message: messageOf(thrown) };
    problems.add({ regionId }, state('history-unreadable', values), thrown);
    return { past: new Map(), unread: asked };
  }
}

/** Both reports. An odd event may lack its instance: the row that waits for it says whose it is. */
function placed(
  listing: EventReport,
  vanished: EventReport,
  rows: ReadonlyMap<string, PlanRead>,
): EventReport {
  const owners = new Map(
    plansOf(rows).flatMap(({ instanceId, eventIds, laterEventIds }) =>
      [...eventIds, ...laterEventIds].map((id) => [id, instanceId] as const),
    ),
  );
  const odd = [...listing.odd, ...vanished.odd].map((event): OddEvent => {
    const instanceId = event.instanceId ?? owners.get(event.eventId ?? '');
    return instanceId === undefined ? event : { ...event, instanceId };
  });
  return { events: [...listing.events, ...vanished.events], odd };
}

function plansOf(rows: ReadonlyMap<string, PlanRead>): Plan[] {
  return [...rows.values()].flatMap((row) => (row.kind === 'plan' ? [row.plan] : []));
}

/** Also a plan that a person wants to be tried again: nothing is refused while its events are not read. */
function isWaiting(plan: Plan): boolean {
  const waits = plan.status === 'Planned' || plan.status === 'AwaitingApproval' || isSuspended(plan);
  return waits || isRetryAsked(plan);
}

/** The windows in ECS of the instances with a reboot event. */
async function readWindowsOf(
  run: PlanRun,
  { events }: EventReport,
  instances: readonly Instance[],
): Promise<WindowsSeen> {
  const affected = new Set(
    events.filter((event) => event.type === rebootEventType).map(({ instanceId }) => instanceId),
  );
  return readEcsWindows(
    run,
    instances.filter(({ instanceId }) => affected.has(instanceId)),
  );
}
