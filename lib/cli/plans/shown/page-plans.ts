// Rows as the pages of lib/page take them: everything is said in the language of the call. Where a person asks for a time, plans
// belong to it that left the plans table for the history.
import type { Calendar } from '../../../plan/calendar/calendar.ts';
import type { HandRow } from '../../../alibaba/tablestore/hand-edits.ts';
import { isBefore, type Instant } from '../../../plan/calendar/instant.ts';
import { calendarOf } from '../../../page/marks/plan-calendar.ts';
import type { PagePlan } from '../../../page/marks/page-plan.ts';
import type { Account } from '../ports.ts';
import type { Voice } from '../words/voice.ts';
import { factsOf, toldEntries } from './story.ts';
import { viewOf, type PlanView } from './view.ts';

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

/** What is asked of the plans. */
interface PageQuestion {
  region?: string;
  /** Plans that ended before this are left out. Without it nobody asks for plans whose rows have left. */
  since?: Instant;
  now: Instant;
  voice: Voice;
}

/** The plans of the account, and those in the history that ended since then. */
export async function pagePlansIn(
  { rows, ended, rules: { calendar } }: Pick<Account, 'rows' | 'ended' | 'rules'>,
  { region, since, now, voice }: PageQuestion,
): Promise<PagePlan[]> {
  const asked = { calendar, now, voice };
  const shown = (row: HandRow): PagePlan => pagePlanOf(viewOf(row, calendar.timeZone, voice), asked);
  // This table first: a plan that leaves it meanwhile comes from one of them.
  const current = await rows.all(region);
  const names = new Set(current.map(nameOf));
  const past = since === undefined ? [] : await ended(since.epochMilliseconds);
  const left = past.filter((row) => (region ?? row.regionId) === row.regionId && !names.has(nameOf(row)));
  // Nothing rests on a row any more that has left: it asks nobody for anything.
  return [...current.map(shown), ...left.map((row) => ({ ...shown(row), needsPerson: false }))].filter(
    ({ finishedAt }) => !since || !finishedAt || !isBefore(finishedAt, since),
  );
}

function nameOf({ regionId, instanceId, cells }: HandRow): string {
  return `${regionId} ${instanceId} ${String(cells['plan_id'])}`;
}
