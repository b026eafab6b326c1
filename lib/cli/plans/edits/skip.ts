// skip: the status Skipped.
import { preCommandToUndo } from '../../../plan/draining.ts';
import { inEnglish } from '../../../wording/english.ts';
import { ofPlan, refused, whyNotWaiting, type Decide } from './decision.ts';
import { notBeforeOf } from './hold.ts';

/** Ends the plan without a restart of ours. */
export const skipping: Decide = ofPlan((plan, { by }) => {
  if (plan.status === 'Skipped') return { kind: 'already', what: 'Skipped' };
  const no = whyNotWaiting(plan);
  if (no !== undefined) return refused(no);
  const undo = preCommandToUndo({ ...plan, status: 'Skipped' });
  return {
    kind: 'edit',
    edit: { put: { status: 'Skipped', edited_by: by } },
    will: 'end the plan without a restart of ours',
    notes: [
      `Unless somebody restarts the instance before that, ECS does at NotBefore${notBeforeOf(plan)}.`,
      ...(undo === undefined ? [] : [inEnglish(undo)]),
    ],
  };
});
