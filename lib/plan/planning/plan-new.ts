// The first plan of an instance, or its next one instead of a finished plan.
import { earliest, isAfter, plus } from '../calendar/instant.ts';
import type { Stamp } from '../change.ts';
import { closedEvents, lastRestartEnd, mayBeJudgedAgain, unprovenOf, type Plan } from '../plan.ts';
import { recordOf } from '../rules.ts';
import { atIn, state, withAlso } from '../statement.ts';
import { create, createEnded } from '../transitions.ts';
import { idsOf } from './judgement-case.ts';
import type { Judgement } from './judgement.ts';
import { judge } from './judge.ts';
import { draftOf, endOf, planned, type Proposal } from './proposal.ts';
import type { Question } from './question.ts';
import { answerLag, type Sighting } from './sighting.ts';

/** Former events that a row keeps. ECS itself forgets finished events after 30 days. */
const formerLimit = 100;

/** Proposes a new plan for the events of the sighting. No plan that has ended for good is about any of them. */
export function planNew(question: Question): Proposal {
  const { sighting, row: replaced, stamp } = question;
  const judgement = judge(question);
  const blank = { ...blankPlan(sighting, replaced, judgement), ...pauseOf(question) };
  const parts = { blank, replaced };
  const created = { kind: 'created', ...(replaced === undefined ? {} : { replaces: replaced }) } as const;
  const { problems } = judgement;
  if (judgement.kind === 'end') {
    // The group that pauses. No later judgement decides it.
    const group = blank.formerEndedAt === undefined ? undefined : replaced?.group;
    const ofGroup = { blank: { ...blank, ...(group === undefined ? {} : { group }) }, replaced };
    return { ...created, plan: createEnded(ofGroup, stamp, endOf(judgement, blank)), problems };
  }
  const draft = draftOf(judgement, blank);
  const announced = state('announced', { eventIds: idsOf(judgement.events) });
  const what = planned(draft, announced, judgement.rules.calendar.timeZone);
  const waitUntil = mayBeAnsweredUntil(replaced, stamp);
  if (waitUntil === undefined) return { ...created, plan: create(parts, stamp, draft, what), problems };
  const { timeZone } = judgement.rules.calendar;
  const reason = withAlso(draft.reason, [state('possibly-answered', atIn(waitUntil, timeZone))]);
  return { ...created, plan: create(parts, stamp, { ...draft, reason, waitUntil }, what), problems };
}

/**
 * Until when our last restart may turn out to have answered the new events, too: the next restart waits until then.
 * Undefined where that time has passed. An intent lies in the past: a later one was edited, and counts as now.
 */
function mayBeAnsweredUntil(replaced: Plan | undefined, stamp: Stamp): Plan['waitUntil'] {
  if (replaced?.intent === undefined) return undefined;
  const until = plus(earliest(replaced.intent.at, stamp.at), answerLag);
  return isAfter(until, stamp.at) ? until : undefined;
}

/** The row of a restarted instance is replaced. The pause of its group goes on, so that the new row says since when. */
function pauseOf({ row: replaced, settings, stamp }: Question): Pick<Plan, 'formerEndedAt'> {
  const { groupPause = 0 } = settings.limits;
  const ended = replaced?.group === undefined ? undefined : lastRestartEnd(replaced);
  const isOver = ended === undefined || !isAfter(plus(ended, groupPause), stamp.at);
  return isOver ? {} : { formerEndedAt: ended };
}

function blankPlan(sighting: Sighting, replaced: Plan | undefined, judgement: Judgement): Plan {
  const { name } = sighting.instance ?? {};
  const { ecsWindow } = judgement;
  // Events for which a restart may have been sent, or a person decided, never make a plan again.
  const closed = replaced === undefined || mayBeJudgedAgain(replaced) ? [] : closedEvents(replaced);
  const unproven = replaced && unprovenOf(replaced);
  const former = [...new Set([...closed, ...(replaced?.formerEventIds ?? [])])];
  return {
    regionId: sighting.regionId,
    instanceId: sighting.instanceId,
    ...(name === undefined ? {} : { instanceName: name }),
    planId: planIdFor(judgement, replaced),
    status: 'Planned',
    reason: judgement.reason,
    eventIds: [],
    formerEventIds: former.slice(0, formerLimit),
    laterEventIds: [],
    rules: recordOf(judgement.rules),
    ...(ecsWindow === undefined ? {} : { ecsWindow }),
    ...(unproven === undefined ? {} : { unproven }),
    pinned: false,
    approval: 'not-required',
    version: replaced?.version ?? 0,
    timeline: [],
  };
}

/** The id of an event. A later plan for the same event adds its version, which only grows. */
function planIdFor({ events }: Judgement, replaced: Plan | undefined): string {
  const eventId = idsOf(events)[0] ?? 'unknown-event';
  return replaced === undefined ? eventId : `${eventId}.${replaced.version + 1}`;
}
