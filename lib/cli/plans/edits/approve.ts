// approve: the column `approval`. The grant is for the events and the kind of interval that the row shows.
import { inZone, isAfter } from '../../../plan/calendar/instant.ts';
import { isGrantedFor, kindOf } from '../../../plan/approval.ts';
import { eventNames, kindText } from '../../../wording/words.ts';
import { ofPlan, refused, whyNotWaiting, type Decide } from './decision.ts';

/** Approves what the row shows. */
export const approving: Decide = ofPlan((plan, { by, now }) => {
  const no = whyNotWaiting(plan);
  if (no !== undefined) return refused(no);
  const kind = kindOf(plan);
  if (isGrantedFor(plan, plan.eventIds, kind)) return { kind: 'already', what: 'approved' };
  if (plan.approval === 'not-required' && plan.status !== 'AwaitingApproval') {
    return { kind: 'already', what: 'free to go: it needs no approval' };
  }
  const { executeAt, latestStart, rules, hold } = plan;
  const zone = rules?.timeZone ?? 'UTC';
  if (latestStart !== undefined && isAfter(now, latestStart)) {
    return refused(
      `The latest start was ${inZone(latestStart, zone)}, and it is ${inZone(now, zone)}. The next run of plan looks for another time.`,
    );
  }
  const times =
    executeAt === undefined || latestStart === undefined
      ? ''
      : `, from ${inZone(executeAt, zone)} to ${inZone(latestStart, zone)}`;
  return {
    kind: 'edit',
    // What an earlier grant was for is no part of this one.
    edit: {
      put: { approval: 'granted', edited_by: by },
      remove: ['approved_events', 'approved_decision'],
    },
    will: `approve the restart for ${eventNames(plan.eventIds)}${kind === undefined ? '' : ` ${kindText(kind)}`}${times}`,
    notes: hold === undefined ? [] : [`The plan is held, too: ${hold}. It waits until somebody resumes it.`],
  };
});
