// The plan: what we intend for one instance, for one or more of its events. One row of Tablestore is one plan.
// transitions.ts says how it changes. planning/ and verdict/ say what it should become.
import { Temporal } from 'temporal-polyfill';
import type { Approval, IntervalKind } from './approval.ts';
import type { EcsWindow } from './calendar/ecs-window.ts';
import { earliest, isAfter, latest, plus, type Instant, type Milliseconds } from './calendar/instant.ts';
import { awaitsPerson, type Cause } from './cause.ts';
import { preCommandToUndo, restartCheckAt, undoDueAt } from './draining.ts';
import type { Edit } from './edit.ts';
import type { NewsItem } from './news-item.ts';
import type { RulesRecord } from './rules.ts';
import type { Runbook } from './runbook.ts';
import type { Statement } from './statement.ts';
import { isFinal, begunStatuses, type PlanStatus } from './status.ts';
import { prepareAt, stepOf, type Step } from './steps.ts';
import type { TimelineEntry } from './timeline.ts';

/** The execution that alone may work on a plan, and until when. */
export interface Lease {
  owner: string;
  until: Instant;
}

/** The record that RebootInstance may have been sent. It is written before the call. */
export interface Intent {
  at: Instant;
  /** Absent while the call is under way. `unknown`: no answer proves what happened. */
  outcome?: 'accepted' | 'unknown';
}

/**
 * What was not proven: the restart itself, or what the owner's post-command checks. `pre-command`: no restart came, and what the
 * pre-command did is left for a person to undo.
 */
export type Unproven = (typeof unprovens)[number];

/** Each of them. */
export const unprovens = ['restart', 'pre-command', 'post-command'] as const;

/** What is intended for one instance: one row of the plans table. */
export interface Plan {
  regionId: string;
  instanceId: string;
  instanceName?: string;
  /** Unique in its instance's history: at most one RebootInstance is sent for one id. */
  planId: string;
  status: PlanStatus;
  /** For the operator: why the plan has this status, and what to do where something is to be done. */
  reason: Statement;
  /** The events that the one restart of this plan answers. */
  eventIds: readonly string[];
  /** Events of earlier plans of this instance. They make no new plan. */
  formerEventIds: readonly string[];
  /** Open events that this restart does not answer, or that came after it. They are planned when this plan ends. */
  laterEventIds: readonly string[];
  /** The earliest NotBefore of its events. Absent only in a final plan whose events cannot be read. */
  notBefore?: Instant;
  executeAt?: Instant;
  latestStart?: Instant;
  /** The group of the instance: GROUP_LIMIT bounds how many of it may be down at once. */
  group?: string;
  /** The window that the owner set in ECS, as it was last read. */
  ecsWindow?: EcsWindow;
  /** The backup and the commands of the restart; absent where there are none. */
  runbook?: Runbook;
  /** The steps that have begun; absent where none has. */
  steps?: readonly Step[];
  /** How the interval was found. */
  decision?: 'window' | 'last-resort' | 'soonest';
  /** The rules that the interval was made by. Absent where the row does not say them. */
  rules?: RulesRecord;
  /** True where an operator set the interval: the planner leaves it as it is. */
  pinned: boolean;
  /** Why an operator holds the plan: nothing is restarted until it is taken away. Absent where nobody does. */
  hold?: string;
  approval: Approval;
  /** What the approval was granted for. Absent where there is none. */
  approvedEvents?: readonly string[];
  approvedDecision?: IntervalKind;
  /** Who asked for an approval by hand: the plan needs one whatever the rules say. Absent where nobody did. */
  approvalAskedBy?: string;
  cause?: Cause;
  lease?: Lease;
  intent?: Intent;
  /** HealthStatus right before the restart; absent where it was not read. */
  healthBefore?: string;
  /** StartTime right before the restart; absent where ECS did not say it. */
  startedBefore?: Instant;
  /** When a look after the intent saw the instance not Running. */
  seenDownAt?: Instant;
  /** Since when each look shows the events Avoided and the instance Running. */
  avoidedSeenAt?: Instant;
  /** The events for which a restart may have been sent, whatever somebody makes of `eventIds` later. */
  sentEventIds?: readonly string[];
  /** What was not proven about an earlier restart of the instance, whose plan this one replaced; absent where nothing was. */
  unproven?: Unproven;
  /** A person says that others may go on although the restart was not proven: their words. Absent where nobody does. */
  acknowledged?: string;
  /** The id of the plan that a person wants to be tried again once it has ended. Absent where nobody does. */
  retry?: string;
  /** No attempt before this time. */
  waitUntil?: Instant;
  /** When it ended, or when a function saw that a person ended it. Absent while it is active. */
  finishedAt?: Instant;
  /** When a function last wrote the row. For people: nothing rests on it. */
  updatedAt?: Instant;
  /** When the last restart of an earlier plan ended, whose row this plan replaced. Only where GROUP_PAUSE was not over then. */
  formerEndedAt?: Instant;
  /** When the next look is due, and when verification gives up. */
  nextLook?: Instant;
  verifyUntil?: Instant;
  /** What people are to be told of what happened. Absent where there is no news, and where all of it was told before the read. */
  news?: readonly NewsItem[];
  /** The number of writes of the row, from 1. Every write is conditional on it. */
  version: number;
  timeline: readonly TimelineEntry[];
  /** What a person changed since the last write. The next write records it. Absent where nobody changed anything. */
  edits?: readonly Edit[];
  /** The same for wishes in the row of a plan that has ended. They are for later: no write is made for them alone. */
  editsAfterEnd?: readonly Edit[];
  /** The name that a person wrote beside an edit. It goes with the edit. */
  editedBy?: string;
}

/** True from the claim of an execution until the plan ends. */
export function hasBegun(plan: Plan): boolean {
  return (begunStatuses as readonly PlanStatus[]).includes(plan.status);
}

/** True for a plan that waits for a step while no execution holds it. It may be planned again. */
export function isSuspended(plan: Plan): boolean {
  return plan.status === 'Preparing' && plan.lease === undefined;
}

/** True for a final plan that may be judged again: nothing was sent for it, and no person has to decide. */
export function mayBeJudgedAgain(plan: Plan): boolean {
  return isFinal(plan.status) && !mayHaveSent(plan) && plan.cause !== undefined && !awaitsPerson(plan.cause);
}

/** True where a restart may have been sent for the plan. None is sent again. */
export function mayHaveSent(plan: Plan): boolean {
  return plan.intent !== undefined;
}

/** True for a plan that ended and waits for a person. */
export function mayBeRetried({ status, cause }: Pick<Plan, 'status' | 'cause'>): boolean {
  // The planner gives each Skipped of its own a cause.
  const isByHand = cause === undefined || cause === 'operator';
  return status === 'Escalated' || (status === 'Skipped' && isByHand);
}

/** True where a person asks for another plan in place of this one. A wish for an earlier plan counts no longer. */
export function isRetryAsked(plan: Plan): boolean {
  return mayBeRetried(plan) && plan.retry?.trim() === plan.planId;
}

/** What is not proven about the last restart of the instance. Undefined where it is proven, and where none was sent. */
export function unprovenOf(plan: Plan): Unproven | undefined {
  if (plan.acknowledged !== undefined || plan.status === 'Avoided') return undefined;
  if (!isFinal(plan.status) || !mayHaveSent(plan)) return plan.unproven;
  if (preCommandToUndo(plan) !== undefined || restartCheckAt(plan) !== undefined) return 'pre-command';
  return stepOf(plan, 'post-command')?.state === 'failed' ? 'post-command' : (plan.unproven ?? 'restart');
}

/** True where a person who acknowledges the restart changes something: it is not proven, or the plan needs a person. */
export function mayBeAcknowledged(plan: Plan): boolean {
  const open = { ...plan };
  delete open.acknowledged;
  return plan.status === 'Escalated' || unprovenOf(open) !== undefined;
}

/** When the last restart of the instance ended, of this plan or of one before it. Undefined where no restart was sent. */
export function lastRestartEnd({ intent, finishedAt, formerEndedAt }: Plan): Instant | undefined {
  const own = intent === undefined ? undefined : finishedAt;
  return own !== undefined && formerEndedAt !== undefined
    ? latest(own, formerEndedAt)
    : (own ?? formerEndedAt);
}

/**
 * True where the plan waits longer than the planner ever does, so that somebody edited wait_until. The planner waits ten
 * minutes at most, or until execute_at. A longer wait could let the plan miss its event.
 */
export function waitsTooLong({ waitUntil, executeAt }: Plan, now: Instant): boolean {
  if (waitUntil === undefined || (executeAt !== undefined && !isAfter(waitUntil, executeAt))) return false;
  return isAfter(waitUntil, plus(now, longestWait));
}

/** True where the wait of the plan is over, or was edited so that it does not count. */
export function isWaitVoid(plan: Plan, now: Instant): boolean {
  const { waitUntil } = plan;
  return waitUntil !== undefined && (!isAfter(waitUntil, now) || waitsTooLong(plan, now));
}

/** Well above ten minutes, so that clocks may differ, and far below the days between an event and its NotBefore. */
const longestWait: Milliseconds = 3_600_000;

/** The events that never make a plan again once this one has ended for good. */
export function closedEvents(plan: Plan): readonly string[] {
  return [...new Set([...plan.eventIds, ...sentEvents(plan)])];
}

/** Where somebody removed the events of a plan, or of its restart, the id of the plan still names the first of them. */
function sentEvents(plan: Plan): readonly string[] {
  const { planId, eventIds, sentEventIds } = plan;
  if (sentEventIds !== undefined && sentEventIds.length > 0) return sentEventIds;
  return mayHaveSent(plan) || eventIds.length === 0 ? planId.split('.').slice(0, 1) : [];
}

/**
 * The next moment at which a function must look at the plan. Undefined only for final plans that leave nothing to undo. Rows
 * hold it as `due_at`. A pre-command that is to be undone makes its plan due at once, or when no execution holds it any more.
 */
export function dueAt(plan: Plan): Instant | undefined {
  const { lease } = plan;
  const [due, owed] = [dueByStatus(plan), undoDueAt(plan)];
  const undo = owed && lease ? latest(owed, lease.until) : owed;
  return due === undefined || undo === undefined ? (due ?? undo) : earliest(due, undo);
}

/** An active plan that lacks the time it waits for is due at once (the epoch), so that it is never forgotten. */
function dueByStatus(plan: Plan): Instant | undefined {
  switch (plan.status) {
    case 'Planned': {
      const first = prepareAt(plan);
      return first && plan.waitUntil ? latest(first, plan.waitUntil) : (first ?? epoch);
    }
    case 'AwaitingApproval':
      // From then on each run may find the approval, and obey it in the interval.
      return plan.executeAt ?? epoch;
    case 'Preparing':
      // Without a lease the plan waits for a step, and no execution holds it.
      return plan.lease?.until ?? plan.nextLook ?? epoch;
    case 'Rebooting':
      return plan.lease?.until ?? epoch;
    case 'Verifying':
      return plan.nextLook ?? epoch;
    case 'Avoided':
    case 'Cleared':
    case 'Skipped':
    case 'Missed':
    case 'Escalated':
      return restartCheckAt(plan);
  }
}

const epoch: Instant = Temporal.Instant.fromEpochMilliseconds(0);
