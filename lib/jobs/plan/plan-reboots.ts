// The plan function's job: it finds open events, and keeps one row per instance that says what will be done about them. It
// reads in batches, and writes only what changed.
import { messageOf } from '../../failures.ts';
import { editOf } from '../../plan/edit.ts';
import { isOpen } from '../../plan/event.ts';
import { hasBegun, isSuspended, mayHaveSent, type Plan } from '../../plan/plan.ts';
import { openRegion } from '../../plan/planning/plan-region.ts';
import { unchanged, type Proposal, type ProposedChange } from '../../plan/planning/proposal.ts';
import type { Sighting } from '../../plan/planning/sighting.ts';
import type { PlannerSettings } from '../../plan/settings.ts';
import { state } from '../../plan/statement.ts';
import { isFinal, isFinalText } from '../../plan/status.ts';
import { preCommandToUndo } from '../../plan/draining.ts';
import { confirmEdit } from '../../plan/confirm-edit.ts';
import type { Clock, PlanRead } from '../../ports.ts';
import { readFailedProofs, reportBreakers } from '../around.ts';
import { readPausing } from '../pausing.ts';
import { StandingWatched, type RegionsOfRun } from '../notices/standing-watched.ts';
import { tellNews } from '../notices/tell-news.ts';
import { inEveryRegion, Problems } from '../report.ts';
import { watching } from '../runs.ts';
import { readStop, reportStop, stopsOfRun } from '../stops.ts';
import { escalateUnreadable } from '../unreadable-rows.ts';
import { summed, type PlanCounts, type PlanPorts, type PlanReport, type PlanRun } from './plan-report.ts';
import { planOne } from './plan-one.ts';
import { letGo } from './leaving.ts';
import { lookAgain } from './second-look.ts';
import { surveyRegion, type Survey } from './survey.ts';
import { endUnserved } from './unserved-regions.ts';
import { writeChanges } from './write-changes.ts';

/**
 * Plans every region once.
 * @throws AggregateError when no region could be planned at all.
 */
export async function planReboots(
  ports: PlanPorts,
  settings: PlannerSettings,
  regions: readonly string[],
): Promise<PlanReport> {
  const problems = new Problems(ports.log, ports.language);
  // It never throws: other regions must not stop the planning of these.
  const unserved = endUnserved({ ...ports, problems }, regions);
  const standing = new StandingWatched('plan');
  const { timers, rules } = settings;
  const { timeZone } = rules.calendar;
  const watched = { functionName: 'plan', timers, timeZone, regions } as const;
  const run = { standing, firstStops: stopsOfRun(ports) };
  const counts = await watching({ ...ports, problems, standing }, watched, () =>
    inEveryRegion(regions, problems, (regionId) =>
      standing.reading(regionId, () => planRegion({ ...ports, regionId, problems, ...run }, settings)),
    ).finally(() => unserved),
  ).finally(() => tellNews({ ...ports, problems }, standing.seen));
  return { ...summed([...counts, await unserved]), problems: problems.all };
}

async function planRegion(run: PlanRun & RegionsOfRun, settings: PlannerSettings): Promise<PlanCounts> {
  const { clock, regionId, standing, firstStops } = run;
  const { seen } = await readStop(run, firstStops());
  reportStop({ ...run, settings }, seen);
  // Whether a plan waits for it, the execute function says.
  standing.stop(seen, { regionId, timeZone: settings.rules.calendar.timeZone, isWaitedFor: false });
  const survey = await surveyRegion(run, settings);
  const { readable, counts: unread } = await escalateUnread(run, survey);
  const subjects = [...survey.instanceIds]
    .filter((instanceId) => readable.has(instanceId) || !survey.rows.has(instanceId))
    .map((instanceId) => ({
      sighting: survey.sightingOf(instanceId),
      row: readable.get(instanceId)?.plan,
      isUnknown: survey.unknown.has(instanceId),
      past: survey.past.get(instanceId) ?? [],
    }));
  const pausing = await readPausing(run, settings.limits);
  const region = openRegion(subjects, settings, { at: clock.now(), by: 'plan' }, pausing);
  const changes: ProposedChange[] = [];
  for (const subject of region.order) {
    const { instanceId } = subject.sighting;
    const proposal = planOne(run, instanceId, () => region.plan(subject));
    const confirm = (): Proposal => confirmed(clock, readable.get(instanceId), subject.isUnknown);
    const repaired = proposal.kind === 'unchanged' ? planOne(run, instanceId, confirm) : unchanged();
    const change = proposal.kind === 'unchanged' ? repaired : proposal;
    if (change.kind !== 'unchanged') changes.push(change);
  }
  const written = await writeChanges(run, changes);
  await tellBreakers(run, settings);
  const again = await lookAgain(run, region, written.ended);
  await letGo(run, survey, settings);
  const kept = { unchanged: subjects.length - changes.length };
  return summed([{ events: survey.events }, unread, kept, written.counts, again]);
}

/** The execute function tells them only where something is due. */
async function tellBreakers(run: PlanRun, settings: PlannerSettings): Promise<void> {
  const { regionId, problems } = run;
  try {
    reportBreakers({ regionId, problems, settings }, await readFailedProofs(run));
  } catch (thrown) {
    problems.add({ regionId }, state('unproven-unreadable', { message: messageOf(thrown) }), thrown);
  }
}

type ReadablePlan = Extract<PlanRead, { kind: 'plan' }>;

/** Sets unreadable rows to Escalated. Returns the others, and what was counted. */
async function escalateUnread(
  run: PlanRun,
  { rows, sightingOf }: Survey,
): Promise<{ readable: ReadonlyMap<string, ReadablePlan>; counts: PlanCounts }> {
  const readable = new Map<string, ReadablePlan>();
  const counts: Partial<PlanCounts>[] = [];
  for (const [instanceId, row] of rows) {
    if (row.kind === 'plan') {
      readable.set(instanceId, row);
      continue;
    }
    const seen = sightingOf(instanceId);
    const open = { openEventIds: openIdsIn(seen), isUndated: isUndated(seen) };
    const isSet = await escalateUnreadable(run, row, { isDue: false, ...open });
    const change = isFinalText(row.status) ? 'updated' : 'ended';
    counts.push({ [isSet ? change : 'unchanged']: 1 });
  }
  return { readable, counts: summed(counts) };
}

/** An event that cannot be read may lack its id. */
function openIdsIn({ events, odd }: Sighting): string[] {
  return [...events.filter(isOpen), ...odd].map(({ eventId }) => eventId ?? '(without an id)');
}

/** True where every open event is read, and has no NotBefore: ECS waits for an answer to it. */
function isUndated({ events, odd }: Sighting): boolean {
  const open = events.filter(isOpen);
  return odd.length === 0 && open.length > 0 && open.every(({ notBefore }) => notBefore === undefined);
}

/** Somebody edited a row whose due_at is not the one that the plan implies. The edit counts, and due_at follows it. */
function confirmed(clock: Clock, row: ReadablePlan | undefined, isUnknown: boolean): Proposal {
  if (row === undefined || isPinLeft(row.plan, isUnknown)) return unchanged();
  if (row.isDueAtRight && row.plan.edits === undefined) return unchanged();
  const plan = confirmEdit(row.plan, { at: clock.now(), by: 'plan' });
  // Without last_written it is not clear whether an edit meant to approve or to require an approval. Then it does not approve.
  const isUnclear = plan.status === 'AwaitingApproval' && row.plan.edits === undefined;
  const unclear = isUnclear ? [state('approval-unclear', {})] : [];
  const undo = isFinal(plan.status) ? preCommandToUndo(row.plan) : undefined;
  const problems = [...unclear, ...(undo === undefined ? [] : [undo])];
  return { kind: 'updated', plan, from: row.plan, problems };
}

/** A time that somebody has just pinned is judged first. Whoever writes the row before that would make it look judged. */
function isPinLeft(plan: Plan, isUnknown: boolean): boolean {
  const isUnjudged = isUnknown || (hasBegun(plan) && !isSuspended(plan));
  return isUnjudged && !mayHaveSent(plan) && editOf(plan, 'pinned-by-hand') !== undefined;
}
