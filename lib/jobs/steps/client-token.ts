// What identifies one step of one plan to ECS: a step that begins again has no second effect. A step that a person tries
// again is recorded again, with another time, and is another step. So is a command that the instance did not receive: with
// the same token ECS would only name the invocation that ended.
import { iso } from '../../plan/calendar/instant.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Step } from '../../plan/steps.ts';

/** The same text for the same step of the same plan. `part` names one disk of a backup. */
export function clientToken(plan: Plan, step: Step, part = ''): string {
  const { regionId, instanceId, planId } = plan;
  // A step that an earlier plan left keeps its token.
  return [regionId, instanceId, step.planId ?? planId, step.name, iso(step.at), part].join(' ');
}
