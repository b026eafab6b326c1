// The plans that did not do what they are for: ended Missed or Escalated, by the code of their reason.
import type { StatementCode } from '../statement.ts';
import type { ReviewedPlan } from './records.ts';

/** Plans that ended for the same reason. */
export interface PlanEnds {
  status: 'Missed' | 'Escalated';
  /** Of the reason. The wording says what would have prevented it. */
  code: string;
  /** What the plan waited for until then, as a code; absent where the reason does not say it. */
  waitedFor?: string;
  plans: number;
  /** Of these instances, the first ten. */
  instanceIds: readonly string[];
}

/**
 * Reasons that only say that the time was over: what the plan waited for stands after them. All other reasons name the cause itself,
 * and what stands after them is something else.
 */
export const ranOutOfTime: readonly string[] = [
  'too-late',
  'ecs-executing',
  'executed-before-us',
  'pre-command-too-late',
] satisfies StatementCode[];

const shown = 10;

/** The ends, the most frequent first. */
export function endsOf(plans: Iterable<ReviewedPlan>): PlanEnds[] {
  const ends = new Map<string, PlanEnds & { instanceIds: string[] }>();
  for (const { status, reasonCode: code, waitedFor, instanceId } of plans) {
    if (status !== 'Missed' && status !== 'Escalated') continue;
    const waited = waitedFor === undefined ? {} : { waitedFor };
    const key = keyOf({ status, code, ...waited });
    const known = ends.get(key) ?? { status, code, ...waited, plans: 0, instanceIds: [] };
    known.plans += 1;
    known.instanceIds.push(instanceId);
    ends.set(key, known);
  }
  return mergedEnds([...ends.values()]);
}

/** The ends of several regions together. */
export function mergedEnds(lists: readonly PlanEnds[]): PlanEnds[] {
  const ends = new Map<string, PlanEnds>();
  for (const end of lists) {
    const key = keyOf(end);
    const known = ends.get(key);
    const instanceIds = new Set([...(known?.instanceIds ?? []), ...end.instanceIds]);
    ends.set(key, {
      ...end,
      plans: (known?.plans ?? 0) + end.plans,
      instanceIds: [...instanceIds].sort().slice(0, shown),
    });
  }
  return [...ends]
    .sort(([keyA, a], [keyB, b]) => b.plans - a.plans || (keyA < keyB ? -1 : 1))
    .map(([, end]) => end);
}

function keyOf({ status, code, waitedFor = '' }: Pick<PlanEnds, 'status' | 'code' | 'waitedFor'>): string {
  return `${status} ${code} ${waitedFor}`;
}
