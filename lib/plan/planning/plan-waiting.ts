// A plan for which nothing was sent: it stands, it is planned again because the events, the rules or an edit say otherwise
// now, or it ends.
import { isAfter } from '../calendar/instant.ts';
import { isOpen } from '../event.ts';
import type { Plan } from '../plan.ts';
import { state, withAlso } from '../statement.ts';
import { alone, type SlotsOf } from '../spacing/slots.ts';
import { preCommandToUndo } from '../steps.ts';
import { end, reschedule, type Draft } from '../transitions.ts';
import { judge } from './judge.ts';
import { byNotBefore } from './judgement-case.ts';
import type { EndJudgement, Judgement } from './judgement.ts';
import { isWindowInterval } from './places.ts';
import { pinnedInterval } from './pinned.ts';
import { draftOf, endOf, planned, unchanged, type Proposal } from './proposal.ts';
import type { RowQuestion } from './question.ts';
import { endOfVanished } from './vanished.ts';
import { whyAgain } from './why-again.ts';

/** Proposes what to write where the row waits, or is being prepared. */
export function planWaiting(question: RowQuestion): Proposal {
  const { row, sighting, stamp } = question;
  const open = sighting.events.filter(isOpen).sort(byNotBefore);
  if (open.length === 0) return vanished(question);
  const judgement = judgeWaiting({ ...question, sighting: { ...sighting, events: open } });
  if (judgement.kind === 'end') return ended(question, judgement);
  const why = whyAgain({ row, judgement, seen: sighting.events, now: stamp.at });
  if (why === undefined) return unchanged(judgement.problems);
  const kept = row.pinned ? pinnedInterval(row, judgement, stamp.at) : undefined;
  const draft = sinceThen(draftOf(judgement, row), row);
  const next =
    kept === undefined
      ? { ...draft, pinned: false }
      : { ...draft, ...kept, reason: row.reason, pinned: true };
  const what = planned(next, why, judgement.rules.calendar.timeZone);
  const plan = reschedule(row, stamp, next, what);
  const unpinned = row.pinned && kept === undefined ? [state('unpinned', { why, planned: what })] : [];
  return { kind: 'updated', plan, from: row, problems: [...judgement.problems, ...unpinned] };
}

/** A last resort that is planned again says since when no window has been left: since the first time. */
function sinceThen(draft: Draft, { reason: before }: Plan): Draft {
  const { reason } = draft;
  if (reason.code !== 'last-resort' || before.code !== 'last-resort') return draft;
  const { since = reason.values.since } = before.values;
  if (since === undefined) return draft;
  return { ...draft, reason: { ...reason, values: { ...reason.values, since } } };
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
  const unreadable = judgeUnreadable(question);
  if (unreadable !== undefined && verdict.end.cause !== 'odd-event') {
    const reason = withAlso(unreadable.reason, [verdict.end.reason]);
    const plan = end(row, stamp, { ...endOf(unreadable, row), reason });
    return { kind: 'ended', plan, from: row, problems: [...unreadable.problems, plan.reason] };
  }
  const plan = end(row, stamp, verdict.end);
  const isPlain = verdict.isPlain && preCommandToUndo(row) === undefined;
  return { kind: 'ended', plan, from: row, problems: isPlain ? [] : [plan.reason] };
}

/** Another event of the instance is open that cannot be read: it needs a row at once, and this is the only one. */
function judgeUnreadable(question: RowQuestion): EndJudgement | undefined {
  const { row, sighting } = question;
  const odd = sighting.odd.filter(({ eventId }) => !row.eventIds.includes(eventId ?? ''));
  if (odd.length === 0) return undefined;
  const judgement = judge({ ...question, sighting: { ...sighting, events: [], odd } });
  return judgement.kind === 'end' ? judgement : undefined;
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
