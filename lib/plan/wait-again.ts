// How a plan without an intent waits again, where its pre-command may have taken the instance out of service.
import type { Stamp } from './change.ts';
import type { Instant } from './calendar/instant.ts';
import type { Plan } from './plan.ts';
import type { Statement } from './statement.ts';
import { isDrained } from './draining.ts';
import { postpone, suspend } from './transitions.ts';

/**
 * Not now. A plan in Preparing whose pre-command has begun stays there, and keeps its place in the limits: its service may be
 * down. Without `until` it is looked at in the next run. Every other plan is postponed. Throws for a plan with an intent.
 */
export function waitAgain(plan: Plan, stamp: Stamp, why: Statement, until: Instant | undefined): Plan {
  return plan.status === 'Preparing' && isDrained(plan)
    ? suspend(plan, stamp, why, until ?? stamp.at)
    : postpone(plan, stamp, why, until);
}
