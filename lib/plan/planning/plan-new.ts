// The first plan of an instance, or its next one instead of a finished plan.
import { earliest, isAfter, latest, plus } from '../calendar/instant.ts';
import { operatorOf, type Edit } from '../edit.ts';
import { newsLeftBy } from '../news.ts';
import {
  closedEvents,
  isRetryAsked,
  lastRestartEnd,
  mayBeJudgedAgain,
  unprovenOf,
  type Plan,
} from '../plan.ts';
import { recordOf } from '../rules.ts';
import { atIn, state, withAlso, type Statement } from '../statement.ts';
import { create, createEnded } from '../transitions.ts';
import { idsOf } from './judgement-case.ts';
import type { Judgement } from './judgement.ts';
import { judge } from './judge.ts';
import { isKept, lastVersion, type PastPlan } from './past.ts';
import { draftOf, endOf, planned, type Proposal } from './proposal.ts';
import type { Question } from './question.ts';
import { answerLag } from './sighting.ts';

/** Former events that a row keeps. ECS itself forgets finished events after 30 days. */
const formerLimit = 100;

/** Proposes a new plan for the events of the sighting. No plan that has ended for good is about any of them. */
export function planNew(question: Question): Proposal {
  return planAs(question, judge(question));
}

/** Proposes a new plan as the judgement says. */
export function planAs(question: Question, judgement: Judgement): Proposal {
  const { row: replaced, stamp, past = [], earlier } = question;
  const blank = { ...blankPlan(question, judgement), ...pauseOf(question) };
  const parts = { blank, replaced };
  const created = {
    kind: 'created',
    ...(replaced === undefined ? {} : { replaces: replaced, isKept: isKept(past, replaced) }),
  } as const;
  // A person ended the earlier plan, or has to look at it still. Where the row is gone, nobody knows.
  const isNews = earlier !== undefined && (replaced === undefined || replaced.status === 'Escalated');
  const problems = [...judgement.problems, ...(isNews ? [earlier] : [])];
  if (judgement.kind === 'end') {
    // The group that pauses, or that an earlier restart holds up. No later judgement decides it.
    const isHeldUp = blank.formerEndedAt !== undefined || blank.unproven !== undefined;
    const group = isHeldUp ? replaced?.group : undefined;
    const ofGroup = { blank: { ...blank, ...(group === undefined ? {} : { group }) }, replaced };
    return { ...created, plan: createEnded(ofGroup, stamp, endOf(judgement, blank)), problems };
  }
  const draft = draftOf(judgement, blank);
  const what = planned(draft, whyNew(question, judgement), judgement.rules.calendar.timeZone);
  const waitUntil = mayBeAnsweredUntil(question);
  if (waitUntil === undefined) return { ...created, plan: create(parts, stamp, draft, what), problems };
  const { timeZone } = judgement.rules.calendar;
  const reason = withAlso(draft.reason, [state('possibly-answered', atIn(waitUntil, timeZone))]);
  return { ...created, plan: create(parts, stamp, { ...draft, reason, waitUntil }, what), problems };
}

function whyNew({ row }: Question, { events }: Judgement): Statement {
  const eventIds = idsOf(events);
  if (row === undefined || !isRetryAsked(row)) return state('announced', { eventIds });
  return state('asked-again', { by: operatorOf(row), planId: row.planId, eventIds });
}

/**
 * Until when our last restart may turn out to have answered the new events, too: the next restart waits until then.
 * Undefined where that time has passed. An intent lies in the past: a later one was edited, and counts as now.
 */
function mayBeAnsweredUntil({ row: replaced, stamp, past = [] }: Question): Plan['waitUntil'] {
  const sent = [replaced?.intent?.at, ...past.map(({ sentAt }) => sentAt)].filter((at) => at !== undefined);
  if (sent.length === 0) return undefined;
  const until = plus(earliest(sent.reduce(latest), stamp.at), answerLag);
  return isAfter(until, stamp.at) ? until : undefined;
}

/** The row of a restarted instance is replaced. The pause of its group goes on, so that the new row says since when. */
function pauseOf({ row: replaced, settings, stamp }: Question): Pick<Plan, 'formerEndedAt'> {
  const { groupPause = 0 } = settings.limits;
  const ended = replaced?.group === undefined ? undefined : lastRestartEnd(replaced);
  const isOver = ended === undefined || !isAfter(plus(ended, groupPause), stamp.at);
  return isOver ? {} : { formerEndedAt: ended };
}

function blankPlan({ sighting, row: replaced, past = [] }: Question, judgement: Judgement): Plan {
  const { name } = sighting.instance ?? {};
  const { ecsWindow } = judgement;
  const own = idsOf(judgement.events);
  // Events for which a restart may have been sent, or a person decided, never make a plan again, unless a person asks for it.
  const isClosed = replaced !== undefined && !mayBeJudgedAgain(replaced);
  const closed = isClosed ? closedEvents(replaced).filter((id) => !own.includes(id)) : [];
  const unproven = replaced && unprovenOf(replaced);
  const gone = past.flatMap(({ closedEventIds }) => closedEventIds).filter((id) => !own.includes(id));
  const former = [...new Set([...closed, ...(replaced?.formerEventIds ?? []), ...gone])];
  return {
    regionId: sighting.regionId,
    instanceId: sighting.instanceId,
    ...(name === undefined ? {} : { instanceName: name }),
    planId: planIdFor(judgement, replaced, past),
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
    ...standingWishes(replaced),
    ...newsLeftBy(replaced),
    version: replaced?.version ?? lastVersion(past),
    timeline: [],
  };
}

/**
 * A hold that nobody took away, and a demand for an approval that nobody granted. The new plan says whose they are, as far as
 * the row does.
 */
function standingWishes(replaced: Plan | undefined): Pick<Plan, 'hold' | 'approvalAskedBy' | 'edits'> {
  const { hold, approval, approvalAskedBy } = replaced ?? {};
  const by = operatorOf(replaced ?? {});
  const askedBy = approval === 'required' ? approvalAskedBy : undefined;
  const edits: Edit[] = [
    ...(hold === undefined ? [] : [{ by, what: state('hold-set', { why: hold }) }]),
    ...(askedBy === undefined ? [] : [{ by: askedBy, what: state('approval-asked', {}) }]),
  ];
  return {
    ...(hold === undefined ? {} : { hold }),
    ...(askedBy === undefined ? {} : { approvalAskedBy: askedBy }),
    ...(edits.length === 0 ? {} : { edits }),
  };
}

/** The id of an event. A later plan of the instance adds its version, which only grows. */
function planIdFor({ events }: Judgement, replaced: Plan | undefined, past: readonly PastPlan[]): string {
  const eventId = idsOf(events)[0] ?? 'unknown-event';
  if (replaced === undefined && past.length === 0) return eventId;
  return `${eventId}.${Math.max(replaced?.version ?? 0, lastVersion(past)) + 1}`;
}
