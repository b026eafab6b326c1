// From what was seen of an instance and what its row says to what its row should say. The plan function asks this for
// every instance with open events or a waiting plan; the execute function asks it where a plan no longer fits.
import { isOpen, type SystemEvent } from './event.ts';
import { inZone, isAfter, isBefore, isSame, plus, type Instant } from './instant.ts';
import { byUrgency, judge, names, type Judgement, type Sighting } from './judgement.ts';
import { hasBegun, isFinal, mayBeJudgedAgain, type Plan } from './plan.ts';
import { rulesText } from './schedule.ts';
import type { PlannerSettings } from './settings.ts';
import { change, end, reschedule, type Schedule, type Stamp } from './transitions.ts';
import { endingOfVanished } from './vanished.ts';

/** What is to be written, if anything. `problems` are for the operator, whether or not something is written. */
export type Planning = { problems: readonly string[] } & (
  | { kind: 'unchanged' }
  /** A first row, or a new plan in the place of a finished one, which goes to the history. */
  | { kind: 'created'; plan: Plan; replaces?: Plan }
  | { kind: 'updated' | 'ended'; plan: Plan; from: Plan }
);

const unchanged = (problems: readonly string[] = []): Planning => ({ kind: 'unchanged', problems });

/** Plans one instance, now being `stamp.at`. `row` is its row as read, absent where it has none. */
export function planInstance(
  sighting: Sighting,
  row: Plan | undefined,
  settings: PlannerSettings,
  stamp: Stamp,
): Planning {
  const open = sighting.events.filter(isOpen).sort(byUrgency);
  if (row === undefined) {
    return open.length + sighting.odd.length === 0
      ? unchanged()
      : create(sighting, undefined, settings, stamp);
  }
  if (hasBegun(row)) return noteLaterEvents(row, open, stamp);
  if (isFinal(row.status)) return planFinished(sighting, open, row, settings, stamp);
  return replan(sighting, open, row, settings, stamp);
}

/** A plan that waits: it is planned again where the events, the rules or the row itself say otherwise by now. */
function replan(
  sighting: Sighting,
  open: readonly SystemEvent[],
  row: Plan,
  settings: PlannerSettings,
  stamp: Stamp,
): Planning {
  if (open.length === 0) {
    const verdict = endingOfVanished(row, sighting, stamp.at);
    if (verdict.kind === 'wait') return unchanged([verdict.problem]);
    return {
      kind: 'ended',
      plan: end(row, stamp, verdict.status, verdict.reason, verdict.cause),
      from: row,
      problems: verdict.status === 'Cleared' ? [] : [verdict.reason],
    };
  }
  const judgement = judge({ ...sighting, events: open }, settings, stamp.at);
  if (judgement.kind === 'ending') return endBy(judgement, row, stamp);
  const why = whyAgain(row, judgement, stamp.at);
  if (why === undefined) return unchanged(judgement.problems);
  const schedule = scheduleOf(judgement, row);
  const kept = row.pinned ? pinnedInterval(row, judgement, stamp.at) : undefined;
  const patched = kept === undefined ? schedule : { ...schedule, ...kept, reason: row.reason };
  const plan = reschedule(row, stamp, patched, described(patched, why, judgement.rules.calendar.timeZone));
  return { kind: 'updated', plan, from: row, problems: judgement.problems };
}

/** What no longer fits in a waiting plan, in words; undefined where it stands. */
function whyAgain(row: Plan, judgement: Judgement & { kind: 'wait' }, now: Instant): string | undefined {
  const ids = judgement.events.map((event) => event.eventId);
  if (ids.join() !== row.eventIds.join()) return `its events are now ${ids.join(', ')}`;
  if (!isSame(row.notBefore, judgement.notBefore)) return 'NotBefore moved';
  if (judgement.approvalRequired && row.approval === 'not-required') return 'an approval is required now';
  if (!judgement.approvalRequired && row.status === 'AwaitingApproval')
    return 'no approval is required any more';
  if (row.executeAt === undefined || row.latestStart === undefined) return 'the row had no interval';
  if (isAfter(now, row.latestStart)) return 'its interval passed unused';
  if (row.pinned)
    return isBefore(row.latestStart, row.executeAt) ? 'the pinned interval had no length' : undefined;
  if (row.rules !== rulesText(judgement.rules)) return 'the rules changed';
  return intervalFits(row, judgement, now) ? undefined : 'its interval was not one that the rules allow';
}

/**
 * True where the row's interval is one that the rules could have chosen at some moment up to now. Guards against
 * rows edited by hand: an operator who means it pins the plan.
 */
export function intervalFits(row: Plan, judgement: Judgement & { kind: 'wait' }, now: Instant): boolean {
  const { executeAt, latestStart } = row;
  if (executeAt === undefined || latestStart === undefined || isBefore(latestStart, executeAt)) return false;
  const { interval } = judgement;
  if (row.decision !== interval.decision || !isSame(latestStart, interval.latestStart)) return false;
  // Until it has come, the interval is exactly the one chosen now; once it has, "now" has moved on within it.
  return (
    isSame(executeAt, interval.executeAt) || (!isAfter(executeAt, now) && isSame(interval.executeAt, now))
  );
}

/** An operator's interval, as far as the deadline allows; undefined where it has passed or can't be kept. */
function pinnedInterval(
  row: Plan,
  judgement: Judgement & { kind: 'wait' },
  now: Instant,
): Pick<Schedule, 'executeAt' | 'latestStart'> | undefined {
  const deadline = plus(judgement.notBefore, -judgement.rules.safetyMargin);
  const { executeAt, latestStart } = row;
  if (executeAt === undefined || isAfter(executeAt, deadline)) return undefined;
  const usable =
    latestStart !== undefined && !isBefore(latestStart, executeAt) && !isAfter(latestStart, deadline)
      ? latestStart
      : deadline;
  return isAfter(now, usable) ? undefined : { executeAt, latestStart: usable };
}

/** A finished plan: left alone, judged again, or replaced where ECS announces something new. */
function planFinished(
  sighting: Sighting,
  open: readonly SystemEvent[],
  row: Plan,
  settings: PlannerSettings,
  stamp: Stamp,
): Planning {
  const known = new Set([...row.eventIds, ...row.formerEventIds]);
  const isNew = (event: { eventId?: string }): boolean =>
    event.eventId === undefined || !known.has(event.eventId);
  // What ECS carries out by now was left to it, and stays as it was decided.
  const stillOpen = open.some(
    (event) => event.status !== 'Executing' && row.eventIds.includes(event.eventId),
  );
  if (
    mayBeJudgedAgain(row) &&
    (stillOpen || (open.length === 0 && sighting.odd.some((event) => !isNew(event))))
  ) {
    return judgeAgain({ ...sighting, events: open }, row, settings, stamp);
  }
  if (
    open.some(isNew) ||
    (open.length === 0 && sighting.odd.some((event) => event.eventId !== undefined && isNew(event)))
  ) {
    return create(sighting, row, settings, stamp);
  }
  return unchanged(sighting.odd.map((event) => event.fault));
}

function judgeAgain(sighting: Sighting, row: Plan, settings: PlannerSettings, stamp: Stamp): Planning {
  const judgement = judge(sighting, settings, stamp.at);
  if (judgement.kind === 'ending') {
    // What was left to ECS is not missed when its time has run out.
    if (row.status === 'Skipped' && judgement.cause === 'too-late') return unchanged();
    const same =
      judgement.status === row.status &&
      judgement.cause === row.cause &&
      // A reason that tells of the waiting says more than the bare one.
      (judgement.cause === 'too-late' || judgement.reason === row.reason) &&
      isSame(judgement.notBefore, row.notBefore);
    if (same) return unchanged(judgement.problems);
    const ending = end(row, stamp, judgement.status, judgement.reason, judgement.cause);
    return {
      kind: 'updated',
      plan: { ...ending, ...about(judgement) },
      from: row,
      problems: judgement.problems,
    };
  }
  const observedAlready =
    row.cause === 'observe' && settings.mode === 'observe' && isSame(judgement.notBefore, row.notBefore);
  if (observedAlready) return unchanged(judgement.problems);
  const schedule = scheduleOf(judgement, row);
  const what = described(schedule, 'judged again', judgement.rules.calendar.timeZone);
  return {
    kind: 'updated',
    plan: reschedule(row, stamp, schedule, what),
    from: row,
    problems: judgement.problems,
  };
}

/** A new plan, in the place of a finished one where there is one. */
function create(
  sighting: Sighting,
  replaced: Plan | undefined,
  settings: PlannerSettings,
  stamp: Stamp,
): Planning {
  const judgement = judge(sighting, settings, stamp.at);
  const former =
    replaced === undefined ? [] : [...new Set([...replaced.eventIds, ...replaced.formerEventIds])];
  const ids = judgement.events.flatMap((event) => event.eventId ?? []);
  const { name } = sighting.instance ?? {};
  const blank: Plan = {
    regionId: sighting.regionId,
    instanceId: sighting.instanceId,
    ...(name === undefined ? {} : { instanceName: name }),
    planId: ids.find((id) => !former.includes(id)) ?? ids[0] ?? 'unknown-event',
    status: 'Planned',
    reason: '',
    eventIds: ids,
    formerEventIds: former.filter((id) => !ids.includes(id)).slice(0, formerLimit),
    laterEventIds: [],
    rules: rulesText(judgement.rules),
    pinned: false,
    approval: 'not-required',
    version: replaced?.version ?? 0,
    timeline: [],
  };
  const replaces = replaced === undefined ? {} : { replaces: replaced };
  if (judgement.kind === 'ending') {
    const plan = {
      ...end(blank, stamp, judgement.status, judgement.reason, judgement.cause),
      ...about(judgement),
    };
    return { kind: 'created', plan, ...replaces, problems: judgement.problems };
  }
  const schedule = scheduleOf(judgement, blank);
  const what = described(
    schedule,
    `ECS announced ${names(judgement.events)}`,
    judgement.rules.calendar.timeZone,
  );
  return {
    kind: 'created',
    plan: change(blank, stamp, schedule, what),
    ...replaces,
    problems: judgement.problems,
  };
}

/** Former events kept in a row; ECS itself forgets finished ones after 30 days. */
const formerLimit = 100;

function endBy(judgement: Judgement & { kind: 'ending' }, row: Plan, stamp: Stamp): Planning {
  // Why it had to wait, where it had to, is what the operator wants to know of a plan that came too late.
  const reason =
    row.waitUntil === undefined ? judgement.reason : `${judgement.reason} It waited: ${row.reason}`;
  const ending = end(row, stamp, judgement.status, reason, judgement.cause);
  return { kind: 'ended', plan: { ...ending, ...about(judgement) }, from: row, problems: judgement.problems };
}

function about(judgement: Judgement): Pick<Plan, 'eventIds' | 'notBefore'> {
  const eventIds = judgement.events.flatMap((event) => event.eventId ?? []);
  return { eventIds, ...(judgement.notBefore === undefined ? {} : { notBefore: judgement.notBefore }) };
}

function scheduleOf(judgement: Judgement & { kind: 'wait' }, row: Plan): Schedule {
  const approval = !judgement.approvalRequired
    ? 'not-required'
    : row.approval === 'granted'
      ? 'granted'
      : 'required';
  return {
    status: approval === 'required' ? 'AwaitingApproval' : 'Planned',
    reason: judgement.reason,
    eventIds: judgement.events.map((event) => event.eventId),
    notBefore: judgement.notBefore,
    rules: rulesText(judgement.rules),
    approval,
    ...judgement.interval,
  };
}

function described(schedule: Schedule, why: string, timeZone: string): string {
  const when = schedule.executeAt === undefined ? '' : ` for ${inZone(schedule.executeAt, timeZone)}`;
  return `${schedule.status}${when}: ${why}.`;
}

/**
 * Events announced while a plan is under way are noted, and looked at when it ends. Not before it is being verified:
 * a write of ours would void the condition of the execution that is about to restart the instance.
 */
function noteLaterEvents(row: Plan, open: readonly SystemEvent[], stamp: Stamp): Planning {
  if (row.status !== 'Verifying') return unchanged();
  const known = new Set([...row.eventIds, ...row.formerEventIds, ...row.laterEventIds]);
  const fresh = open.filter((event) => !known.has(event.eventId));
  if (fresh.length === 0) return unchanged();
  const laterEventIds = [...row.laterEventIds, ...fresh.map((event) => event.eventId)];
  const what = `ECS announced ${names(fresh)} while the restart was under way; looked at when it ends.`;
  return { kind: 'updated', plan: change(row, stamp, { laterEventIds }, what), from: row, problems: [] };
}
