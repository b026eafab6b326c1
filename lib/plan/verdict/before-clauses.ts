// The clauses of the last look before the restart, in order. Each answers for what it is about, or leaves the plan to the
// next one.
import { kindOf } from '../approval.ts';
import { isAfter, isBefore, plus, type Instant } from '../calendar/instant.ts';
import { isScheduled } from '../event.ts';
import { reasonForTime } from '../pinned-reason.ts';
import type { Plan } from '../plan.ts';
import { isApprovalRequired, lacksApproval } from '../planning/approval-needed.ts';
import { isTagged, ownRules } from '../planning/own-rules.ts';
import { planBeforeReboot } from '../planning/plan-instance.ts';
import type { RowQuestion } from '../planning/question.ts';
import { answerLag } from '../planning/sighting.ts';
import { readWishes } from '../planning/tags.ts';
import { isUndoOwed, undoCommandOf } from '../draining.ts';
import { atIn, deadlineIn, state, type Statement } from '../statement.ts';
import { memberOf } from '../spacing/under-way.ts';
import { waitsFor } from '../spacing/waits-for.ts';
import {
  backupUntil,
  isBackupOpen,
  isUndelivered,
  isUnderWay,
  nextStepBefore,
  preCommandUntil,
  prepareAt,
  stepOf,
} from '../steps.ts';
import { attemptPause, type BeforeQuestion, type VerdictBefore } from './before-verdict.ts';
import { answeredByNobodyElse, isOver, notStopped, windowsKnown } from './owner-clauses.ts';

/** One clause, by name. */
export interface BeforeClause {
  name: string;
  judge: (question: BeforeQuestion) => VerdictBefore | undefined;
}

/** The first verdict wins. Where none has one, the instance may be restarted. */
export const clausesBefore: readonly BeforeClause[] = [
  { name: 'the windows are those by which the plan was made', judge: windowsUnchanged },
  { name: 'the plan is as planning would make it', judge: fits },
  { name: "the owner's windows are known, or it is the last moment", judge: windowsKnown },
  { name: 'neither Auto Scaling nor ACK answers for the instance', judge: answeredByNobodyElse },
  { name: 'nobody stopped everything', judge: notStopped },
  { name: 'nobody holds the plan', judge: notHeld },
  { name: 'the plan is approved', judge: approved },
  { name: 'the row has an interval', judge: hasInterval },
  { name: 'every event is Scheduled, and no earlier than planned', judge: eventsConfirmed },
  { name: 'it does not wait for something', judge: waitIsOver },
  { name: 'its time has come', judge: timeHasCome },
  { name: 'its interval has not passed', judge: intervalOpen },
  { name: 'the mode allows reboots', judge: mayReboot },
  { name: 'the instance can be read', judge: instanceReadable },
  { name: 'ECS lists the instance', judge: instanceListed },
  { name: 'the instance is Running', judge: instanceRunning },
  { name: 'the instance is not locked', judge: instanceUnlocked },
  { name: 'the instance was not started just now', judge: notJustStarted },
  { name: 'an earlier pre-command is undone', judge: undone },
  { name: 'enough of its group and its region are up, and no breaker is open', judge: matesUp },
  { name: 'the backup and the pre-command are done', judge: prepared },
];

/**
 * Here a window in ECS that the row knows is not read again: the window of the row decides, and an edited or removed one must
 * not. The windows by which the plan was made must be those that apply now. Otherwise the next plan run, which reads them,
 * decides. A pinned time follows no window.
 */
function windowsUnchanged(question: RowQuestion): VerdictBefore | undefined {
  const { row, sighting, settings, stamp } = question;
  const { ecsWindow, rules, pinned } = row;
  // Events that are over end the plan, whatever the windows say.
  if (pinned || isOver(question) || sighting.instance === undefined) return undefined;
  const wishes = readWishes(sighting.instance.tags);
  const { calendar } = ownRules(settings.rules, wishes, isTagged(wishes) ? undefined : ecsWindow);
  const isUnchanged = rules?.windows === calendar.text && rules.timeZone === calendar.timeZone;
  return isUnchanged ? undefined : wait(stamp.at, state('ecs-window-edited', {}));
}

function fits(question: RowQuestion): VerdictBefore | undefined {
  const proposal = planBeforeReboot(question);
  return proposal.kind === 'unchanged' ? undefined : { kind: 'replan', proposal };
}

function notHeld({ row }: RowQuestion): VerdictBefore | undefined {
  return row.hold === undefined ? undefined : { kind: 'held' };
}

/** By today's rules, whatever the row said when it was planned. */
function approved({ row, sighting, settings }: RowQuestion): VerdictBefore | undefined {
  const wishes = readWishes(sighting.instance?.tags ?? new Map<string, string>());
  const isRequired = row.approval === 'required' || isApprovalRequired(settings.mode, wishes);
  const need = { isRequired, eventIds: row.eventIds, kind: kindOf(row) };
  const isWaiting = row.status === 'AwaitingApproval';
  return isWaiting || lacksApproval(row, need) ? { kind: 'unapproved' } : undefined;
}

function hasInterval({ row, stamp }: RowQuestion): VerdictBefore | undefined {
  const { executeAt, latestStart, notBefore } = row;
  const isThere = executeAt !== undefined && latestStart !== undefined && notBefore !== undefined;
  return isThere ? undefined : wait(stamp.at, state('interval-missing', {}));
}

function eventsConfirmed({ row, sighting, stamp }: RowQuestion): VerdictBefore | undefined {
  for (const eventId of row.eventIds) {
    const event = sighting.events.find((seen) => seen.eventId === eventId);
    const isConfirmed =
      event !== undefined &&
      isScheduled(event) &&
      row.notBefore !== undefined &&
      !isBefore(event.notBefore, row.notBefore);
    if (isConfirmed) continue;
    const faults = sighting.odd.find((odd) => odd.eventId === eventId)?.faults ?? [];
    const status = event === undefined ? {} : { status: event.status };
    return wait(stamp.at, state('event-unconfirmed', { eventId, ...status, faults }));
  }
  return undefined;
}

function waitIsOver({ row, stamp }: RowQuestion): VerdictBefore | undefined {
  const { waitUntil, reason } = row;
  if (waitUntil === undefined || !isBefore(stamp.at, waitUntil)) return undefined;
  return { kind: 'wait', reason, until: waitUntil };
}

function timeHasCome({ row, stamp }: RowQuestion): VerdictBefore | undefined {
  const first = prepareAt(row) ?? row.executeAt;
  if (first !== undefined && !isBefore(stamp.at, first)) return undefined;
  // A person who moved the plan reads in its row for when.
  return { kind: 'wait', reason: reasonForTime(row) ?? notYet(row), until: undefined };
}

function notYet(row: Plan): Statement {
  return state('not-yet', { isPrepared: stepOf(row, 'backup') !== undefined });
}

function intervalOpen({ row, stamp }: RowQuestion): VerdictBefore | undefined {
  const { latestStart, notBefore } = row;
  const isOpen =
    latestStart !== undefined &&
    notBefore !== undefined &&
    !isAfter(stamp.at, latestStart) &&
    isBefore(stamp.at, notBefore);
  return isOpen ? undefined : wait(stamp.at, state('interval-passed', {}));
}

function mayReboot({ row, settings, stamp }: RowQuestion): VerdictBefore | undefined {
  if (settings.mode !== 'observe') return undefined;
  const { executeAt } = row;
  const isTime = executeAt !== undefined && !isBefore(stamp.at, executeAt);
  if (!isTime) return { kind: 'wait', reason: notYet(row), until: executeAt };
  return { kind: 'observed', reason: state('observed', {}) };
}

function instanceReadable({ sighting, stamp }: RowQuestion): VerdictBefore | undefined {
  const { instanceFaults: faults = [] } = sighting;
  return faults.length > 0 ? wait(stamp.at, state('instance-unreadable-now', { faults })) : undefined;
}

function instanceListed({ sighting, stamp }: RowQuestion): VerdictBefore | undefined {
  return sighting.instance === undefined ? wait(stamp.at, state('instance-unlisted', {})) : undefined;
}

function instanceRunning({ sighting, stamp }: RowQuestion): VerdictBefore | undefined {
  const status = sighting.instance?.status;
  if (status === 'Running') return undefined;
  return wait(stamp.at, state('instance-not-running', { status: status ?? 'unlisted' }));
}

function instanceUnlocked({ sighting, stamp }: RowQuestion): VerdictBefore | undefined {
  const locks = sighting.instance?.locks;
  if (locks?.length === 0) return undefined;
  return wait(stamp.at, state('instance-locked', { locks: locks ?? [] }));
}

function notJustStarted({ sighting, settings, stamp }: RowQuestion): VerdictBefore | undefined {
  const startedAt = sighting.instance?.startedAt;
  const until = startedAt && plus(startedAt, answerLag);
  if (until === undefined || !isBefore(stamp.at, until)) return undefined;
  const values = atIn(until, settings.rules.calendar.timeZone);
  return { kind: 'wait', reason: state('started-recently', values), until };
}

/** A backup takes nothing down. A pre-command that runs must end first. */
function matesUp({ row, settings, whyWait }: BeforeQuestion): VerdictBefore | undefined {
  if (isBackupOpen(row) || isUnderWay(stepOf(row, 'pre-command'))) return undefined;
  const wait = whyWait(memberOf(row));
  if (wait === undefined) return undefined;
  const until = wait.kind === 'pause' ? wait.until : undefined;
  return { kind: 'wait', reason: waitsFor(wait, settings.rules.calendar.timeZone), until };
}

function prepared(question: RowQuestion): VerdictBefore | undefined {
  const step = nextStepBefore(question.row, question.stamp.at);
  switch (step) {
    case undefined:
      return undefined;
    case 'backup':
      return { kind: 'prepare', step, isLastMoment: isTooLateToWait(question) };
    case 'pre-command':
      return isTooLateToBegin(question) ? withoutPreCommand(question) : { kind: 'prepare', step };
  }
}

/** A pre-command that no restart followed in its interval is undone before it runs again, and before any restart. */
function undone({ row, stamp }: RowQuestion): VerdictBefore | undefined {
  if (!isUndoOwed(row)) return undefined;
  const { commandId = '' } = stepOf(row, 'pre-command') ?? {};
  return wait(stamp.at, state('undo-first', { commandId, undoId: undoCommandOf(row) ?? '' }));
}

/** True where the pre-command has not begun, and too little is left of the interval for it and the restart. */
function isTooLateToBegin({ row, stamp, settings }: RowQuestion): boolean {
  const until = preCommandUntil(row, settings.rules.startRoom);
  return !isUnderWay(stepOf(row, 'pre-command')) && (until === undefined || isAfter(stamp.at, until));
}

/** No restart goes without its pre-command: the plan waits for another interval, or ends where there is none. */
function withoutPreCommand(question: RowQuestion): VerdictBefore {
  const { row, stamp, settings } = question;
  const { startRoom: startRoomMs, calendar } = settings.rules;
  const { commandTimeout: limitMs = 0, preCommand: commandId = '' } = row.runbook ?? {};
  const isPutOff = !isLastInterval(question);
  const { undelivered: errorCode, ids = [] } = stepOf(row, 'pre-command') ?? {};
  // One that ECS refused to begin has no id, and the timeline says why.
  const missed =
    isUndelivered(row) && errorCode !== undefined && ids.length > 0
      ? state('command-undelivered', { step: 'pre-command', commandId, errorCode, isTriedAgain: false })
      : undefined;
  const values = { commandId, limitMs, startRoomMs, isPutOff };
  if (isPutOff) return wait(stamp.at, state('pre-command-too-late', values, [missed]));
  const byHand = state('restart-by-hand', deadlineIn(row.notBefore, calendar.timeZone));
  const reason = state('pre-command-too-late', values, [missed, byHand]);
  return { kind: 'end', end: { status: 'Escalated', cause: 'pre-command', reason } };
}

/** True where the interval is about to end and, as things stand, the plan would end with it. */
function isTooLateToWait(question: RowQuestion): boolean {
  const { row, stamp, settings } = question;
  const until = backupUntil(row, settings.rules.startRoom);
  return until !== undefined && !isBefore(stamp.at, until) && isLastInterval(question);
}

/** True where, as things stand, the plan would end with its interval. */
function isLastInterval(question: RowQuestion): boolean {
  const { row, stamp, settings } = question;
  if (row.latestStart === undefined) return false;
  const then = { ...stamp, at: plus(row.latestStart, settings.rules.startRoom) };
  return planBeforeReboot({ ...question, stamp: then }).kind === 'ended';
}

/** True where an execution may begin with the plan now, as far as its time goes. */
export function isBeginnable(plan: Plan, now: Instant): boolean {
  const { latestStart, notBefore } = plan;
  const first = prepareAt(plan);
  if (first === undefined || latestStart === undefined || notBefore === undefined) return false;
  return !isBefore(now, first) && !isAfter(now, latestStart) && isBefore(now, notBefore);
}

function wait(now: Instant, reason: Statement): VerdictBefore {
  return { kind: 'wait', reason, until: plus(now, attemptPause) };
}
