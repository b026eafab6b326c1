// What tells one step of one plan from every other, for ECS: a step that is begun again has no second effect.
import type { Plan } from '../plan/plan.ts';
import type { StepName } from '../plan/steps.ts';

/** The same text for the same step of the same plan. `part` tells the disks of one backup apart. */
export function clientToken(plan: Plan, step: StepName, part = ''): string {
  const { regionId, instanceId, planId } = plan;
  return [regionId, instanceId, planId, step, part].join(' ');
}
