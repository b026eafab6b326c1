// The columns of a row that is planned again: what its own wishes keep of it, and what of them cannot be kept.
import type { IntervalKind } from '../approval.ts';
import { editOf, isTakenBack } from '../edit.ts';
import type { Instant } from '../calendar/instant.ts';
import { pinnedAt, pinnedReason } from '../pinned-reason.ts';
import type { Plan } from '../plan.ts';
import { withoutOutdatedGrant } from '../refusals.ts';
import { atIn, state, withAlso, type Statement } from '../statement.ts';
import { isFinal } from '../status.ts';
import { bareReason } from '../told-waits.ts';
import type { Draft } from '../transitions.ts';
import { outdatedGrant } from './approval-needed.ts';
import { idsOf } from './judgement-case.ts';
import type { EndJudgement, RebootJudgement } from './judgement.ts';
import { pinnedInterval } from './pinned.ts';
import { draftOf } from './proposal.ts';
import { whyNotPinned } from './why-again.ts';

/** The new columns, and the wishes of a person that do not count any more. */
export interface Redraft {
  draft: Draft & { pinned: boolean };
  /** The pinned time, where it cannot be kept. */
  refusedPin?: Statement;
  /** The approval, where it is not for this restart. */
  outdated?: Statement;
}

/** Plans the row again. A pinned time stays where it can be kept. So does the reason that belongs to it. */
export function redraft(row: Plan, judgement: RebootJudgement, now: Instant, why?: Statement): Redraft {
  const kept = row.pinned ? pinnedInterval(row, judgement, now) : undefined;
  const draft = sinceThen(draftOf(judgement, row, kept), row);
  const kind: IntervalKind = kept === undefined ? judgement.interval.decision : 'pinned';
  const need = { isRequired: judgement.isApprovalRequired, eventIds: idsOf(judgement.events), kind };
  const outdated = draft.approval === 'required' ? outdatedGrant(row, need) : undefined;
  const told = outdated === undefined ? {} : { outdated };
  if (kept !== undefined) {
    // The reason of an end says nothing of the time.
    const own =
      isFinal(row.status) || isTakenBack(row) ? pinnedAt(row) : (pinnedReason(row) ?? bareReason(row.reason));
    const reason = withAlso(withoutOutdatedGrant(own ?? draft.reason), [outdated]);
    return { draft: { ...draft, reason, pinned: true }, ...told };
  }
  const refusedPin = row.pinned ? refusedPinOf(row, judgement, now) : undefined;
  const reason = withAlso(draft.reason, [refusedPin, refusedTime(row, judgement, why), outdated]);
  return {
    draft: { ...draft, reason, pinned: false },
    ...told,
    ...(refusedPin === undefined ? {} : { refusedPin }),
  };
}

/** What is told of a pinned time that cannot be kept; undefined where the row has none. */
export function refusedPinOf(
  row: Plan,
  judgement: Pick<RebootJudgement, 'notBefore' | 'rules'>,
  now: Instant,
): Statement | undefined {
  const why = whyNotPinned({ row, judgement, now });
  if (row.executeAt === undefined || why === undefined) return undefined;
  return state('pin-refused', { ...atIn(row.executeAt, judgement.rules.calendar.timeZone), why });
}

/**
 * A pinned time stands against NO_WINDOW=leave. Where the event is left to ECS all the same, it cannot be kept: that is told,
 * and nothing is pinned any longer. Undefined for any other end.
 */
export function pinRefusedByLeave(
  row: Plan,
  { cause, notBefore, rules }: EndJudgement,
  now: Instant,
): Statement | undefined {
  if (cause !== 'policy' || !row.pinned || notBefore === undefined) return undefined;
  return refusedPinOf(row, { notBefore, rules }, now);
}

/** Somebody wrote another time into the row and did not pin it. */
function refusedTime(
  row: Plan,
  { rules }: RebootJudgement,
  why: Statement | undefined,
): Statement | undefined {
  const isForbidden = why?.code === 'interval-forbidden';
  if (editOf(row, 'latest-start-by-hand') !== undefined) {
    const isRefused = isForbidden || why?.code === 'interval-unused' || why?.code === 'no-interval';
    return isRefused ? state('latest-start-refused', {}) : undefined;
  }
  if (row.executeAt === undefined || editOf(row, 'time-by-hand') === undefined || !isForbidden)
    return undefined;
  return state('time-refused', atIn(row.executeAt, rules.calendar.timeZone));
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
