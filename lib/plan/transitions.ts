// Every way in which a plan changes. A transition takes the plan as it was read and returns the plan to write, one version
// on. transition-table.ts says from where each may start: from elsewhere it throws. Whether the plan may be written is a
// condition of the store. Whether it should be is up to planning and the verdicts.
import { plus, type Instant, type Milliseconds } from './calendar/instant.ts';
import { attempt, change, type Droppable, type Stamp } from './change.ts';
import { ending, type End } from './ending.ts';
import { ImpossibleChange } from './invariants.ts';
import { isSuspended, isWaitVoid, mayBeJudgedAgain, mayHaveSent, type Plan } from './plan.ts';
import { state, type Statement } from './statement.ts';
import { stepsInInterval, stepsLeftBy } from './draining.ts';
import { withStep, type Step } from './steps.ts';

/** What planning decides when it plans an instance. */
export type Draft = Pick<
  Plan,
  | 'status'
  | 'reason'
  | 'eventIds'
  | 'laterEventIds'
  | 'notBefore'
  | 'rules'
  | 'approval'
  | 'approvedEvents'
  | 'approvedDecision'
  | 'executeAt'
  | 'latestStart'
  | 'decision'
  | 'group'
  | 'ecsWindow'
  | 'runbook'
> &
  Partial<Pick<Plan, 'waitUntil' | 'pinned'>>;

/** No plan, or the final plan `replaced` → a new plan that waits. `blank` is the new plan without its draft. */
export function create(
  { blank, replaced }: { blank: Plan; replaced: Plan | undefined },
  stamp: Stamp,
  draft: Draft,
  what: Statement,
): Plan {
  const plan = startOf(blank, replaced, stamp);
  return change('create', plan, stamp, { patch: draft, what });
}

/** No plan, or the final plan `replaced` → a new plan that ends at once: nothing of ours is restarted. */
export function createEnded(
  { blank, replaced }: { blank: Plan; replaced: Plan | undefined },
  stamp: Stamp,
  end: End,
): Plan {
  const plan = startOf(blank, replaced, stamp);
  return change('create', plan, stamp, ending(plan, stamp, end));
}

/** A first plan starts where a finished one does: nothing is under way but what that one left. */
function startOf(blank: Plan, replaced: Plan | undefined, { at }: Stamp): Plan {
  const left = replaced === undefined ? [] : stepsLeftBy(replaced, blank, at);
  const steps = left.length === 0 ? {} : { steps: left };
  return { ...blank, ...steps, status: replaced?.status ?? 'Skipped' };
}

/** Planned, AwaitingApproval or Preparing → waiting in another interval, or for other events. Nothing was sent. */
export function reschedule(plan: Plan, stamp: Stamp, draft: Draft, what: Statement): Plan {
  const steps = stepsInInterval(plan, draft.executeAt, stamp.at);
  const patch = { ...draft, ...(steps === undefined ? {} : { steps }) };
  return change('reschedule', plan, stamp, { patch, drop: outdated(plan, stamp), what });
}

/** Planned or AwaitingApproval → the same plan in the same interval: its reason was no longer true. */
export function restate(plan: Plan, stamp: Stamp, reason: Statement, what: Statement): Plan {
  return change('restate', plan, stamp, { patch: { reason }, what });
}

/** A final plan that may be judged again → waiting. Nothing was sent. */
export function reopen(plan: Plan, stamp: Stamp, draft: Draft, what: Statement): Plan {
  assertJudgedAgain(plan);
  const others = plan.steps?.filter(({ name }) => name !== 'pre-command' && name !== 'undo-command');
  const steps = others && [...others, ...stepsLeftBy(plan, plan, stamp.at)];
  return change('reopen', plan, stamp, {
    patch: { ...draft, ...(steps ? { steps } : {}) },
    // As at an end: what a person said go on about stays said.
    drop: [
      ...outdated(plan, stamp),
      'retry',
      ...(plan.acknowledged === undefined ? [] : (['acknowledged', 'unproven'] as const)),
    ],
    what,
  });
}

function outdated(plan: Plan, { at }: Stamp): readonly Droppable[] {
  const columns = [
    'lease',
    'nextLook',
    'cause',
    'finishedAt',
    'decision',
    'group',
    'ecsWindow',
    'runbook',
    'approvedEvents',
    'approvedDecision',
  ] as const;
  return isWaitVoid(plan, at) ? [...columns, 'waitUntil'] : columns;
}

function assertJudgedAgain(plan: Plan): void {
  if (!mayBeJudgedAgain(plan)) throw new ImpossibleChange(plan, 'The plan may not be judged again');
}

/** Planned or Preparing → Preparing: `owner` alone works on the plan until the lease ends. */
export function claim(plan: Plan, stamp: Stamp, owner: string, lease: Milliseconds): Plan {
  const held = { lease: { owner, until: plus(stamp.at, lease) } };
  // Resuming a suspended plan adds no timeline entry.
  if (isSuspended(plan)) return change('claim', plan, stamp, { patch: held, drop: attempt });
  const begun = plan.steps === undefined ? 'preparing' : 'preparing-again';
  const reason = state(plan.status === 'Preparing' ? 'took-over' : begun, {});
  const patch = { status: 'Preparing', reason, ...held } as const;
  return change('claim', plan, stamp, { patch, drop: attempt, what: reason });
}

/** Preparing → Preparing without a lease: a step takes its time. The next execution goes on from here. */
export function suspend(plan: Plan, stamp: Stamp, why: Statement, nextLook: Instant): Plan {
  return change('suspend', plan, stamp, { patch: { reason: why, nextLook }, drop: attempt, what: why });
}

/** A step of the plan begins, continues or ends. Without `what` the timeline gets no entry. */
export function recordStep(
  plan: Plan,
  stamp: Stamp,
  step: Step,
  { what, requestId }: { what?: Statement | undefined; requestId?: string | undefined },
): Plan {
  const patch = { steps: withStep(plan, step) };
  return change('recordStep', plan, stamp, { patch, what, requestId });
}

/** Preparing → Rebooting, under the same lease. Written before anything is sent, with what was seen before the restart. */
export function recordIntent(
  plan: Plan,
  stamp: Stamp,
  { healthBefore, startedBefore }: { healthBefore?: string | undefined; startedBefore?: Instant | undefined },
): Plan {
  if (mayHaveSent(plan)) throw new ImpossibleChange(plan, 'The plan has an intent already');
  const reason = state('sending', {});
  const patch = {
    status: 'Rebooting',
    reason,
    intent: { at: stamp.at },
    sentEventIds: plan.eventIds,
    ...(healthBefore === undefined ? {} : { healthBefore }),
    ...(startedBefore === undefined ? {} : { startedBefore }),
  } as const;
  return change('recordIntent', plan, stamp, { patch, drop: [...seen], what: reason });
}

/** Not now: a plan without an intent waits again. AwaitingApproval stays so. Throws for a plan with an intent. */
export function postpone(plan: Plan, stamp: Stamp, why: Statement, waitUntil: Instant | undefined): Plan {
  if (mayHaveSent(plan)) throw new ImpossibleChange(plan, 'A plan with an intent cannot be postponed');
  const status = plan.status === 'AwaitingApproval' ? 'AwaitingApproval' : 'Planned';
  const patch = { status, reason: why, ...(waitUntil === undefined ? {} : { waitUntil }) } as const;
  return change('postpone', plan, stamp, { patch, drop: attempt, what: why });
}

/** What was seen of the instance before and after the restart. */
const seen = ['healthBefore', 'startedBefore', 'seenDownAt', 'avoidedSeenAt'] as const;

/** What is recorded with an intent, and goes with it. */
const ofIntent = ['intent', 'sentEventIds', ...seen] as const;

/** Why it is known that nothing was restarted: this execution did not send, or ECS refused. */
export type NothingSent = Statement<'stale-intent' | 'outside-interval' | 'refused' | 'plan-not-worked-on'>;

/** Rebooting → Planned. The intent goes, because it is known that it had no effect. */
export function takeBackIntent(
  plan: Plan,
  stamp: Stamp,
  proof: NothingSent,
  { waitUntil, requestId }: { waitUntil: Instant; requestId?: string | undefined },
): Plan {
  const patch = { status: 'Planned', reason: proof, waitUntil } as const;
  const drop = [...attempt, ...ofIntent] as const;
  return change('takeBackIntent', plan, stamp, { patch, drop, what: proof, requestId });
}

/** Rebooting → Escalated: ECS refused for good. The intent goes, because it is known that it had no effect. */
export function endRefused(
  plan: Plan,
  stamp: Stamp,
  proof: Statement<'refused-for-good'>,
  requestId: string | undefined,
): Plan {
  const nothingSent = { ...plan };
  delete nothingSent.intent;
  const { patch, drop, what } = ending(nothingSent, stamp, {
    status: 'Escalated',
    reason: proof,
    cause: 'refused',
  });
  return change('endRefused', plan, stamp, {
    patch,
    drop: [...drop, ...ofIntent],
    what,
    requestId,
  });
}

/** What is known once RebootInstance may have been sent. */
export interface Sending {
  outcome: 'accepted' | 'unknown';
  reason: Statement<'accepted' | 'outcome-unknown' | 'sender-vanished'>;
  nextLook: Instant;
  verifyUntil: Instant;
  requestId?: string | undefined;
}

/** Rebooting → Verifying: RebootInstance was accepted, or its outcome is unknown. */
export function beginVerifying(plan: Plan, stamp: Stamp, sent: Sending): Plan {
  const { outcome, reason, nextLook, verifyUntil, requestId } = sent;
  if (plan.intent === undefined) throw new ImpossibleChange(plan, 'The plan has no intent to verify');
  const intent = { at: plan.intent.at, outcome };
  const patch = { status: 'Verifying', reason, intent, nextLook, verifyUntil } as const;
  return change('beginVerifying', plan, stamp, { patch, drop: attempt, what: reason, requestId });
}

/**
 * Any active status but Rebooting → final. What belongs to the attempt goes. Whether a restart was sent stays on record.
 */
export function end(plan: Plan, stamp: Stamp, how: End): Plan {
  return change('end', plan, stamp, ending(plan, stamp, how));
}

/** A final plan that may be judged again → another end. */
export function endAgain(plan: Plan, stamp: Stamp, how: End): Plan {
  assertJudgedAgain(plan);
  return change('endAgain', plan, stamp, ending(plan, stamp, how));
}

/** Other events are open: they are planned when this plan ends. */
export function noteEvents(plan: Plan, stamp: Stamp, ids: readonly string[], what: Statement): Plan {
  return change('noteEvents', plan, stamp, { patch: { laterEventIds: ids }, what });
}

/** A plan under way that an edit made due only much later is due now. */
export function lookNow(plan: Plan, stamp: Stamp, what: Statement): Plan {
  const lease = plan.lease === undefined ? {} : { lease: { ...plan.lease, until: stamp.at } };
  return change('lookNow', plan, stamp, { patch: { nextLook: stamp.at, ...lease }, what });
}
