// hold and resume: the column `hold`.
import type { Plan } from '../../../plan/plan.ts';
import { isFinal } from '../../../plan/status.ts';
import { isAfter } from '../../../plan/calendar/instant.ts';
import type { Voice } from '../words/voice.ts';
import { ofPlan, refused, whyNotWaiting, zoneOf, type Decide } from './decision.ts';

/** Holds the plan until somebody resumes it. A hold on a finished row is for the next plan. */
export function holding(reason: string | undefined): Decide {
  return ofPlan((plan, { by, voice }) => {
    const words = reason?.trim() ?? '';
    const why = words === '' ? voice.say('held-by', { by }) : words;
    if (plan.hold === why) return { kind: 'already', what: voice.say('is-held', { why }) };
    const hasEnded = isFinal(plan.status);
    const no = hasEnded ? undefined : whyNotWaiting(plan, voice);
    if (no !== undefined) return refused(no);
    return {
      kind: 'edit',
      edit: { put: { hold: why, edited_by: by } },
      will: voice.say(hasEnded ? 'hold-next-will' : 'hold-will', { why }),
      notes: [
        ...(plan.hold === undefined ? [] : [voice.say('replaces-hold', { why: plan.hold })]),
        ...(hasEnded ? [] : [voice.say('ecs-restarts', { at: notBeforeOf(plan, voice) })]),
      ],
    };
  });
}

/** Takes the hold away. */
export const resuming: Decide = ofPlan((plan, { by, now, voice }) => {
  if (plan.hold === undefined) return { kind: 'already', what: voice.say('is-not-held') };
  const isDue = plan.executeAt !== undefined && !isAfter(plan.executeAt, now);
  return {
    kind: 'edit',
    edit: { put: { hold: '', edited_by: by } },
    will: voice.say('resume-will', { why: plan.hold }),
    notes: isDue && !isFinal(plan.status) ? [voice.say('due-now')] : [],
  };
});

/** `, Thu 2026-12-03 10:00 Asia/Shanghai`, for a sentence that names NotBefore. */
export function notBeforeOf(plan: Plan, voice: Voice): string {
  const { notBefore } = plan;
  return notBefore === undefined ? '' : voice.say('at-time', { at: voice.time(notBefore, zoneOf(plan)) });
}
