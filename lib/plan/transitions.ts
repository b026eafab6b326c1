// Every way in which a plan changes. A transition takes the plan as it was read and gives the plan as it is to be
// written, one version on; whether it may be written is the store's condition, whether it should be is planning's and
// the verdicts' business.
import { isAfter, plus, type Instant, type Milliseconds } from './calendar/instant.ts';
import { leftBehind, withStep, type Step } from './steps.ts';
import type { Cause, FinalStatus, Plan, TimelineEntry } from './plan.ts';

/** Entries kept in a row; the oldest but the first go. Keeps a row far below Tablestore's 2 MB a cell. */
const timelineLimit = 200;

/** Who changes the plan, and when. */
export interface Stamp {
  at: Instant;
  by: string;
}

/** The plan one version on, with `patch` applied and one entry in its timeline. */
export function change(
  plan: Plan,
  stamp: Stamp,
  patch: Partial<Plan>,
  what: string,
  requestId?: string,
): Plan {
  const entry: TimelineEntry = { ...stamp, what, ...(requestId === undefined ? {} : { requestId }) };
  return { ...plan, ...patch, version: plan.version + 1, timeline: withEntry(plan.timeline, entry) };
}

/** Removes what belongs to one attempt only. */
function withoutAttempt(plan: Plan): Plan {
  const rest = { ...plan };
  delete rest.lease;
  delete rest.waitUntil;
  delete rest.nextLook;
  return rest;
}

/**
 * A plan that waits says so once, not at every tick: the same words again, whatever request they are about, only move the
 * entry's time.
 */
function withEntry(timeline: readonly TimelineEntry[], entry: TimelineEntry): readonly TimelineEntry[] {
  const last = timeline.at(-1);
  const isSaidAgain = last?.by === entry.by && withoutIds(last.what) === withoutIds(entry.what);
  const kept = isSaidAgain ? timeline.slice(0, -1) : timeline;
  if (kept.length < timelineLimit) return [...kept, entry];
  return [...kept.slice(0, 1), ...kept.slice(kept.length - timelineLimit + 2), entry];
}

function withoutIds(text: string): string {
  return text.replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '');
}

/** Planned → Preparing: `owner` alone works on it until the lease ends. Also for taking over a lapsed lease. */
export function claim(plan: Plan, stamp: Stamp, owner: string, lease: Milliseconds): Plan {
  const held = { lease: { owner, until: plus(stamp.at, lease) } };
  // It waited for a step, and goes on where it stood: no news.
  if (plan.status === 'Preparing' && plan.lease === undefined) {
    return { ...withoutAttempt(plan), ...held, version: plan.version + 1 };
  }
  const resumed = plan.status === 'Preparing';
  const begun = plan.steps === undefined ? 'Began to prepare the restart.' : 'Goes on with the restart.';
  return change(
    withoutAttempt(plan),
    stamp,
    { status: 'Preparing', reason: 'An execution prepares the restart.', ...held },
    resumed ? 'Took over from an execution that did not finish.' : begun,
  );
}

/** Preparing → Preparing: a step takes its time; whoever comes next goes on from here. */
export function suspend(plan: Plan, stamp: Stamp, why: string, nextLook: Instant): Plan {
  return change(withoutAttempt(plan), stamp, { reason: why, nextLook }, why);
}

/** A step of the plan begins, goes on or ends. */
export function recordStep(plan: Plan, stamp: Stamp, step: Step, what: string, requestId?: string): Plan {
  return change(plan, stamp, { steps: withStep(plan, step) }, what, requestId);
}

/** Preparing → Rebooting: recorded before anything is sent, under the same lease. */
export function recordIntent(plan: Plan, stamp: Stamp): Plan {
  return change(
    plan,
    stamp,
    {
      status: 'Rebooting',
      reason: 'The intent is recorded; RebootInstance is about to be sent, or was.',
      intent: { at: stamp.at },
    },
    'Recorded the intent to restart the instance.',
  );
}

/**
 * Rebooting or Preparing → Planned: only by the execution that knows that nothing was sent, or that ECS refused it.
 * The intent goes, since it is known to have had no effect.
 */
export function withdraw(
  plan: Plan,
  stamp: Stamp,
  why: string,
  waitUntil: Instant | undefined,
  requestId?: string,
): Plan {
  const rest = withoutAttempt(plan);
  delete rest.intent;
  return change(
    rest,
    stamp,
    { status: 'Planned', reason: why, ...(waitUntil === undefined ? {} : { waitUntil }) },
    why,
    requestId,
  );
}

/** Rebooting → Verifying: RebootInstance was accepted, or nobody can tell. */
export function beginVerifying(
  plan: Plan,
  stamp: Stamp,
  outcome: 'accepted' | 'unknown',
  what: string,
  looks: { nextLook: Instant; verifyUntil: Instant },
  requestId?: string,
): Plan {
  const reason =
    outcome === 'accepted'
      ? 'RebootInstance was accepted; waiting for its events to show Avoided and the instance to run.'
      : 'It is not known whether RebootInstance arrived; it is not sent again, the events will tell.';
  const at = plan.intent?.at ?? stamp.at;
  return change(
    withoutAttempt(plan),
    stamp,
    { status: 'Verifying', reason, intent: { at, outcome }, ...looks },
    what,
    requestId,
  );
}

/**
 * Verifying → Verifying: not proven yet. Gives back the same plan where nothing new was seen: a look that shows nothing
 * new costs no write, and the row stays due for the next tick.
 */
export function keepWatching(plan: Plan, stamp: Stamp, why: string, nextLook: Instant): Plan {
  return plan.reason === why ? plan : change(plan, stamp, { reason: why, nextLook }, why);
}

/** Any active status → a final one. What belongs to the attempt goes; whether a restart was sent stays on record. */
export function end(plan: Plan, stamp: Stamp, status: FinalStatus, reason: string, cause?: Cause): Plan {
  const rest = withoutAttempt(plan);
  delete rest.verifyUntil;
  delete rest.cause;
  const told = [reason, leftBehind(plan)].filter((sentence) => sentence !== undefined).join(' ');
  return change(
    rest,
    stamp,
    { status, reason: told, ...(cause === undefined ? {} : { cause }) },
    `${status}: ${told}`,
  );
}

/** Rebooting → Escalated: ECS refused for good. The intent goes, since it is known to have had no effect. */
export function endRefused(plan: Plan, stamp: Stamp, why: string, requestId: string | undefined): Plan {
  const rest = withoutAttempt(plan);
  delete rest.intent;
  const reason = [why, leftBehind(rest)].filter((sentence) => sentence !== undefined).join(' ');
  const patch = { status: 'Escalated', reason, cause: 'refused' } as const;
  return change(rest, stamp, patch, `Escalated: ${reason}`, requestId);
}

/** What planning decides anew where it plans an instance again. */
export type Schedule = Pick<
  Plan,
  | 'status'
  | 'reason'
  | 'eventIds'
  | 'laterEventIds'
  | 'notBefore'
  | 'rules'
  | 'approval'
  | 'executeAt'
  | 'latestStart'
  | 'decision'
  | 'group'
  | 'ecsWindow'
  | 'runbook'
>;

/** Any plan for which nothing was sent → waiting again, in another interval or for other events. */
export function reschedule(plan: Plan, stamp: Stamp, schedule: Schedule, what: string): Plan {
  const rest = { ...plan };
  delete rest.lease;
  delete rest.nextLook;
  delete rest.cause;
  delete rest.decision;
  delete rest.group;
  delete rest.ecsWindow;
  delete rest.runbook;
  if (rest.waitUntil !== undefined && !isAfter(rest.waitUntil, stamp.at)) delete rest.waitUntil;
  return change(rest, stamp, schedule, what);
}

/** A row that was edited by hand, taken as it says; written again so that its due_at follows. */
export function confirmEdit(plan: Plan, stamp: Stamp): Plan {
  return change(plan, stamp, {}, 'The row was edited by hand; due_at follows the edit.');
}
