// From what was seen of an instance and what its row says to what its row should say. The plan function asks this for every
// instance with open events or a waiting plan. The execute function asks it before a restart.
import { isAfter, plus, type Milliseconds } from '../calendar/instant.ts';
import { isOpen } from '../event.ts';
import { dueAt, hasBegun, isSuspended, type Plan } from '../plan.ts';
import { state } from '../statement.ts';
import { isFinal } from '../status.ts';
import { lookNow, noteEvents } from '../transitions.ts';
import { idsOf } from './judgement-case.ts';
import { forgottenBeside, openIn, planForgotten } from './plan-forgotten.ts';
import { planFinished } from './plan-finished.ts';
import { closedByHistory } from './past.ts';
import { planNew } from './plan-new.ts';
import { planWaiting } from './plan-waiting.ts';
import { unchanged, type Proposal } from './proposal.ts';
import type { Question, RowQuestion } from './question.ts';
import type { Sighting } from './sighting.ts';

/** Proposes what to write for one instance. */
export function planInstance(asked: Question): Proposal {
  const question = ofOpenChapters(asked);
  const { sighting, row } = question;
  if (row === undefined) {
    const isQuiet = !sighting.events.some(isOpen) && sighting.odd.length === 0;
    return isQuiet ? (planForgotten(asked) ?? unchanged()) : planNew(question);
  }
  const withRow = { ...question, row };
  if (isFinal(row.status)) {
    const proposal = planFinished(withRow);
    return (proposal.kind === 'unchanged' ? planForgotten(asked) : undefined) ?? proposal;
  }
  const isWaiting = !hasBegun(row) || (isSuspended(row) && !isDueTooFar(withRow));
  const proposal = isWaiting ? planWaiting(withRow) : planBegun(withRow);
  return { ...proposal, problems: [...proposal.problems, ...forgottenBeside(asked)] };
}

/** Proposes what to write for a plan that waits, or that an execution prepares: nothing was sent for it. */
export function planBeforeReboot(question: RowQuestion): Proposal {
  return planWaiting(ofOpenChapters(question));
}

/**
 * Without the events of earlier plans, which the row names, or the history where the row does not.
 */
function ofOpenChapters<Q extends Question>(question: Q): Q {
  const { sighting, row, past = [] } = question;
  if (past.length === 0 && (row?.formerEventIds ?? []).length === 0) return question;
  const former = new Set([...(row?.formerEventIds ?? []), ...closedByHistory(past, row).keys()]);
  const isFormer = ({ eventId }: { eventId?: string }): boolean => former.has(eventId ?? '');
  const isCurrent = (event: { eventId?: string }): boolean => !isFormer(event);
  const eventIds = idsOf(openIn(sighting).filter(isFormer));
  return {
    ...question,
    ...(eventIds.length === 0 ? {} : { earlier: state('earlier-open', { eventIds }) }),
    sighting: {
      ...sighting,
      events: sighting.events.filter(isCurrent),
      odd: sighting.odd.filter(isCurrent),
    },
  };
}

/** Leases and looks are minutes ahead. A row that waits longer was edited. */
const longestLease: Milliseconds = 3_600_000;

function isDueTooFar({ row, stamp }: RowQuestion): boolean {
  const due = dueAt(row);
  return due !== undefined && isAfter(due, plus(stamp.at, longestLease));
}

/**
 * A plan under way is not disturbed. Events that are announced meanwhile are noted once the plan is Verifying, and planned
 * when it ends. Before that, a write would void the condition of the execution that is about to restart the instance.
 */
function planBegun(question: RowQuestion): Proposal {
  const { sighting, row, stamp } = question;
  if (isDueTooFar(question)) {
    const what = state('due-too-far', {});
    return { kind: 'updated', plan: lookNow(row, stamp, what), from: row, problems: [what] };
  }
  const problems = sighting.odd.map(({ faults }) => state('odd-event', { faults }));
  const eventIds = newEventIds(sighting, row);
  if (eventIds.length === 0) return unchanged(problems);
  if (row.status !== 'Verifying') {
    return unchanged([...problems, state('announced-before-send', { eventIds })]);
  }
  const what = state('announced-meanwhile', { eventIds });
  const plan = noteEvents(row, stamp, [...row.laterEventIds, ...eventIds], what);
  return { kind: 'updated', plan, from: row, problems };
}

function newEventIds({ events }: Sighting, row: Plan): string[] {
  const known = new Set([...row.eventIds, ...row.laterEventIds]);
  return idsOf(events.filter((event) => isOpen(event) && !known.has(event.eventId)));
}
