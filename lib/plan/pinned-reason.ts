// The reason of a row follows when a person moves its plan.
import { iso } from './calendar/instant.ts';
import { editOf } from './edit.ts';
import type { Plan } from './plan.ts';
import { atIn, state, type Statement } from './statement.ts';
import { bareReason } from './told-waits.ts';

/** What planning says about a time. A person's own words stay. */
const aboutTime: readonly string[] = ['in-window', 'last-resort', 'soonest', 'pinned-at'];

/** The reason for the time that an operator pinned; undefined where the reason of the row is about no other time. */
export function pinnedReason({ pinned, executeAt, reason: told, rules }: Plan): Statement | undefined {
  const reason = bareReason(told);
  if (!pinned || executeAt === undefined || !aboutTime.includes(reason.code)) return undefined;
  if ('at' in reason.values && reason.values.at === iso(executeAt)) return undefined;
  return pinnedAt({ executeAt, rules });
}

/** The reason of a plan whose time a person moved without pinning it, and whose rules allow that time. */
function movedReason(plan: Plan): Statement | undefined {
  const { executeAt, reason: told } = plan;
  const reason = bareReason(told);
  if (executeAt === undefined || editOf(plan, 'time-by-hand') === undefined) return undefined;
  return reason.code === 'in-window' && reason.values.at !== iso(executeAt)
    ? { ...reason, values: { ...reason.values, at: iso(executeAt) } }
    : undefined;
}

/** The reason for the time that a person gave the row, pinned or not; undefined where the row says it already. */
export function reasonForTime(plan: Plan): Statement | undefined {
  return pinnedReason(plan) ?? movedReason(plan);
}

/** Says that an operator pinned the time of the row. */
export function pinnedAt({ executeAt, rules }: TimeOf): Statement | undefined {
  return executeAt && state('pinned-at', atIn(executeAt, rules?.timeZone ?? 'UTC'));
}

type TimeOf = { executeAt?: Plan['executeAt'] | undefined; rules?: Plan['rules'] | undefined };
