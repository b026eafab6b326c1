// The plans of the demo as a page, and a part of its night as a picture.
import { Temporal } from 'temporal-polyfill';
import { pagePlanOf } from '../../lib/cli/plans/shown/page-plans.ts';
import { voiceOf } from '../../lib/cli/plans/words/voice.ts';
import type { PagePlan } from '../../lib/page/marks/page-plan.ts';
import { panelsOf } from '../../lib/page/marks/panels.ts';
import { planPage } from '../../lib/page/page.ts';
import { planPicture } from '../../lib/page/picture.ts';
import type { Calendar } from '../../lib/plan/calendar/calendar.ts';
import type { Language } from '../../lib/wording/languages.ts';
import type { Evidence } from '../observer/evidence.ts';
import { crewGroup } from './crew.ts';
import { viewsOf } from './views.ts';

/** Of whom the page is, and when. */
export interface Showing {
  /** Of the settings. */
  calendar: Calendar;
  language: Language;
  /** Epoch milliseconds. */
  now: number;
}

/** The page of all plans, as `npx reboot-plans timeline` writes it. */
export function nightPage(evidence: Evidence, showing: Showing): string {
  const { calendar, language } = showing;
  return planPage(pagePlansOf(evidence, showing), {
    language,
    timeZone: calendar.timeZone,
    now: instantOf(showing),
  });
}

/** The instances of the crew, and below them some whose nights were different, for the README. */
export function nightPicture(evidence: Evidence, showing: Showing): string {
  const { calendar, language } = showing;
  const plans = pagePlansOf(evidence, showing);
  const crew = plans.filter(({ group }) => group === crewGroup);
  const others = pictured.map((wanted) => plans.find(({ name }) => name === wanted));
  const rows = [...panelsOf(crew).flatMap((panel) => panel.plans), ...others.flatMap((plan) => plan ?? [])];
  return planPicture(rows, { language, timeZone: calendar.timeZone });
}

/** One with a backup and commands, one whose event never turned Avoided, and one that nobody may restart. */
const pictured: readonly string[] = ['full-runbook', 'never-turns', 'stopped'];

function pagePlansOf(evidence: Evidence, { calendar, language, now }: Showing): PagePlan[] {
  const voice = voiceOf(language);
  const at = Temporal.Instant.fromEpochMilliseconds(now);
  return viewsOf(evidence, calendar.timeZone, voice).map((view) =>
    pagePlanOf(view, { calendar, now: at, voice }),
  );
}

function instantOf({ now }: Showing): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(now);
}
