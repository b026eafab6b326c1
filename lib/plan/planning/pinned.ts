// The time that an operator pinned.
import { elapsed, isAfter, isBefore, type Instant } from '../calendar/instant.ts';
import type { Plan } from '../plan.ts';
import { deadlineOf } from '../rules.ts';
import type { Draft } from '../transitions.ts';
import type { RebootJudgement } from './judgement.ts';

/** The pinned interval, as far as the deadline allows it. Undefined where it has passed, or cannot be kept. */
export function pinnedInterval(
  { executeAt, latestStart }: Plan,
  judgement: RebootJudgement,
  now: Instant,
): Pick<Draft, 'executeAt' | 'latestStart'> | undefined {
  const deadline = deadlineOf(judgement.notBefore, judgement.rules);
  if (executeAt === undefined || isAfter(executeAt, deadline)) return undefined;
  const isUsable =
    latestStart !== undefined && !isBefore(latestStart, executeAt) && !isAfter(latestStart, deadline);
  const usable = isUsable ? latestStart : deadline;
  const hasRoom = elapsed(executeAt, usable) >= judgement.rules.startRoom;
  return isAfter(now, usable) || !hasRoom ? undefined : { executeAt, latestStart: usable };
}
