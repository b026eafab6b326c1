// The plan function's job: finds open events, and keeps one row an instance that says what will be done about them.
// It reads in batches and writes only what changed.
import { messageOf } from '../errors.ts';
import { openEventStatuses, rebootEventType, type EventReport, type OddEvent } from '../plan/event.ts';
import type { Instance } from '../plan/instance.ts';
import type { Sighting } from '../plan/judgement.ts';
import { isSuspended, type Plan } from '../plan/plan.ts';
import type { Planning } from '../plan/proposal.ts';
import { openRegion } from '../plan/region-planning.ts';
import type { PlannerSettings } from '../plan/settings.ts';
import { confirmEdit } from '../plan/transitions.ts';
import type { Clock, Ecs, Log, PlanRead, PlanStore } from '../ports.ts';
import { escalateUnreadable } from './poison.ts';
import { inEveryRegion, Problems, type Problem } from './report.ts';
import { sightingsByInstance } from './sightings.ts';

/** What the plan function returns. `unchanged` counts rows that were looked at and stand as they are. */
export interface PlanReport {
  events: number;
  created: number;
  updated: number;
  unchanged: number;
  ended: number;
  problems: Problem[];
}

export interface PlanPorts {
  ecs: Ecs;
  store: PlanStore;
  clock: Clock;
  log: Log;
}

type Changed = Exclude<Planning, { kind: 'unchanged' }>;

/**
 * Plans every region once.
 * @throws AggregateError when no region could be planned at all.
 */
export async function planReboots(
  ports: PlanPorts,
  settings: PlannerSettings,
  regions: readonly string[],
): Promise<PlanReport> {
  const problems = new Problems(ports.log);
  const report = { events: 0, created: 0, updated: 0, unchanged: 0, ended: 0, problems: problems.all };
  await inEveryRegion(regions, problems, (regionId) =>
    planRegion(ports, settings, regionId, report, problems),
  );
  return report;
}

async function planRegion(
  ports: PlanPorts,
  settings: PlannerSettings,
  regionId: string,
  report: PlanReport,
  problems: Problems,
): Promise<void> {
  const [listing, unfinished] = await Promise.all([
    ports.ecs.listEvents(regionId, settings.eventTypes, openEventStatuses),
    ports.store.unfinishedInstances(regionId),
  ]);
  if (listing.incomplete !== undefined) problems.add({ regionId, problem: listing.incomplete });
  report.events += listing.events.length + listing.odd.length;
  const rows = await readRows(ports.store, regionId, listing, unfinished);
  const events = await withVanished(ports.ecs, regionId, listing, rows);
  for (const odd of events.odd) {
    if (odd.instanceId === undefined) problems.add({ regionId, problem: odd.fault });
  }
  const instanceIds = new Set([...events.events, ...events.odd].flatMap((event) => event.instanceId ?? []));
  for (const row of rows.values())
    instanceIds.add(row.kind === 'plan' ? row.plan.instanceId : row.instanceId);
  const instances = await ports.ecs.instancesById(regionId, [...instanceIds]);
  const windowOf = await readEcsWindows(ports.ecs, regionId, events, instances, problems);
  const seen = sightingsByInstance(regionId, events, instances);
  const sightingOf = (instanceId: string): Sighting => ({ ...seen(instanceId), ...windowOf(instanceId) });

  const readable = await withoutUnreadable(ports, rows, report, problems);
  const subjects = [...instanceIds]
    .filter((instanceId) => rows.get(instanceId)?.kind !== 'unreadable')
    .map((instanceId) => ({ sighting: sightingOf(instanceId), row: readable.get(instanceId)?.plan }));
  const region = openRegion(subjects, settings, { at: ports.clock.now(), by: 'plan' });
  const changes: Changed[] = [];
  for (const subject of region.order) {
    const { instanceId } = subject.sighting;
    const planning = planOne(problems, { regionId, instanceId }, () => region.plan(subject));
    const repair =
      planning.kind === 'unchanged' ? repairEdit(ports.clock, readable.get(instanceId)) : undefined;
    for (const problem of [...planning.problems, ...(repair?.problems ?? [])])
      problems.add({ regionId, instanceId, problem });
    const change = planning.kind === 'unchanged' ? repair : planning;
    if (change === undefined) report.unchanged += 1;
    else changes.push(change);
  }
  await writeChanges(ports, changes, report, problems);
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

/** Sets unreadable rows to Escalated, and gives back the others. */
async function withoutUnreadable(
  ports: PlanPorts,
  rows: ReadonlyMap<string, PlanRead>,
  report: PlanReport,
  problems: Problems,
): Promise<Map<string, ReadablePlan>> {
  const readable = new Map<string, ReadablePlan>();
  for (const [instanceId, row] of rows) {
    if (row.kind === 'plan') readable.set(instanceId, row);
    else if (await escalateUnreadable(ports, row, false, problems)) report.ended += 1;
    else report.unchanged += 1;
  }
  return readable;
}

type ReadablePlan = Extract<PlanRead, { kind: 'plan' }>;

/** One instance that cannot be planned, for whatever reason, must not hold up the others. */
function planOne(
  problems: Problems,
  place: { regionId: string; instanceId: string },
  plan: () => Planning,
): Planning {
  try {
    return plan();
  } catch (thrown) {
    problems.add({ ...place, problem: `The instance could not be planned: ${messageOf(thrown)}` }, thrown);
    return { kind: 'unchanged', problems: [] };
  }
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

/** Adds to the listing what became of waiting plans' events that it no longer holds. */
async function withVanished(
  ecs: Ecs,
  regionId: string,
  listing: EventReport,
  rows: ReadonlyMap<string, PlanRead>,
): Promise<EventReport> {
  const listed = new Set([...listing.events, ...listing.odd].map((event) => event.eventId));
  const waiting = [...rows.values()].flatMap((row) =>
    row.kind === 'plan' && isWaiting(row.plan) ? [row.plan] : [],
  );
  const vanished = waiting.flatMap((plan) => plan.eventIds).filter((id) => !listed.has(id));
  const found =
    vanished.length === 0 ? { events: [], odd: [] } : await ecs.eventsById(regionId, [...new Set(vanished)]);
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
  return { events: [...listing.events, ...found.events], odd: placed };
}

function isWaiting(plan: Plan): boolean {
  return plan.status === 'Planned' || plan.status === 'AwaitingApproval' || isSuspended(plan);
}

/** A row whose due_at is not what the plan implies was edited by hand: the edit counts, and due_at follows it. */
function repairEdit(clock: Clock, row: ReadablePlan | undefined): Changed | undefined {
  if (row === undefined || row.isDueAtRight) return undefined;
  const plan = confirmEdit(row.plan, { at: clock.now(), by: 'plan' });
  // Whether such an edit meant to approve or to demand an approval cannot always be told; then it does not approve.
  const unsure =
    'The row was edited and waits for an approval; to approve the plan, set approval to granted.';
  const problems = plan.status === 'AwaitingApproval' ? [unsure] : [];
  return { kind: 'updated', plan, from: row.plan, problems };
}

async function writeChanges(
  ports: PlanPorts,
  changes: readonly Changed[],
  report: PlanReport,
  problems: Problems,
): Promise<void> {
  const kept: Changed[] = [];
  const replaced = changes.flatMap((change) =>
    change.kind === 'created' && change.replaces ? [change.replaces] : [],
  );
  const archived = new Map(
    (await ports.store.archive(replaced)).map((outcome, index) => [replaced[index]?.instanceId, outcome]),
  );
  for (const change of changes) {
    const outcome =
      change.kind === 'created' && change.replaces ? archived.get(change.replaces.instanceId) : undefined;
    if (outcome?.kind === 'failed') {
      const { regionId, instanceId } = change.plan;
      problems.add({
        regionId,
        instanceId,
        problem: `The finished plan could not be moved to the history: ${outcome.message}`,
      });
    } else kept.push(change);
  }
  const outcomes = await ports.store.writeAll(
    kept.map((change) => ({
      plan: change.plan,
      from: change.kind === 'created' ? change.replaces : change.from,
    })),
  );
  for (const [index, outcome] of outcomes.entries()) {
    const change = kept[index];
    if (change === undefined) continue;
    count(change, report, outcome.kind === 'written');
    const { regionId, instanceId, status, reason } = change.plan;
    if (outcome.kind === 'written')
      ports.log.info(`${change.kind}: ${status}. ${reason}`, { regionId, instanceId });
    if (outcome.kind === 'failed') {
      problems.add({ regionId, instanceId, problem: `The plan could not be written: ${outcome.message}` });
    }
  }
}

function count(change: Changed, report: PlanReport, isWritten: boolean): void {
  if (!isWritten) report.unchanged += 1;
  else report[change.kind] += 1;
}
