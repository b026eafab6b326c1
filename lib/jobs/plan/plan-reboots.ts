// The plan function's job: finds open events, and keeps one row an instance that says what will be done about them.
// It reads in batches and writes only what changed.
import { messageOf } from '../../failures.ts';
import type { Planning } from '../../plan/planning/proposal.ts';
import { openRegion } from '../../plan/planning/plan-region.ts';
import type { PlannerSettings } from '../../plan/settings.ts';
import { confirmEdit } from '../../plan/transitions.ts';
import type { Clock, PlanRead } from '../../ports.ts';
import { writeChanges } from './write-changes.ts';
import type { Changed, PlanPorts, PlanReport } from './plan-run.ts';
import { escalateUnreadable } from '../unreadable-rows.ts';
import { inEveryRegion, Problems } from '../report.ts';
import { surveyRegion } from './survey.ts';

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
  const survey = await surveyRegion(ports, regionId, settings.eventTypes, report, problems);
  const { rows, instanceIds, untold, sightingOf } = survey;
  const readable = await withoutUnreadable(ports, rows, report, problems);
  const subjects = [...instanceIds]
    .filter((instanceId) => rows.get(instanceId)?.kind !== 'unreadable')
    .map((instanceId) => ({
      sighting: sightingOf(instanceId),
      row: readable.get(instanceId)?.plan,
      isUntold: untold.has(instanceId),
    }));
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
