// What a person may do about a plan that ended and waits for a person: the commands and columns, as the last part of its reason.
import { mayBeJudgedAgain, mayBeRetried, unprovenOf, type Plan } from './plan.ts';
import { state, withAlso, type Statement } from './statement.ts';
import { isFinal } from './status.ts';

/** The reason of the plan, with what a person may do now. */
export function withNextSteps(plan: Plan): Statement {
  const reason = withoutNextSteps(plan.reason);
  const steps = nextSteps(plan);
  return steps === undefined ? reason : withAlso(reason, [steps]);
}

/** The reason alone, as another plan may repeat it. */
export function withoutNextSteps(reason: Statement): Statement {
  const { also = [], ...head } = reason;
  const others = also.filter(({ code }) => code !== 'next-steps');
  return others.length === also.length ? reason : withAlso(head, others);
}

function nextSteps(plan: Plan): Statement<'next-steps'> | undefined {
  // A person's own words stand alone.
  if (!isFinal(plan.status) || plan.reason.code === 'as-written') return undefined;
  // The planner judges some ends again by itself, and says of others that the status is to be set.
  const isRetriable = mayBeRetried(plan) && !mayBeJudgedAgain(plan) && plan.cause !== 'in-history';
  const isUnproven = unprovenOf(plan) !== undefined;
  if (!isRetriable && !isUnproven) return undefined;
  const { instanceId, planId } = plan;
  return state('next-steps', { instanceId, planId, isRetriable, isUnproven });
}
