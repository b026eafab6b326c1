// A plan that waits: it stands, is planned again where the events, the rules or an edit say otherwise by now, or ends.
import { ecsWindowText, type EcsWindow } from '../calendar/ecs-window.ts';
import { isOpen, type SystemEvent } from '../event.ts';
import { isAfter, isBefore, isSame, type Instant } from '../calendar/instant.ts';
import { byUrgency, judge, names, type Judgement } from './judgement.ts';
import type { Sighting } from './sighting.ts';
import type { Plan } from '../plan.ts';
import {
  aboutEventsOf,
  described,
  scheduleOf,
  unchanged,
  type Ending,
  type Planning,
  type Waiting,
} from './proposal.ts';
import { isSameRunbook } from '../runbook.ts';
import { leftBehind } from '../steps.ts';
import { isWindowInterval } from './decision.ts';
import { deadlineOf, lastResortAt, rulesText } from '../rules.ts';
import type { PlannerSettings } from '../settings.ts';
import type { SlotsOf } from '../spacing/slots.ts';
import { end, reschedule, type Schedule, type Stamp } from '../transitions.ts';
import { endingOfVanished } from './vanished.ts';

/** Plans an instance whose row is Planned or AwaitingApproval. */
export function planWaiting(
  sighting: Sighting,
  row: Plan,
  settings: PlannerSettings,
  stamp: Stamp,
  slotsOf: SlotsOf,
): Planning {
  const open = sighting.events.filter(isOpen).sort(byUrgency);
  if (open.length === 0) return endVanished(sighting, row, stamp);
  const judgement = judgeWaiting({ ...sighting, events: open }, row, settings, stamp.at, slotsOf);
  if (judgement.kind === 'ending') return endBy(judgement, row, stamp);
  const why = whyAgain(row, judgement, sighting.events, stamp.at);
  if (why === undefined) return unchanged(judgement.problems);
  const schedule = scheduleOf(judgement, row);
  const kept = row.pinned ? pinnedInterval(row, judgement, stamp.at) : undefined;
  const patched = kept === undefined ? schedule : { ...schedule, ...kept, reason: row.reason };
  const what = described(patched, why, judgement.rules.calendar.timeZone);
  const plan = { ...reschedule(row, stamp, patched, what), pinned: kept !== undefined };
  const unpinned =
    row.pinned && kept === undefined ? [`The pinned time cannot be kept: ${why}. ${what}`] : [];
  return { kind: 'updated', plan, from: row, problems: [...judgement.problems, ...unpinned] };
}

/**
 * An operator's own time stands against NO_WINDOW=leave, and against nothing else: approval, events and the deadline are
 * judged as ever.
 */
function judgeWaiting(
  sighting: Sighting,
  row: Plan,
  settings: PlannerSettings,
  now: Instant,
  slotsOf: SlotsOf,
): Judgement {
  const judgement = judge(sighting, settings, now, slotsOf);
  if (judgement.kind === 'wait' || judgement.cause !== 'policy' || !row.pinned) return judgement;
  const soonest = { ...settings, rules: { ...settings.rules, noWindow: 'soonest' } } as const;
  const pinned = judge(sighting, soonest, now, slotsOf);
  if (pinned.kind !== 'wait' || pinnedInterval(row, pinned, now) === undefined) return judgement;
  return { ...pinned, rules: judgement.rules, problems: [] };
}

function endVanished(sighting: Sighting, row: Plan, stamp: Stamp): Planning {
  const verdict = endingOfVanished(row, sighting, stamp.at);
  if (verdict.kind === 'wait') return unchanged([verdict.problem]);
  const ended = end(row, stamp, verdict.status, verdict.reason, verdict.cause);
  return {
    kind: 'ended',
    plan: ended,
    from: row,
    problems: verdict.isPlain && leftBehind(row) === undefined ? [] : [ended.reason],
  };
}

function endBy(judgement: Ending, row: Plan, stamp: Stamp): Planning {
  const isBeforeItsTime = judgement.notBefore !== undefined && isAfter(judgement.notBefore, stamp.at);
  if (judgement.cause === 'too-late' && row.status === 'AwaitingApproval' && isBeforeItsTime) {
    const reason = `Nobody approved the plan in time. ${judgement.reason} Restart the instance yourself before NotBefore, or leave it to ECS.`;
    const ended = aboutEventsOf(judgement, end(row, stamp, 'Escalated', reason, 'unapproved'));
    return { kind: 'ended', plan: ended, from: row, problems: [reason] };
  }
  // Why it had to wait, where it had to, is what the operator wants to know of a plan that came too late.
  const hasWaited = judgement.cause === 'too-late' && row.waitUntil !== undefined;
  const reason = hasWaited ? `${judgement.reason} The row said: ${row.reason}` : judgement.reason;
  const ending = end(row, stamp, judgement.status, reason, judgement.cause);
  return { kind: 'ended', plan: aboutEventsOf(judgement, ending), from: row, problems: judgement.problems };
}

/** What no longer fits in a waiting plan, in words; undefined where it stands. */
function whyAgain(
  row: Plan,
  judgement: Waiting,
  seen: readonly SystemEvent[],
  now: Instant,
): string | undefined {
  const ids = judgement.events.map((event) => event.eventId);
  if (ids.join() !== row.eventIds.join())
    return `its events are now ${ids.join(', ')}${lost(row, ids, seen)}`;
  const others = judgement.others.map((event) => event.eventId);
  if (others.join() !== row.laterEventIds.join()) {
    return others.length === 0 ? 'nothing else is open' : `ECS also announces ${names(judgement.others)}`;
  }
  if (!isSame(row.notBefore, judgement.notBefore)) return 'NotBefore moved';
  if (judgement.approvalRequired && row.approval === 'not-required') return 'an approval is required now';
  if (!judgement.approvalRequired && row.status === 'AwaitingApproval')
    return 'no approval is required any more';
  if (row.executeAt === undefined || row.latestStart === undefined) return 'the row had no interval';
  if (isAfter(now, row.latestStart)) return 'its interval passed unused';
  if (row.group !== judgement.rules.group) {
    return judgement.rules.group === undefined
      ? 'it has no group now'
      : `its group is ${judgement.rules.group} now`;
  }
  if (!isSameRunbook(row.runbook, judgement.runbook)) return 'what is to be done before and after it changed';
  if (row.pinned) {
    if (isBefore(row.latestStart, row.executeAt)) return 'the pinned interval had no length';
    const deadline = deadlineOf(judgement.notBefore, judgement.rules);
    return isAfter(row.latestStart, deadline) ? 'the pinned interval went beyond the deadline' : undefined;
  }
  if (row.rules !== rulesText(judgement.rules)) return 'the rules changed';
  if (textOf(row.ecsWindow) !== textOf(judgement.ecsWindow)) return 'its ecs_window was not what ECS says';
  return whyMoved(row, judgement, now);
}

function textOf(window: EcsWindow | undefined): string | undefined {
  return window && ecsWindowText(window);
}

/** What became of the events that the plan no longer holds. */
function lost(row: Plan, ids: readonly string[], seen: readonly SystemEvent[]): string {
  const gone = row.eventIds.filter((id) => !ids.includes(id));
  if (gone.length === 0) return '';
  const ends = gone.map(
    (id) => `${id} is ${seen.find((event) => event.eventId === id)?.status ?? 'not told of'}`,
  );
  return ` (${ends.join(', ')})`;
}

/**
 * Why an unpinned plan's interval cannot stay: it does where the rules allow it, though an earlier one may be free by now.
 * Guards against rows edited by hand: an operator who means it pins the plan.
 */
function whyMoved(
  row: Plan,
  { interval, notBefore, rules, slots }: Waiting,
  now: Instant,
): string | undefined {
  const { executeAt, latestStart, decision } = row;
  const forbidden = 'its interval was not one that the rules allow';
  if (executeAt === undefined || latestStart === undefined) return forbidden;
  const isChosenAgain =
    decision === interval.decision &&
    isSame(executeAt, interval.executeAt) &&
    isSame(latestStart, interval.latestStart);
  if (isChosenAgain) return undefined;
  if (decision === 'window') {
    if (!isWindowInterval({ executeAt, latestStart }, notBefore, rules)) return forbidden;
  } else {
    if (interval.decision === 'window') return 'a window has room for it';
    const isTooEarly = decision === 'last-resort' && isBefore(executeAt, lastResortAt(notBefore, rules));
    const isWithin = isSame(latestStart, deadlineOf(notBefore, rules)) && !isAfter(executeAt, latestStart);
    if (decision !== interval.decision || isTooEarly || !isWithin) return forbidden;
  }
  // What is due already is spaced by the limits of execution.
  if (!isAfter(executeAt, now) || slots.free(executeAt, executeAt) !== undefined) return undefined;
  return 'its slot is taken by others that come first';
}

/** An operator's interval, as far as the deadline allows; undefined where it has passed or can't be kept. */
function pinnedInterval(
  row: Plan,
  judgement: Waiting,
  now: Instant,
): Pick<Schedule, 'executeAt' | 'latestStart'> | undefined {
  const deadline = deadlineOf(judgement.notBefore, judgement.rules);
  const { executeAt, latestStart } = row;
  if (executeAt === undefined || isAfter(executeAt, deadline)) return undefined;
  const isUsable =
    latestStart !== undefined && !isBefore(latestStart, executeAt) && !isAfter(latestStart, deadline);
  const usable = isUsable ? latestStart : deadline;
  return isAfter(now, usable) ? undefined : { executeAt, latestStart: usable };
}
