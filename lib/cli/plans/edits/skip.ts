// skip: the status Skipped.
import { preCommandToUndo } from '../../../plan/draining.ts';
import { ofPlan, refused, whyNotWaiting, type Decide } from './decision.ts';
import { notBeforeOf } from './hold.ts';

/** Ends the plan without a restart of ours. */
export const skipping: Decide = ofPlan((plan, { by, voice }) => {
  if (plan.status === 'Skipped') return { kind: 'already', what: voice.say('is-skipped') };
  const no = whyNotWaiting(plan, voice);
  if (no !== undefined) return refused(no);
  const undo = preCommandToUndo({ ...plan, status: 'Skipped' });
  return {
    kind: 'edit',
    edit: { put: { status: 'Skipped', edited_by: by } },
    will: voice.say('skip-will'),
    notes: [
      voice.say('ecs-restarts-skipped', { at: notBeforeOf(plan, voice) }),
      ...(undo === undefined ? [] : [voice.statement(undo)]),
    ],
  };
});
