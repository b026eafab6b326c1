// A plan for which nothing was sent: it stands, it is planned again because the events, the rules or an edit say otherwise
// now, or it ends.
import { isAfter } from '../calendar/instant.ts';
import { isOpen } from '../event.ts';
import { waitsTooLong, type Plan } from '../plan.ts';
import { alone, type SlotsOf } from '../spacing/slots.ts';
import { atIn, state, withAlso, type Statement } from '../statement.ts';
import { preCommandToUndo } from '../steps.ts';
import { end, reschedule, type Draft } from '../transitions.ts';
import { judge } from './judge.ts';
import { byNotBefore } from './judgement-case.ts';
import type { EndJudgement, Judgement, RebootJudgement } from './judgement.ts';
import { isWindowInterval } from './places.ts';
import { pinnedInterval } from './pinned.ts';
import { withKnownWindow } from './known-window.ts';
import { drainedUntil, withDrained } from './drained.ts';
import { draftOf, endOf, planned, unchanged, type Proposal } from './proposal.ts';
import type { RowQuestion } from './question.ts';
import { endOfVanished } from './vanished.ts';
import { whyAgain } from './why-again.ts';

/** Proposes what to write where the row waits, or is being prepared. */
export function planWaiting(asked: RowQuestion): Proposal {
  const question = withKnownWindow(asked);
  const { row, sighting, stamp } = question;
  const open = sighting.events.filter(isOpen).sort(byNotBefore);
  if (!open.some(({ eventId }) => row.eventIds.includes(eventId))) {
    // Its own events are over: it ends with them. Other events get a plan of their own in the same run.
    const over = vanished(question);
    if (open.length === 0 || over.kind !== 'unchanged') return over;
  }
  const judgement = judgeWaiting({ ...question, sighting: { ...sighting, events: open } });
  if (judgement.kind === 'end') return ended(question, judgement);
  const dropped = droppedWait(question, judgement);
  const why = whyAgain({ row, judgement, seen: sighting.events, now: stamp.at }) ?? dropped;
  const { timeZone } = judgement.rules.calendar;
  const moment = { now: stamp.at, timeZone };
  if (why === undefined) {
    return unchanged([...judgement.problems, ...present(drainedUntil(row, row.executeAt, moment))]);
  }
  const kept = row.pinned ? pinnedInterval(row, judgement, stamp.at) : undefined;
  const draft = sinceThen(draftOf(judgement, row), row);
  const next =
    kept === undefined
      ? { ...draft, pinned: false }
      : { ...draft, ...kept, reason: row.reason, pinned: true };
  const drained = drainedUntil(row, next.executeAt, moment);
  const what = planned(next, why, timeZone);
  const plan = reschedule(row, stamp, { ...next, reason: withDrained(next.reason, drained) }, what);
  const unpinned = row.pinned && kept === undefined ? state('unpinned', { why, planned: what }) : undefined;
  const problems = [...judgement.problems, ...present(unpinned, dropped, drained)];
  return { kind: 'updated', plan, from: row, problems };
}

function present(...statements: readonly (Statement | undefined)[]): Statement[] {
  return statements.filter((statement) => statement !== undefined);
}

/** Somebody edited wait_until: the plan would wait past its time. */
function droppedWait({ row, stamp }: RowQuestion, { rules }: RebootJudgement): Statement | undefined {
  if (row.waitUntil === undefined || !waitsTooLong(row, stamp.at)) return undefined;
  return state('wait-dropped', atIn(row.waitUntil, rules.calendar.timeZone));
}

/** A last resort that is planned again says since when no window has been left: since the first time. */
function sinceThen(draft: Draft, { rules }: Plan): Draft {
  const { reason, rules: next } = draft;
  const since = rules?.lastResort?.since;
  if (next?.lastResort === undefined || since === undefined) return draft;
  return {
    ...draft,
    reason: reason.code === 'last-resort' ? { ...reason, values: { ...reason.values, since } } : reason,
    rules: { ...next, lastResort: { ...next.lastResort, since } },
  };
}

/**
 * Against NO_WINDOW=leave stands the pinned time of an operator, and an interval that has not passed and whose slot is not
 * taken, even if too little of it is left for a new plan. Approval, events and the deadline count as always.
 */
function judgeWaiting(question: RowQuestion): Judgement {
  const { row, settings, stamp } = question;
  const judgement = judge(question);
  if (judgement.kind === 'reboot' || judgement.cause !== 'policy') return judgement;
  if (!row.pinned) return stands(question, judgement) ? judge({ ...question, slotsOf: own(row) }) : judgement;
  const soonest = { ...settings, rules: { ...settings.rules, noWindow: 'soonest' } } as const;
  const pinned = judge({ ...question, settings: soonest });
  if (pinned.kind === 'end' || pinnedInterval(row, pinned, stamp.at) === undefined) return judgement;
  return { ...pinned, rules: judgement.rules, problems: [] };
}

function stands(question: RowQuestion, { notBefore, rules }: EndJudgement): boolean {
  const { row, slotsOf, stamp } = question;
  const { decision, executeAt, latestStart } = row;
  if (decision !== 'window' || executeAt === undefined || latestStart === undefined) return false;
  if (notBefore === undefined || isAfter(stamp.at, latestStart)) return false;
  const keepsSlot = !isAfter(executeAt, stamp.at) || slotsOf(rules.group, rules.slot).keeps(executeAt);
  return keepsSlot && isWindowInterval({ executeAt, latestStart }, notBefore, rules);
}

/** The slot that the row has. */
function own({ executeAt, latestStart }: Plan): SlotsOf {
  return (group, slot) => ({
    ...alone(group, slot),
    choose: () => (executeAt && latestStart ? { executeAt, latestStart } : undefined),
  });
}

function vanished(question: RowQuestion): Proposal {
  const { row, stamp } = question;
  const verdict = endOfVanished(question);
  if (verdict.kind === 'wait') return unchanged([verdict.problem]);
  const plan = end(row, stamp, verdict.end);
  const isPlain = verdict.isPlain && preCommandToUndo(row) === undefined;
  return { kind: 'ended', plan, from: row, problems: isPlain ? [] : [plan.reason] };
}

function ended({ row, stamp }: RowQuestion, judgement: EndJudgement): Proposal {
  const how = endOf(judgement, row);
  const isLate = judgement.cause === 'too-late';
  const isBeforeItsTime = judgement.notBefore !== undefined && isAfter(judgement.notBefore, stamp.at);
  if (isLate && row.status === 'AwaitingApproval' && isBeforeItsTime) {
    const reason = state('unapproved', {}, [judgement.reason]);
    const plan = end(row, stamp, { ...how, status: 'Escalated', cause: 'unapproved', reason });
    return { kind: 'ended', plan, from: row, problems: [reason] };
  }
  // The operator of a plan that came too late wants to know what it waited for.
  const reason = isLate && hasWaited(row) ? withAlso(judgement.reason, [row.reason]) : judgement.reason;
  const plan = end(row, stamp, { ...how, reason });
  return { kind: 'ended', plan, from: row, problems: judgement.problems };
}

function hasWaited({ waitUntil }: Plan): boolean {
  return waitUntil !== undefined;
}
