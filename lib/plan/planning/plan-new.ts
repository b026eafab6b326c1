// The first plan of an instance, or its next one in the place of a finished plan.
import { isAfter, iso, plus } from '../calendar/instant.ts';
import { judge, names } from './judgement.ts';
import { answerLag, type Sighting } from './sighting.ts';
import { mayBeJudgedAgain, type Plan } from '../plan.ts';
import { aboutEventsOf, described, scheduleOf, type Planning } from './proposal.ts';
import { rulesText } from '../rules.ts';
import type { PlannerSettings } from '../settings.ts';
import type { SlotsOf } from '../spacing/slots.ts';
import { change, end, type Schedule, type Stamp } from '../transitions.ts';

/** Former events kept in a row; ECS itself forgets finished ones after 30 days. */
const formerLimit = 100;

/** A new plan for the events of `sighting`, none of which belongs to a closed chapter of `replaced`. */
export function newPlan(
  sighting: Sighting,
  replaced: Plan | undefined,
  settings: PlannerSettings,
  stamp: Stamp,
  slotsOf: SlotsOf,
): Planning {
  const judgement = judge(sighting, settings, stamp.at, slotsOf);
  const blank: Plan = {
    ...blankPlan(sighting, replaced),
    planId: planIdFor(judgement.events, replaced),
    rules: rulesText(judgement.rules),
  };
  const replaces = replaced === undefined ? {} : { replaces: replaced };
  if (judgement.kind === 'ending') {
    const ended = end(blank, stamp, judgement.status, judgement.reason, judgement.cause);
    const plan = aboutEventsOf(judgement, ended);
    return { kind: 'created', plan, ...replaces, problems: judgement.problems };
  }
  const schedule = withSettlingReason(scheduleOf(judgement, blank), settling(replaced, stamp));
  const why = `ECS announced ${names(judgement.events)}`;
  const what = described(schedule, why, judgement.rules.calendar.timeZone);
  const plan = { ...change(blank, stamp, schedule, what), ...settling(replaced, stamp) };
  return { kind: 'created', plan, ...replaces, problems: judgement.problems };
}

/** An event's id, told apart from plans that the same event made before: versions only grow. */
function planIdFor(events: readonly { eventId?: string }[], replaced: Plan | undefined): string {
  const eventId = events.find((event) => event.eventId !== undefined)?.eventId ?? 'unknown-event';
  return replaced === undefined ? eventId : `${eventId}.${replaced.version + 1}`;
}

/**
 * An event that is found right after a restart of ours may have been answered by it, and show so only later: the next
 * restart waits until that would have shown.
 */
function settling(replaced: Plan | undefined, stamp: Stamp): Pick<Plan, 'waitUntil'> {
  if (replaced?.intent === undefined) return {};
  const waitUntil = plus(replaced.intent.at, answerLag);
  return isAfter(waitUntil, stamp.at) ? { waitUntil } : {};
}

function withSettlingReason(schedule: Schedule, { waitUntil }: Pick<Plan, 'waitUntil'>): Schedule {
  if (waitUntil === undefined) return schedule;
  const why = `Our last restart may have answered it already, which would show by ${iso(waitUntil)}.`;
  return { ...schedule, reason: `${why} ${schedule.reason}` };
}

function blankPlan(sighting: Sighting, replaced: Plan | undefined): Omit<Plan, 'planId' | 'rules'> {
  const { name } = sighting.instance ?? {};
  // Events for which a restart may have been sent, or a person decided, make no plan ever again.
  const closed = replaced === undefined || mayBeJudgedAgain(replaced) ? [] : replaced.eventIds;
  const former = [...new Set([...closed, ...(replaced?.formerEventIds ?? [])])];
  return {
    regionId: sighting.regionId,
    instanceId: sighting.instanceId,
    ...(name === undefined ? {} : { instanceName: name }),
    status: 'Planned',
    reason: '',
    eventIds: [],
    formerEventIds: former.slice(0, formerLimit),
    laterEventIds: [],
    pinned: false,
    approval: 'not-required',
    version: replaced?.version ?? 0,
    timeline: [],
  };
}
