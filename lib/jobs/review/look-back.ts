// The review: reads ECS's record and ours, joins them, and says what happened. It restarts nothing and changes no plan. The
// function keeps the events that ECS will forget; a command only looks.
import type { EpochMs, ReviewedPlan } from '../../plan/review/records.ts';
import { reviewOf, type RegionRecord } from '../../plan/review/review.ts';
import { state } from '../../plan/statement.ts';
import { inEveryRegion, Problems } from '../report.ts';
import { readFirstRuns, readGroups, readPlans } from './read-plans.ts';
import { readRegion, type RegionEvents } from './read-region.ts';
import type { Reviewed, ReviewPorts, ReviewQuestion, ReviewRun } from './review-ports.ts';

/**
 * Looks back on the period before now.
 * @param problems where those of the review go
 * @throws AggregateError where no region could be read, neither from ECS nor from what was kept
 */
export async function lookBack(
  ports: ReviewPorts,
  question: ReviewQuestion,
  problems = new Problems(ports.log, ports.language),
): Promise<Reviewed> {
  const now = ports.clock.now();
  const run = { ...ports, problems, question, now };
  const [plans, firstRuns, events] = await Promise.all([
    readPlans(run),
    readFirstRuns(run),
    inEveryRegion(question.regions, problems, (regionId) => readRegion(run, regionId)),
  ]);
  const regions = await Promise.all(events.map((region) => recordOf(run, region, { plans, firstRuns })));
  const until = now.epochMilliseconds;
  const review = reviewOf({
    since: until - question.periodMs,
    until,
    regions,
    plans,
    settings: question.settings,
  });
  const { disagreements = [] } = review.all.joined ?? {};
  for (const { what, ...place } of disagreements.slice(0, mostProblems)) problems.add(place, what);
  const rest = disagreements.length - mostProblems;
  if (rest > 0) problems.add({ regionId: '' }, state('more-disagreements', { disagreements: rest }));
  return { review, problems: problems.all };
}

/** The report has all of them. A table that somebody emptied makes one per event. */
const mostProblems = 100;

/** Without timers runs are not recorded. Then the first entry of a plan counts, and `now` where there is none. */
function firstEntryIn(plans: readonly ReviewedPlan[], now: EpochMs): EpochMs {
  return plans.reduce((first, { plannedAt }) => plannedAt.reduce((a, b) => Math.min(a, b), first), now);
}

interface Ours {
  plans: readonly ReviewedPlan[] | undefined;
  firstRuns: ReadonlyMap<string, EpochMs>;
}

async function recordOf(
  run: ReviewRun,
  region: RegionEvents,
  { plans, firstRuns }: Ours,
): Promise<RegionRecord> {
  const own = plans?.filter(({ regionId }) => regionId === region.regionId);
  const firstRunAt = firstRuns.get(region.regionId) ?? (own && firstEntryIn(own, run.now.epochMilliseconds));
  return {
    ...region,
    ...(firstRunAt === undefined ? {} : { firstRunAt }),
    groups: own === undefined ? new Map() : await readGroups(run, region, own),
  };
}
