// retry: the column `retry`. It makes a plan with an id of its own in place of one that ended and waits for a person.
import { isRetryAsked, mayBeRetried, unprovenOf } from '../../../plan/plan.ts';
import { ofPlan, refused, zoneOf, type Decide } from './decision.ts';

/** Asks for another plan for the events of this one, whatever was sent for it. */
export const retrying: Decide = ofPlan((plan, { by, voice }) => {
  if (isRetryAsked(plan)) return { kind: 'already', what: voice.say('is-asked') };
  if (!mayBeRetried(plan)) return refused(voice.say('no-retry', { status: plan.status }));
  const { intent, group } = plan;
  const stands = unprovenOf(plan) !== undefined && group !== undefined;
  return {
    kind: 'edit',
    edit: { put: { retry: plan.planId, edited_by: by } },
    will: voice.say('retry-will', { events: voice.events(plan.eventIds) }),
    notes: [
      ...(intent === undefined ? [] : [voice.say('look-first', { at: voice.time(intent.at, zoneOf(plan)) })]),
      voice.say('next-run-makes'),
      ...(stands ? [voice.say('group-stands', { group })] : []),
    ],
  };
});
