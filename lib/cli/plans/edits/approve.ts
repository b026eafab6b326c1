// approve: the column `approval`. The grant is for the events and the kind of interval that the row shows.
import { isAfter } from '../../../plan/calendar/instant.ts';
import { isGrantedFor, kindOf } from '../../../plan/approval.ts';
import { heldToo, ofPlan, refused, whyNotWaiting, zoneOf, type Decide } from './decision.ts';

/** Approves what the row shows. */
export const approving: Decide = ofPlan((plan, { by, now, voice }) => {
  const no = whyNotWaiting(plan, voice);
  if (no !== undefined) return refused(no);
  const kind = kindOf(plan);
  if (isGrantedFor(plan, plan.eventIds, kind)) return { kind: 'already', what: voice.say('is-approved') };
  if (plan.approval === 'not-required' && plan.status !== 'AwaitingApproval') {
    return { kind: 'already', what: voice.say('needs-no-approval') };
  }
  const { executeAt, latestStart } = plan;
  const zone = zoneOf(plan);
  if (latestStart !== undefined && isAfter(now, latestStart)) {
    const times = { latest: voice.time(latestStart, zone), now: voice.time(now, zone) };
    return refused(voice.say('too-late-to-approve', times));
  }
  return {
    kind: 'edit',
    // What an earlier grant was for is no part of this one.
    edit: {
      put: { approval: 'granted', edited_by: by },
      remove: ['approved_events', 'approved_decision'],
    },
    will: voice.say('approve-will', {
      events: voice.events(plan.eventIds),
      kind: kind === undefined ? '' : voice.say('kind', { kind: voice.kind(kind) }),
      times:
        executeAt === undefined || latestStart === undefined
          ? ''
          : voice.say('from-to', { from: voice.time(executeAt, zone), to: voice.time(latestStart, zone) }),
    }),
    notes: heldToo(plan, voice),
  };
});
