// The transition of a restart that is not proven yet.
import { isSame, type Instant } from './calendar/instant.ts';
import { change, type Stamp } from './change.ts';
import type { Plan } from './plan.ts';
import { editsOf } from './edit.ts';
import { withoutRefusals } from './refusals.ts';
import { isSameStatement, type Statement } from './statement.ts';

/** What looks after the restart saw of the instance. An absent time was not seen, or no longer holds. */
export type SeenAfter = Pick<Plan, 'seenDownAt' | 'avoidedSeenAt'>;

/**
 * Verifying → Verifying: not proven yet. Returns the same plan where the look showed nothing new, and nobody edited the row:
 * no write is needed, and the row stays due for the next run.
 */
export function keepWatching(
  plan: Plan,
  stamp: Stamp,
  why: Statement,
  { nextLook, ...after }: SeenAfter & { nextLook: Instant },
): Plan {
  const isSaid = isSameStatement(withoutRefusals(plan.reason), why);
  const { seenDownAt, avoidedSeenAt } = after;
  const isSeen = isSame(plan.seenDownAt, seenDownAt) && isSame(plan.avoidedSeenAt, avoidedSeenAt);
  if (isSaid && isSeen && editsOf(plan).length === 0) return plan;
  const patch = { reason: why, nextLook, ...after };
  const drop = ['seenDownAt', 'avoidedSeenAt'] as const;
  return change('keepWatching', plan, stamp, { patch, drop, ...(isSaid ? {} : { what: why }) });
}
