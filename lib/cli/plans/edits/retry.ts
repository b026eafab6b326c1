// retry: the column `retry`. It makes a plan with an id of its own in place of one that ended and waits for a person.
import { inZone } from '../../../plan/calendar/instant.ts';
import { isRetryAsked, mayBeRetried, unprovenOf } from '../../../plan/plan.ts';
import { isFinal } from '../../../plan/status.ts';
import { eventNames } from '../../../wording/words.ts';
import { ofPlan, refused, type Decide } from './decision.ts';

/** Asks for another plan for the events of this one, whatever was sent for it. */
export const retrying: Decide = ofPlan((plan, { by }) => {
  if (isRetryAsked(plan)) return { kind: 'already', what: 'to be tried again at the next run of plan' };
  if (!mayBeRetried(plan)) {
    const what = isFinal(plan.status) ? 'has ended as' : 'is';
    return refused(
      `Only a plan that is Escalated, or that a person skipped, is tried again. This one ${what} ${plan.status}.`,
    );
  }
  const { intent, rules } = plan;
  const sent =
    intent === undefined
      ? []
      : [
          `RebootInstance may have been sent at ${inZone(intent.at, rules?.timeZone ?? 'UTC')}. Look at the instance first: this asks for another restart.`,
        ];
  const breaker =
    unprovenOf(plan) !== undefined && plan.group !== undefined
      ? [
          `Its restart is not proven, so group ${plan.group} stands still, this instance with it, until the instance is Running and well. To go on before that: acknowledge.`,
        ]
      : [];
  return {
    kind: 'edit',
    edit: { put: { retry: plan.planId, edited_by: by } },
    will: `make a new plan for ${eventNames(plan.eventIds)}`,
    notes: [
      ...sent,
      'The next run of plan makes it, if an event is still open and there is time before NotBefore. It takes the next time that the windows allow.',
      ...breaker,
    ],
  };
});
