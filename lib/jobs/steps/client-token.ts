// What tells one step of one plan from every other, for ECS: a step that is begun again has no second effect. A step that a
// person has tried anew is recorded anew, and is another one.
import type { Plan } from '../../plan/plan.ts';
import { iso } from '../../plan/calendar/instant.ts';
import type { Step } from '../../plan/steps.ts';

/** The same text for the same step of the same plan. `part` tells the disks of one backup apart. */
export function clientToken(plan: Plan, step: Step, part = ''): string {
  const { regionId, instanceId, planId } = plan;
  return [regionId, instanceId, planId, step.name, iso(step.at), part].join(' ');
}
