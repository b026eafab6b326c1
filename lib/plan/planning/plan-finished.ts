// A finished plan: left alone, judged again where what ended it may no longer hold, or replaced where ECS announces
// something new.
import { isSame } from '../calendar/instant.ts';
import { isOpen } from '../event.ts';
import { closedEvents, isRetryAsked, mayBeJudgedAgain, type Plan } from '../plan.ts';
import { isSameHead, state, withAlso } from '../statement.ts';
import { endAgain, noteEvents, reopen } from '../transitions.ts';
import { judgeEnded } from './judge-row.ts';
import { idsOf } from './judgement-case.ts';
import type { EndJudgement, Judgement, RebootJudgement } from './judgement.ts';
import { withKnownWindow } from './known-window.ts';
import { planNew } from './plan-new.ts';
import { endOf, planned, unchanged, type Proposal } from './proposal.ts';
import { pinRefusedByLeave, redraft } from './redraft.ts';
import type { RowQuestion } from './question.ts';

type Identified = { eventId?: string };

/** Proposes what to write where the row is final. The sighting holds no event of an earlier plan. */
export function planFinished(question: RowQuestion): Proposal {
  const { sighting, row } = question;
  const open = sighting.events.filter(isOpen);
  const own = closedEvents(row);
  const isOwn = ({ eventId }: Identified): boolean => own.includes(eventId ?? '');
  const seen = { ...sighting, events: open };
  // A person says so, whatever was sent. The new plan has an id of its own.
  if (isRetryAsked(row) && open.some((event) => event.status !== 'Executing' && isOwn(event))) {
    return planNew({ ...question, sighting: seen });
  }
  if (mayBeJudgedAgain(row)) {
    // An event that ECS is executing was left to ECS: the decision stands.
    const isStillOpen = open.some((event) => event.status !== 'Executing' && isOwn(event));
    // Where ECS carried the others out, the event that cannot be read is what is left.
    const isLeft = row.cause === 'too-late' && sighting.odd.some(isOwn);
    const isStillOdd = open.length === 0 && sighting.odd.length > 0 && (row.cause === 'odd-event' || isLeft);
    if (isStillOpen || isStillOdd) return judgeAgain({ ...question, sighting: seen });
  }
  const fresh = {
    ...sighting,
    events: open.filter((event) => !isOwn(event)),
    odd: sighting.odd.filter((event) => event.eventId !== undefined && !isOwn(event)),
  };
  if (fresh.events.length + fresh.odd.length === 0) {
    return unchanged(sighting.odd.map(({ faults }) => state('odd-event', { faults })));
  }
  // Where the plan may be judged again, its own open events come along. They would be taken for new at the next look.
  if (mayBeJudgedAgain(row)) return planNew({ ...question, sighting: seen });
  const left = [...open.filter(({ status }) => status !== 'Executing'), ...sighting.odd].filter(isOwn);
  return planNew({ ...question, sighting: fresh, ...withLeft(question, idsOf(left)) });
}

/** The row goes to the history. Where one of its events is still open, the next row says what a person must still do. */
function withLeft({ row, earlier }: RowQuestion, left: readonly string[]): Pick<RowQuestion, 'earlier'> {
  if (left.length === 0) return {};
  const eventIds = [...left, ...(earlier?.values.eventIds ?? [])];
  const why = row.status === 'Escalated' ? { why: row.reason } : {};
  return { earlier: state('earlier-open', { eventIds, ...why }) };
}

function judgeAgain(asked: RowQuestion): Proposal {
  const question = withKnownWindow(asked);
  const judgement = judgeEnded(question);
  return judgement.kind === 'end' ? endedAgain(question, judgement) : reopened(question, judgement);
}

function endedAgain({ row, stamp }: RowQuestion, judgement: EndJudgement): Proposal {
  const { problems } = judgement;
  // An event that was left to ECS is not missed when its time is over. One that the row does not know yet is told.
  const isLeftToEcs = row.status === 'Skipped' && judgement.cause === 'too-late';
  if (isLeftToEcs && isAboutKnown(judgement, row)) return unchanged(problems);
  const refused = pinRefusedByLeave(row, judgement, stamp.at);
  if (refused === undefined && isAboutTheSame(judgement, row) && isSameEnd(judgement, row)) {
    return unchanged(problems);
  }
  const told = { ...judgement, reason: withAlso(judgement.reason, [refused]) };
  const how = { ...endOf(told, row), ...(refused === undefined ? {} : { pinned: false as const }) };
  const plan = endAgain(row, stamp, how);
  return {
    kind: 'updated',
    plan,
    from: row,
    problems: [...problems, ...(refused === undefined ? [] : [refused])],
  };
}

function reopened({ row, stamp, settings }: RowQuestion, judgement: RebootJudgement): Proposal {
  const { problems } = judgement;
  if (isAboutTheSame(judgement, row) && row.cause === 'observe' && settings.mode === 'observe') {
    const eventIds = idsOf(judgement.others);
    if (eventIds.join() === row.laterEventIds.join()) return unchanged(problems);
    const noted = noteEvents(row, stamp, eventIds, state('other-events-changed', { eventIds }));
    return { kind: 'updated', plan: noted, from: row, problems };
  }
  const { draft, refusedPin, outdated } = redraft(row, judgement, stamp.at);
  const told = [refusedPin, outdated].filter((one) => one !== undefined);
  const what = planned(draft, state('judged-again', {}), judgement.rules.calendar.timeZone);
  return {
    kind: 'updated',
    plan: reopen(row, stamp, draft, what),
    from: row,
    problems: [...problems, ...told],
  };
}

function isAboutTheSame(judgement: Judgement, row: Plan): boolean {
  return isAboutKnown(judgement, row) && isSame(judgement.notBefore, row.notBefore);
}

function isAboutKnown(judgement: Judgement, row: Plan): boolean {
  return judgement.events.every(({ eventId }) => eventId === undefined || row.eventIds.includes(eventId));
}

function isSameEnd(judgement: EndJudgement, row: Plan): boolean {
  // A plan that came too late keeps its reason, which says what it waited for. So does one whose reason has no code: a
  // person or an older version wrote it.
  const isWritten = row.reason.code === 'as-written' && row.reason.values.of === undefined;
  const isReasonKept =
    judgement.cause === 'too-late' || isWritten || isSameHead(judgement.reason, row.reason);
  return judgement.status === row.status && judgement.cause === row.cause && isReasonKept;
}
