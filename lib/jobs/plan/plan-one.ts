// One instance's proposal, and what it reports. An instance that cannot be planned must not hold up the others.
import { messageOf } from '../../failures.ts';
import { unchanged, type Proposal } from '../../plan/planning/proposal.ts';
import { state } from '../../plan/statement.ts';
import type { PlanRun } from './plan-report.ts';

/** Makes the proposal, and reports its problems. What is thrown becomes a problem, too, and nothing is written. */
export function planOne({ regionId, problems }: PlanRun, instanceId: string, plan: () => Proposal): Proposal {
  const place = { regionId, instanceId };
  try {
    const proposal = plan();
    for (const what of proposal.problems) problems.add(place, what);
    return proposal;
  } catch (thrown) {
    const what = state('plan-not-possible', { message: messageOf(thrown) });
    problems.add(place, what, thrown);
    return unchanged();
  }
}
