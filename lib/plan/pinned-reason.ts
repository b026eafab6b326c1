// The reason of a row follows when a person moves its plan.
import { iso } from './calendar/instant.ts';
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

/** Says that an operator pinned the time of the row. */
export function pinnedAt({ executeAt, rules }: TimeOf): Statement | undefined {
  return executeAt && state('pinned-at', atIn(executeAt, rules?.timeZone ?? 'UTC'));
}

type TimeOf = { executeAt?: Plan['executeAt'] | undefined; rules?: Plan['rules'] | undefined };
