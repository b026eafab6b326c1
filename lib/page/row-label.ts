// What a row of a chart says to those who point at it, or hear it.
import { nameOf, type PagePlan } from './marks/page-plan.ts';
import type { Speech } from './words/speech.ts';

/** `web-1: Planned, held, restart Wed 12-02 02:00 to Wed 12-02 02:15, NotBefore Wed 12-02 10:00`. */
export function labelOf(plan: PagePlan, speech: Speech, timeZone: string): string {
  const { status, hold, needsPerson, executeAt, latestStart, notBefore } = plan;
  const time = (at: Parameters<Speech['short']>[0]): string => speech.short(at, timeZone);
  return [
    speech.say('row-label', { name: nameOf(plan), status }),
    ...(hold === undefined ? [] : [speech.say('held')]),
    ...(needsPerson ? [speech.say('needs-a-person')] : []),
    ...(executeAt && latestStart
      ? [speech.say('row-interval', { from: time(executeAt), to: time(latestStart) })]
      : []),
    ...(notBefore === undefined ? [] : [speech.say('row-deadline', { time: time(notBefore) })]),
  ].join(speech.say('between'));
}
