// ECS's ClientTokens: the same for the same step of the same plan, so that a step that is begun again has no second effect.
import { createHash } from 'node:crypto';
import type { Plan } from '../plan/plan.ts';
import type { StepName } from '../plan/steps.ts';

/** At most 64 printable characters, as ECS takes them. `part` tells the disks of one backup apart. */
export function clientToken(plan: Plan, step: StepName, part = ''): string {
  const { regionId, instanceId, planId } = plan;
  return createHash('sha256')
    .update(JSON.stringify([regionId, instanceId, planId, step, part]))
    .digest('hex')
    .slice(0, 48);
}
