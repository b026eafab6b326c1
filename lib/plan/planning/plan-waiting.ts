// A plan for which nothing was sent: it stands, it is planned again because the events, the rules or an edit say otherwise
// now, or it ends.
import { isAfter, type Instant } from '../calendar/instant.ts';
import { editOf } from '../edit.ts';
import { isOpen } from '../event.ts';
import { waitsTooLong, type Plan } from '../plan.ts';
import { atIn, state, withAlso, type Statement } from '../statement.ts';
import { preCommandToUndo } from '../draining.ts';
import { bareReason } from '../told-waits.ts';
import { withSaidOfUndo } from '../undo.ts';
import { end, reschedule } from '../transitions.ts';
import { judgeWaiting } from './judge-row.ts';
import { byNotBefore } from './judgement-case.ts';
import type { EndJudgement, RebootJudgement } from './judgement.ts';
import { withKnownWindow } from './known-window.ts';
import { drainedUntil, isForPerson } from './drained.ts';
import { endOf, planned, unchanged, type Proposal } from './proposal.ts';
import type { RowQuestion } from './question.ts';
import { pinRefusedByLeave, redraft, refusedPinOf } from './redraft.ts';
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
    return unchanged([...judgement.problems, ...present(drainedUntil(row, row, moment)).filter(isForPerson)]);
  }
  const { draft: next, refusedPin, outdated } = redraft(row, judgement, stamp.at, why);
  const drained = drainedUntil(row, next, moment);
  const what = planned(next, why, timeZone);
  const plan = reschedule(row, stamp, { ...next, reason: withSaidOfUndo(next.reason, [drained]) }, what);
  const pinWhy = refusedPin?.code === 'pin-refused' ? refusedPin.values.why : why;
  const unpinned = row.pinned && !next.pinned ? state('unpinned', { why: pinWhy, planned: what }) : undefined;
  const forPerson = present(drained).filter(isForPerson);
  const problems = [...judgement.problems, ...present(unpinned, outdated, dropped), ...forPerson];
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
    const reason = state('unapproved', {}, [judgement.reason, wasHeld(row)]);
    const plan = end(row, stamp, { ...how, status: 'Escalated', cause: 'unapproved', reason });
    return { kind: 'ended', plan, from: row, problems: [reason] };
  }
  // The operator of a plan that came too late wants to know what it waited for.
  const waited = isLate && hasWaited(row) ? bareReason(row.reason) : undefined;
  const unpinned = pinRefusedByLeave(row, judgement, stamp.at);
  const refusedPin = unpinned ?? refusedPinAtEnd(row, judgement, stamp.at);
  const reason = withAlso(judgement.reason, [waited, wasHeld(row), refusedPin]);
  const plan = end(row, stamp, { ...how, reason, ...(unpinned === undefined ? {} : { pinned: false }) });
  return { kind: 'ended', plan, from: row, problems: [...judgement.problems, ...present(unpinned)] };
}

/** Only where it is the hold that kept the plan from its restart. */
function wasHeld({ hold }: Plan): Statement | undefined {
  return hold === undefined ? undefined : state('was-held', { why: hold });
}

/** Somebody has just pinned a time, and the plan ends all the same. */
function refusedPinAtEnd(row: Plan, { notBefore, rules }: EndJudgement, now: Instant): Statement | undefined {
  if (notBefore === undefined || editOf(row, 'pinned-by-hand') === undefined) return undefined;
  return refusedPinOf(row, { notBefore, rules }, now);
}

function hasWaited({ waitUntil, reason }: Plan): boolean {
  return waitUntil !== undefined || bareReason(reason).code === 'stopped';
}
