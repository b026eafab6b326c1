// What the reason of a plan says first: that a person holds it, or that it waits for an approval. The rest of the reason is
// told after it, and stands alone again when the plan waits for nobody.
import { iso } from './calendar/instant.ts';
import { mayHaveSent, type Plan } from './plan.ts';
import { state, type Statement } from './statement.ts';
import { isFinal } from './status.ts';
import { isDrained } from './draining.ts';
import { stepOf } from './steps.ts';

const wrappers: readonly string[] = ['held', 'waits-for-approval'];

/** The reason without what it says of a hold and an approval. */
export function bareReason(reason: Statement): Statement {
  const inner = wrappers.includes(reason.code) ? reason.also?.[0] : undefined;
  return inner === undefined ? reason : bareReason(inner);
}

/** The reason as the row should say it. */
export function toldReason(plan: Plan): Statement {
  if (isFinal(plan.status) || mayHaveSent(plan)) return plan.reason;
  const bare = bareReason(plan.reason);
  const isAwaiting = plan.status === 'AwaitingApproval';
  if (!isAwaiting && plan.hold === undefined) return bare;
  const timeZone = plan.rules?.timeZone ?? 'UTC';
  const drained = drainedNow(plan, bare);
  const inner = isAwaiting ? state('waits-for-approval', waitOf(plan, timeZone), [bare, ...drained]) : bare;
  if (plan.hold === undefined) return inner;
  const { notBefore, instanceId } = plan;
  const values = {
    why: plan.hold,
    ...(notBefore === undefined ? {} : { notBefore: iso(notBefore) }),
    timeZone,
    instanceId,
  };
  return state('held', values, [inner, ...(isAwaiting ? [] : drained)]);
}

function waitOf(
  { approvalAskedBy: askedBy, instanceId, latestStart: until, notBefore }: Plan,
  timeZone: string,
): Statement<'waits-for-approval'>['values'] {
  return {
    ...(askedBy === undefined ? {} : { askedBy }),
    instanceId,
    ...(until === undefined ? {} : { until: iso(until) }),
    ...(notBefore === undefined ? {} : { notBefore: iso(notBefore) }),
    timeZone,
  };
}

/** Says so where the pre-command of a plan that waits for a person has begun, and the reason does not say it yet. */
function drainedNow(plan: Plan, { also = [] }: Statement): Statement[] {
  const isSaid = also.some(({ code }) => code === 'drained-until' || code === 'undo-owed');
  if (!isDrained(plan) || isSaid) return [];
  return [state('drained-while-waiting', { commandId: stepOf(plan, 'pre-command')?.commandId ?? '' })];
}
