// The data of the timeline for programs that draw themselves: each plan with its times, its windows and its blackouts. The names
// are those of the columns. Fields are only added.
import { iso, type Instant } from '../../../plan/calendar/instant.ts';
import type { Stretch } from '../../../plan/calendar/stretch.ts';
import { chartOf } from '../../../page/marks/chart.ts';
import type { PagePlan } from '../../../page/marks/page-plan.ts';
import { panelsOf } from '../../../page/marks/panels.ts';

/** The version of this format. */
const version = 1;

/** One JSON object, in one line. The plans are in the order of the page. */
export function timelineJson(plans: readonly PagePlan[], now: Instant, timeZone: string): string {
  const ordered = panelsOf(plans).flatMap((panel) => panel.plans);
  return JSON.stringify({
    version,
    now: iso(now),
    time_zone: timeZone,
    plans: ordered.map((plan) => planOf(plan, now)),
  });
}

function planOf(plan: PagePlan, now: Instant): object {
  const { range, windows, blackouts } = chartOf([plan], now);
  return {
    region_id: plan.regionId,
    instance_id: plan.instanceId,
    ...(plan.name === undefined ? {} : { instance_name: plan.name }),
    ...(plan.group === undefined ? {} : { group: plan.group }),
    status: plan.status,
    needs_person: plan.needsPerson,
    ...(plan.hold === undefined ? {} : { hold: plan.hold }),
    ...timeOf('execute_at', plan.executeAt),
    ...timeOf('latest_start', plan.latestStart),
    ...timeOf('not_before', plan.notBefore),
    ...timeOf('intent_at', plan.sentAt),
    ...timeOf('finished_at', plan.finishedAt),
    // Between these two, windows and blackouts are listed.
    range: stretchOf(range),
    windows: windows.map(stretchOf),
    blackouts: blackouts.map(stretchOf),
  };
}

function timeOf(name: string, at: Instant | undefined): object {
  return at === undefined ? {} : { [name]: iso(at) };
}

function stretchOf({ start, end }: Stretch): object {
  return { from: iso(start), to: iso(end) };
}
