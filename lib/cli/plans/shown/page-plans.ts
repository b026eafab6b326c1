// Rows as the pages of lib/page take them: everything is said in the language of the call.
import type { Calendar } from '../../../plan/calendar/calendar.ts';
import type { Instant } from '../../../plan/calendar/instant.ts';
import { calendarOf } from '../../../page/marks/plan-calendar.ts';
import type { PagePlan } from '../../../page/marks/page-plan.ts';
import type { Voice } from '../words/voice.ts';
import { factsOf, toldEntries } from './story.ts';
import type { PlanView } from './view.ts';

/** What a view does not say itself. */
interface PageRules {
  /** Of the settings: for rows that do not say when their owner allows a restart. */
  calendar: Calendar;
  now: Instant;
  voice: Voice;
}

/** The plan of a page. */
export function pagePlanOf(view: PlanView, { calendar, now, voice }: PageRules): PagePlan {
  const { row, regionId, instanceId, name, group, status, needsPerson, hold, reason, faults } = view;
  const { executeAt, latestStart, notBefore } = view;
  const plan = row.read.kind === 'plan' ? row.read.plan : undefined;
  return {
    ...{ regionId, instanceId, status, needsPerson, reason, faults },
    ...(name === undefined ? {} : { name }),
    ...(group === undefined ? {} : { group }),
    ...(hold === undefined ? {} : { hold }),
    ...(executeAt === undefined ? {} : { executeAt }),
    ...(latestStart === undefined ? {} : { latestStart }),
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(plan?.intent === undefined ? {} : { sentAt: plan.intent.at }),
    ...(plan?.finishedAt === undefined ? {} : { finishedAt: plan.finishedAt }),
    calendar: calendarOf(plan?.rules, calendar),
    facts: factsOf(view, { now, voice }).map(([fact, value]) => [voice.say(fact), value]),
    entries: plan === undefined ? [] : toldEntries(plan, voice),
  };
}
