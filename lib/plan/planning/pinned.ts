// The time that an operator pinned.
import { elapsed, isAfter, isBefore, plus, type Instant, type Milliseconds } from '../calendar/instant.ts';
import { editOf } from '../edit.ts';
import type { Plan } from '../plan.ts';
import { deadlineOf } from '../rules.ts';
import type { Draft } from '../transitions.ts';
import type { RebootJudgement } from './judgement.ts';

/** The pinned interval, as far as the deadline allows it. Undefined where it has passed, or cannot be kept. */
export function pinnedInterval(
  row: Plan,
  judgement: RebootJudgement,
  now: Instant,
): Pick<Draft, 'executeAt' | 'latestStart'> | undefined {
  if (isPinnedInPast(row, now)) return undefined;
  const { executeAt, latestStart } = row;
  const deadline = deadlineOf(judgement.notBefore, judgement.rules);
  if (executeAt === undefined || isAfter(executeAt, deadline)) return undefined;
  const isUsable =
    latestStart !== undefined && !isBefore(latestStart, executeAt) && !isAfter(latestStart, deadline);
  const usable = isUsable ? latestStart : deadline;
  const hasRoom = elapsed(executeAt, usable) >= judgement.rules.startRoom;
  return isAfter(now, usable) || !hasRoom ? undefined : { executeAt, latestStart: usable };
}

/** True where somebody has just pinned a time that had passed before. A restart at once is not what the row says. */
export function isPinnedInPast(row: Plan, now: Instant): boolean {
  const { executeAt } = row;
  if (executeAt === undefined || editOf(row, 'pinned-by-hand') === undefined) return false;
  return isBefore(executeAt, plus(now, -unseenFor));
}

/** An edit may be seen only by the next plan run, a quarter of an hour later. Until then its time may have come. */
const unseenFor: Milliseconds = 20 * 60_000;
