// hold and resume: the column `hold`.
import type { Plan } from '../../../plan/plan.ts';
import { isFinal } from '../../../plan/status.ts';
import { inZone, isAfter } from '../../../plan/calendar/instant.ts';
import { ofPlan, refused, whyNotWaiting, type Decide } from './decision.ts';

/** Holds the plan until somebody resumes it. A hold on a finished row is for the next plan. */
export function holding(reason: string | undefined): Decide {
  return ofPlan((plan, { by }) => {
    const words = reason?.trim() ?? '';
    const why = words === '' ? `held by ${by}` : words;
    if (plan.hold === why) return { kind: 'already', what: `held: ${why}` };
    const hasEnded = isFinal(plan.status);
    const no = hasEnded ? undefined : whyNotWaiting(plan);
    if (no !== undefined) return refused(no);
    return {
      kind: 'edit',
      edit: { put: { hold: why, edited_by: by } },
      will: hasEnded ? `hold the next plan of the instance: ${why}` : `hold: ${why}`,
      notes: [
        ...(plan.hold === undefined ? [] : [`That replaces the hold of before: ${plan.hold}.`]),
        ...(hasEnded
          ? []
          : [`If the hold stays, ECS restarts the instance at NotBefore${notBeforeOf(plan)}.`]),
      ],
    };
  });
}

/** Takes the hold away. */
export const resuming: Decide = ofPlan((plan, { by, now }) => {
  if (plan.hold === undefined) return { kind: 'already', what: 'not held' };
  const isDue = plan.executeAt !== undefined && !isAfter(plan.executeAt, now);
  return {
    kind: 'edit',
    edit: { put: { hold: '', edited_by: by } },
    will: `take away the hold: ${plan.hold}`,
    notes:
      isDue && !isFinal(plan.status) ? ['Its time has come: it may be restarted at the next minute.'] : [],
  };
});

/** `, Thu 2026-12-03 10:00 Asia/Shanghai`. */
export function notBeforeOf({ notBefore, rules }: Plan): string {
  return notBefore === undefined ? '' : `, ${inZone(notBefore, rules?.timeZone ?? 'UTC')}`;
}
