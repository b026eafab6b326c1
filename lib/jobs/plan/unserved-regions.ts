// Rows of regions that are no longer in REGIONS. No function looks at them any more: each run says so, and ends what nobody
// goes on with. ECS is not asked about these regions: the roles may have no rights there.
import { messageOf } from '../../failures.ts';
import { hasBegun, type Plan } from '../../plan/plan.ts';
import { planUnserved } from '../../plan/planning/unserved.ts';
import { state } from '../../plan/statement.ts';
import { isFinal } from '../../plan/status.ts';
import { isDrained } from '../../plan/draining.ts';
import { archiveSent } from '../archive.ts';
import { writeGuarded } from '../guarded-writes.ts';
import { escalateUnreadable } from '../unreadable-rows.ts';
import { summed, type PlanCounts, type PlanRun } from './plan-report.ts';

/** Reports and ends rows of regions other than these. Never throws: what fails is a problem, and the next run tries again. */
export async function endUnserved(
  run: Omit<PlanRun, 'regionId'>,
  regions: readonly string[],
): Promise<PlanCounts> {
  const counts: PlanCounts[] = [];
  let found: readonly string[] = [];
  try {
    found = await run.store.regionsWithRows();
  } catch (thrown) {
    run.problems.add({ regionId: '' }, state('regions-unreadable', { message: messageOf(thrown) }), thrown);
  }
  for (const regionId of found.filter((region) => !regions.includes(region))) {
    try {
      counts.push(await endRegion({ ...run, regionId }));
    } catch (thrown) {
      run.problems.add({ regionId }, state('region-failed', { message: messageOf(thrown) }), thrown);
    }
  }
  return summed(counts);
}

async function endRegion(run: PlanRun): Promise<PlanCounts> {
  const { store, regionId, clock, problems } = run;
  const rows = await store.readByInstance(regionId, await store.unfinishedInstances(regionId));
  const plans: Plan[] = [];
  const owing = (await store.readUnderWay(regionId)).flatMap((row) =>
    row.kind === 'plan' && isFinal(row.plan.status) ? [row.plan] : [],
  );
  for (const row of rows) {
    if (row.kind !== 'plan') await escalateUnreadable(run, row, { isDue: false });
    else if (!isFinal(row.plan.status)) plans.push(row.plan);
  }
  if (plans.length > 0) problems.add({ regionId }, state('region-unserved', { plans: plans.length }));
  for (const plan of plans.filter((one) => hasBegun(one) || isDrained(one))) {
    problems.add(plan, state('plan-unserved', { status: plan.status }));
  }
  const stamp = { at: clock.now(), by: 'plan' };
  const changes = [...plans, ...owing].flatMap((from) => {
    const plan = planUnserved(from, stamp);
    return plan === undefined ? [] : [{ plan, from }];
  });
  const outcomes = await writeGuarded(store, changes, problems);
  const written = changes.filter((_, index) => outcomes[index]?.kind === 'written').map(({ plan }) => plan);
  for (const [index, { plan }] of changes.entries()) {
    const outcome = outcomes[index];
    if (outcome?.kind === 'failed') {
      problems.add(plan, state('not-written', { status: plan.status, message: outcome.message }));
    }
  }
  const ended = written.filter(({ status }) => isFinal(status));
  for (const plan of ended) problems.add(plan, plan.reason);
  await archiveSent(run, ended);
  return summed([{ ended: ended.length, updated: written.length - ended.length }]);
}
