// What is known of the plans: their rows, when the planner first ran, and the groups of instances that no plan is about.
import { messageOf } from '../../failures.ts';
import { readWishes } from '../../plan/planning/tags.ts';
import { tookDown } from '../../plan/review/crowds.ts';
import type { EpochMs, ReviewedPlan } from '../../plan/review/records.ts';
import { state } from '../../plan/statement.ts';
import type { RegionEvents } from './read-region.ts';
import type { ReviewRun } from './review-ports.ts';

/** A plan may end long before its event: one that its owner skipped, for example. */
const earlierMs = 30 * 86_400_000;

/** The plans of these regions. Undefined where they cannot be read: half of them would look like plans that are missing. */
export async function readPlans(run: ReviewRun): Promise<readonly ReviewedPlan[] | undefined> {
  const { question, now, reviews, problems } = run;
  const regions = new Set(question.regions);
  const plans: ReviewedPlan[] = [];
  try {
    const endedSince = now.epochMilliseconds - question.periodMs - earlierMs;
    for await (const page of reviews.plans(endedSince)) {
      // Where a person edited the region away, the events of the plan are still not without one.
      for (const plan of page) if (regions.has(plan.regionId) || plan.regionId === '') plans.push(plan);
    }
    return plans;
  } catch (thrown) {
    problems.add({ regionId: '' }, state('plans-unreadable', { message: messageOf(thrown) }), thrown);
    return undefined;
  }
}

/** When the plan function first ran, by region. */
export async function readFirstRuns({ store, problems }: ReviewRun): Promise<ReadonlyMap<string, EpochMs>> {
  try {
    const runs = await store.readRuns();
    return new Map(
      runs.flatMap(({ functionName, regionId, firstAt }) =>
        functionName === 'plan' && firstAt !== undefined
          ? [[regionId, firstAt.epochMilliseconds] as const]
          : [],
      ),
    );
  } catch (thrown) {
    problems.add({ regionId: '' }, state('runs-unreadable', { message: messageOf(thrown) }), thrown);
    return new Map();
  }
}

/** Few enough to hold in memory with all their fields. */
const instancesAtOnce = 1_000;

/** The groups of instances that ECS took down, as their tags say, where no plan says it. */
export async function readGroups(
  { ecs, problems }: ReviewRun,
  { regionId, known }: RegionEvents,
  plans: readonly ReviewedPlan[],
): Promise<ReadonlyMap<string, string>> {
  const planned = new Set(plans.map(({ instanceId }) => instanceId));
  const asked = [...known.values()].filter((event) => tookDown(event) && !planned.has(event.instanceId));
  const ids = [...new Set(asked.map(({ instanceId }) => instanceId))];
  const groups = new Map<string, string>();
  try {
    for (let at = 0; at < ids.length; at += instancesAtOnce) {
      const { instances } = await ecs.instancesById(regionId, ids.slice(at, at + instancesAtOnce));
      for (const { instanceId, tags } of instances) {
        const { group } = readWishes(tags);
        if (group !== undefined) groups.set(instanceId, group);
      }
    }
  } catch (thrown) {
    problems.add({ regionId }, state('groups-unreadable', { message: messageOf(thrown) }), thrown);
  }
  return groups;
}
