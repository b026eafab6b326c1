// A plan ends with its own events. Other events of its instance may be open by then, and only this look knows of them: they
// get a new plan in the same run, and the ended one goes to the history. The new plan shares nothing with the ended one,
// neither its pinned time nor its approval nor its steps.
import { isOpen } from '../../plan/event.ts';
import type { Plan } from '../../plan/plan.ts';
import type { RegionPlanning, Subject } from '../../plan/planning/plan-region.ts';
import type { ProposedChange } from '../../plan/planning/proposal.ts';
import { planOne } from './plan-one.ts';
import type { PlanCounts, PlanRun } from './plan-report.ts';
import { writeChanges } from './write-changes.ts';

/**
 * Plans the instances of these plans again, where events are open that no row is about. The plans ended in this run, and are
 * written. Counts what it adds: the rows themselves were counted when they ended.
 */
export async function lookAgain(
  run: PlanRun,
  region: RegionPlanning,
  ended: readonly Plan[],
): Promise<Partial<PlanCounts>> {
  const endedOf = new Map(ended.map((plan) => [plan.instanceId, plan]));
  const changes: ProposedChange[] = [];
  for (const subject of region.order) {
    const { instanceId } = subject.sighting;
    const row = endedOf.get(instanceId);
    if (row === undefined || !hasOtherEvents(subject, row)) continue;
    const proposal = planOne(run, instanceId, () => region.plan({ ...subject, row }));
    if (proposal.kind !== 'unchanged') changes.push(proposal);
  }
  if (changes.length === 0) return {};
  const { created, updated } = (await writeChanges(run, changes)).counts;
  return { created, updated };
}

/** An event without an id cannot be told from those of the row. */
function hasOtherEvents({ sighting }: Subject, { eventIds, formerEventIds }: Plan): boolean {
  const known = new Set([...eventIds, ...formerEventIds]);
  return [...sighting.events.filter(isOpen), ...sighting.odd].some(
    ({ eventId }) => eventId !== undefined && !known.has(eventId),
  );
}
