// The plan: what we intend for one instance, for one or more of its events. One row of Tablestore is one plan.
// How it changes is transitions.ts; what it should say is planning.ts and verdict.ts.
import { Temporal } from 'temporal-polyfill';
import type { EcsWindow } from './calendar/ecs-window.ts';
import { latest, type Instant } from './calendar/instant.ts';
import type { Runbook } from './runbook.ts';
import { prepareAt, type Step } from './steps.ts';

export const activeStatuses = ['Planned', 'AwaitingApproval', 'Preparing', 'Rebooting', 'Verifying'] as const;
/** Held by an execution, or restarted and not yet proven. */
export const waitingStatuses = ['Planned', 'AwaitingApproval'] as const;
export const begunStatuses = ['Preparing', 'Rebooting', 'Verifying'] as const;
export const finalStatuses = ['Avoided', 'Cleared', 'Skipped', 'Missed', 'Escalated'] as const;

export type ActiveStatus = (typeof activeStatuses)[number];
export type FinalStatus = (typeof finalStatuses)[number];
export type PlanStatus = ActiveStatus | FinalStatus;

/**
 * Why a plan ended without a restart of ours. All but the last five may cease to hold (a tag is removed, an event is
 * open again), so these plans are judged again; the last five wait for a person.
 */
export const causes = [
  'tag',
  'policy',
  'observe',
  'inquiring',
  'other-event',
  'odd-event',
  'unknown-instance',
  'gone',
  'too-late',
  'operator',
  'unapproved',
  'refused',
  'no-backup',
  'pre-command',
] as const;
export type Cause = (typeof causes)[number];

/** The status that each cause leads to. */
export const statusesOfCause: Readonly<Record<Cause, readonly FinalStatus[]>> = {
  tag: ['Skipped'],
  policy: ['Skipped'],
  observe: ['Skipped'],
  inquiring: ['Skipped'],
  'other-event': ['Skipped'],
  'odd-event': ['Escalated'],
  'unknown-instance': ['Escalated'],
  gone: ['Cleared', 'Escalated'],
  'too-late': ['Missed'],
  operator: ['Skipped'],
  unapproved: ['Escalated'],
  refused: ['Escalated'],
  'no-backup': ['Escalated'],
  'pre-command': ['Escalated'],
};

const settled: readonly Cause[] = ['operator', 'unapproved', 'refused', 'no-backup', 'pre-command'];

/** One thing that happened to a plan. */
export interface TimelineEntry {
  at: Instant;
  /** `plan`, `execute`, or `operator:NAME`. */
  by: string;
  /** In words. */
  what: string;
  /** ECS's request id, where a call to ECS is spoken of. */
  requestId?: string;
}

/** Whether an operator has to say yes, and has. */
export type Approval = 'not-required' | 'required' | 'granted';

/** The execution that works on a plan, and until when it alone may. */
export interface Lease {
  owner: string;
  until: Instant;
}

/** The record that RebootInstance may have been sent; written before it is. */
export interface Intent {
  at: Instant;
  /** Absent while the call is under way; `unknown` where no answer proves either outcome. */
  outcome?: 'accepted' | 'unknown';
}

export interface Plan {
  regionId: string;
  instanceId: string;
  instanceName?: string;
  /** Unique in its instance's history: at most one RebootInstance is sent for one id. */
  planId: string;
  status: PlanStatus;
  /** In words, for the operator: why this status, and what to do where something is to be done. */
  reason: string;
  /** The events that this plan's one restart is to answer. */
  eventIds: readonly string[];
  /** Events of earlier plans of this instance; they make no new plan. */
  formerEventIds: readonly string[];
  /** Open events that this plan's restart is not for, or that came too late for it; looked at when it ends. */
  laterEventIds: readonly string[];
  /** The earliest NotBefore of its events; absent only where a final plan is about events that cannot be read. */
  notBefore?: Instant;
  executeAt?: Instant;
  latestStart?: Instant;
  /** Instances of which only so many may be down at once. */
  group?: string;
  /** The window that its owner set in ECS itself, as it was last read. */
  ecsWindow?: EcsWindow;
  /** What is to be done before and after; absent where nothing is. */
  runbook?: Runbook;
  /** What of that was begun; absent where nothing was. */
  steps?: readonly Step[];
  /** How the interval was found. */
  decision?: 'window' | 'last-resort' | 'soonest';
  /** The rules that the interval was made by, in one line. */
  rules: string;
  /** Set by an operator: the planner leaves the interval, or the ending, as it is. */
  pinned: boolean;
  approval: Approval;
  cause?: Cause;
  lease?: Lease;
  intent?: Intent;
  /** Not before this is an attempt worthwhile. */
  waitUntil?: Instant;
  /** When verification looks again, and when it gives up. */
  nextLook?: Instant;
  verifyUntil?: Instant;
  /** Counts the writes of the row, from 1; every write is conditional on it. */
  version: number;
  timeline: readonly TimelineEntry[];
}

export function isFinal(status: PlanStatus): status is FinalStatus {
  return (finalStatuses as readonly PlanStatus[]).includes(status);
}

/** True from the moment at which an execution holds the plan until it ends. */
export function hasBegun(plan: Plan): boolean {
  return (begunStatuses as readonly PlanStatus[]).includes(plan.status);
}

/** True for a plan that waits for a step and that nobody works on: it may be planned again like one that waits. */
export function isSuspended(plan: Plan): boolean {
  return plan.status === 'Preparing' && plan.lease === undefined;
}

/** True for a final plan that may be judged again: nothing was sent for it, and no person decided. */
export function mayBeJudgedAgain(plan: Plan): boolean {
  return (
    isFinal(plan.status) &&
    !mayHaveSent(plan) &&
    !plan.pinned &&
    plan.cause !== undefined &&
    !settled.includes(plan.cause)
  );
}

/** True where a restart may already have been sent for the plan; it is then never sent again. */
export function mayHaveSent(plan: Plan): boolean {
  return plan.intent !== undefined;
}

/**
 * The next moment at which someone must look at the plan; undefined only for final ones. Rows carry it as `due_at`.
 * A plan that lacks the time it waits for is due at once (the epoch), so that it is never forgotten.
 */
export function dueAt(plan: Plan): Instant | undefined {
  switch (plan.status) {
    case 'Planned': {
      const first = prepareAt(plan);
      return first && plan.waitUntil ? latest(first, plan.waitUntil) : (first ?? epoch);
    }
    case 'AwaitingApproval':
      return plan.latestStart ?? epoch;
    case 'Preparing':
      // Without a lease it waits for a step, and nobody works on it.
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
      return undefined;
  }
}

const epoch: Instant = Temporal.Instant.fromEpochMilliseconds(0);
