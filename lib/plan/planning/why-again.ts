// Why a waiting plan is planned again. A list of clauses answers, and the first that finds a reason wins. If none finds one,
// the plan stays as it is.
import { kindOf } from '../approval.ts';
import type { EcsWindow } from '../calendar/ecs-window.ts';
import { elapsed, iso, isAfter, isBefore, isSame, type Instant } from '../calendar/instant.ts';
import type { SystemEvent } from '../event.ts';
import type { Plan } from '../plan.ts';
import { deadlineOf, isSameRecord, lastResortAt, recordOf, type Rules } from '../rules.ts';
import { isSameRunbook } from '../runbook.ts';
import { state, type Statement } from '../statement.ts';
import { lacksApproval, outdatedGrant } from './approval-needed.ts';
import { idsOf } from './judgement-case.ts';
import { isWindowInterval } from './places.ts';
import type { RebootJudgement } from './judgement.ts';
import { isPinnedInPast } from './pinned.ts';

/** The plan as its row has it, and as planning would make it now. */
export interface Comparison {
  row: Plan;
  judgement: RebootJudgement;
  /** Every event of the instance that was seen. */
  seen: readonly SystemEvent[];
  now: Instant;
}

/** One clause, by name. */
export interface AgainClause {
  name: string;
  find: (comparison: Comparison) => Statement | undefined;
}

/** In order. Those of the second list do not hold against a pinned time. */
export const againClauses: readonly AgainClause[] = [
  { name: 'events of the plan', find: eventsChanged },
  { name: 'other open events', find: othersChanged },
  { name: 'NotBefore', find: notBeforeMoved },
  { name: 'approval', find: approvalChanged },
  { name: 'pinned time', find: pinnedInPast },
  { name: 'interval', find: intervalUnusable },
  { name: 'group', find: groupChanged },
  { name: 'runbook', find: runbookChanged },
];

/** The clauses for a plan whose interval an operator pinned. */
export const pinnedClauses: readonly AgainClause[] = [{ name: 'pinned interval', find: pinnedUnusable }];

/** The clauses for every other waiting plan, in order. */
export const unpinnedClauses: readonly AgainClause[] = [
  { name: 'rules', find: rulesChanged },
  { name: 'window in ECS', find: ecsWindowChanged },
  { name: 'allowed interval', find: intervalForbidden },
  { name: 'slot', find: slotTaken },
];

/** What no longer fits; undefined where the plan stands. */
export function whyAgain(comparison: Comparison): Statement | undefined {
  const own = comparison.row.pinned ? pinnedClauses : unpinnedClauses;
  for (const { find } of [...againClauses, ...own]) {
    const why = find(comparison);
    if (why !== undefined) return why;
  }
  return undefined;
}

function eventsChanged({ row, judgement, seen }: Comparison): Statement | undefined {
  const eventIds = idsOf(judgement.events);
  if (eventIds.join() === row.eventIds.join()) return undefined;
  const gone = row.eventIds
    .filter((id) => !eventIds.includes(id))
    .map((eventId) => {
      const status = seen.find((event) => event.eventId === eventId)?.status;
      return { eventId, ...(status === undefined ? {} : { status }) };
    });
  return state('events-changed', { eventIds, gone });
}

function othersChanged({ row, judgement }: Comparison): Statement | undefined {
  const eventIds = idsOf(judgement.others);
  return eventIds.join() === row.laterEventIds.join()
    ? undefined
    : state('other-events-changed', { eventIds });
}

function notBeforeMoved({ row, judgement }: Comparison): Statement | undefined {
  return isSame(row.notBefore, judgement.notBefore) ? undefined : state('not-before-moved', {});
}

function approvalChanged({ row, judgement }: Comparison): Statement | undefined {
  const isWaiting = row.status === 'AwaitingApproval' && row.approval === 'required';
  const need = {
    isRequired: judgement.isApprovalRequired,
    eventIds: idsOf(judgement.events),
    kind: kindOf(row),
  };
  if (lacksApproval(row, need)) {
    // A plan in preparation may need an approval that somebody requires only now.
    return isWaiting ? undefined : (outdatedGrant(row, need) ?? state('approval-required-now', {}));
  }
  return row.status === 'AwaitingApproval' ? state('approval-not-required-now', {}) : undefined;
}

function pinnedInPast({ row, now }: Pick<Comparison, 'row' | 'now'>): Statement | undefined {
  return row.pinned && isPinnedInPast(row, now) ? state('pinned-in-past', {}) : undefined;
}

/** Why the pinned time of the row cannot be kept; undefined where it can be, as far as its time goes. */
export function whyNotPinned(comparison: PinComparison): Statement | undefined {
  const { row, judgement, now } = comparison;
  // A pinned time without an end lasts until the deadline.
  const latestStart = row.latestStart ?? deadlineOf(judgement.notBefore, judgement.rules);
  const ended = { row: { ...row, latestStart }, judgement, now };
  return pinnedInPast(comparison) ?? tooLate(ended) ?? intervalUnusable(ended) ?? pinnedUnusable(ended);
}

/** What a pinned time is judged by. */
export interface PinComparison extends Pick<Comparison, 'row' | 'now'> {
  judgement: { notBefore: Instant; rules: Rules };
}

function intervalUnusable({ row, now }: Pick<Comparison, 'row' | 'now'>): Statement | undefined {
  if (row.executeAt === undefined || row.latestStart === undefined) return state('no-interval', {});
  return isAfter(now, row.latestStart) ? state('interval-unused', {}) : undefined;
}

function groupChanged({ row, judgement }: Comparison): Statement | undefined {
  const { group } = judgement.rules;
  if (row.group === group) return undefined;
  return state('group-changed', group === undefined ? {} : { group });
}

function runbookChanged({ row, judgement }: Comparison): Statement | undefined {
  return isSameRunbook(row.runbook, judgement.runbook) ? undefined : state('runbook-changed', {});
}

function tooLate({
  row: { executeAt },
  judgement,
}: Pick<PinComparison, 'row' | 'judgement'>): Statement | undefined {
  const { notBefore, rules } = judgement;
  if (executeAt === undefined || !isAfter(executeAt, deadlineOf(notBefore, rules))) return undefined;
  return state('pinned-too-late', {});
}

function pinnedUnusable({ row, judgement }: Pick<PinComparison, 'row' | 'judgement'>): Statement | undefined {
  const { executeAt, latestStart } = row;
  if (executeAt === undefined || latestStart === undefined) return undefined;
  const { notBefore, rules } = judgement;
  const late = tooLate({ row, judgement });
  if (late !== undefined) return late;
  if (isBefore(latestStart, executeAt)) return state('pinned-empty', {});
  if (isAfter(latestStart, deadlineOf(notBefore, rules))) return state('pinned-past-deadline', {});
  const room = elapsed(executeAt, latestStart);
  if (room >= rules.startRoom) return undefined;
  const command = row.runbook?.preCommand === undefined ? {} : { hasPreCommand: true };
  return state('pinned-without-room', { roomMs: room, startRoomMs: rules.startRoom, ...command });
}

function rulesChanged({ row, judgement }: Comparison): Statement | undefined {
  return isSameRecord(row.rules, recordOf(judgement.rules)) ? undefined : state('rules-changed', {});
}

function ecsWindowChanged({ row, judgement }: Comparison): Statement | undefined {
  const isSameWindow = (a: EcsWindow | undefined, b: EcsWindow | undefined): boolean =>
    a?.text === b?.text && a?.timeZone === b?.timeZone;
  return isSameWindow(row.ecsWindow, judgement.ecsWindow) ? undefined : state('ecs-window-changed', {});
}

/**
 * An interval stays where the rules allow it, even if an earlier one is free now. Protects from rows that were edited: an
 * operator who means it pins the plan.
 */
function intervalForbidden(comparison: Comparison): Statement | undefined {
  const { row, judgement } = comparison;
  if (isChosenAgain(comparison)) return undefined;
  const { executeAt, latestStart, decision } = row;
  const forbidden = state('interval-forbidden', {});
  if (executeAt === undefined || latestStart === undefined) return forbidden;
  const { notBefore, rules, interval } = judgement;
  if (decision === 'window') {
    return isWindowInterval({ executeAt, latestStart }, notBefore, rules) ? undefined : forbidden;
  }
  if (interval.decision === 'window') return state('window-has-room', {});
  const isTooEarly =
    decision === 'last-resort' && isBefore(executeAt, lastResortAt(notBefore, rules)) && !isAsPlanned(row);
  const isWithin = isSame(latestStart, deadlineOf(notBefore, rules)) && !isAfter(executeAt, latestStart);
  return decision !== interval.decision || isTooEarly || !isWithin ? forbidden : undefined;
}

/** A last resort comes early where the stretch before NotBefore is full. Any other early time was edited. */
function isAsPlanned({ rules, executeAt }: Plan): boolean {
  return executeAt !== undefined && rules?.lastResort?.at === iso(executeAt);
}

/** The limits of execution space a plan that is due already. */
function slotTaken(comparison: Comparison): Statement | undefined {
  const { row, judgement, now } = comparison;
  const { executeAt } = row;
  if (isChosenAgain(comparison) || executeAt === undefined || !isAfter(executeAt, now)) return undefined;
  return judgement.slots.keeps(executeAt) ? undefined : state('slot-taken', {});
}

function isChosenAgain({ row, judgement: { interval } }: Comparison): boolean {
  return (
    row.decision === interval.decision &&
    isSame(row.executeAt, interval.executeAt) &&
    isSame(row.latestStart, interval.latestStart)
  );
}
