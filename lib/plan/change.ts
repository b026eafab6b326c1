// The one way in which a transition makes the next version of a plan: guarded by the table and by the invariants.
import type { Instant } from './calendar/instant.ts';
import { editsOf } from './edit.ts';
import { newsAfter } from './news.ts';
import { assertMayFollow, ImpossibleChange } from './invariants.ts';
import type { Plan } from './plan.ts';
import type { Statement } from './statement.ts';
import { withNextSteps } from './next-steps.ts';
import { withoutOutdatedGrant, withRefusals } from './refusals.ts';
import { isFinal } from './status.ts';
import { bareReason, toldReason } from './told-waits.ts';
import { withEntry, type TimelineEntry } from './timeline.ts';
import { isAllowed, type TransitionName } from './transition-table.ts';

/** Who changes the plan, and when. */
export interface Stamp {
  at: Instant;
  by: string;
}

/** What a transition writes. */
export interface Change {
  patch: Partial<Plan>;
  /** Columns that go, unless the patch sets them. */
  drop?: readonly Droppable[];
  /** The entry of the timeline; absent where the change is no news. */
  what?: Statement | undefined;
  /** The request id of the call to ECS that led to the change. */
  requestId?: string | undefined;
}

/** Columns that a change may remove. */
export type Droppable = keyof Pick<
  Plan,
  | 'lease'
  | 'waitUntil'
  | 'nextLook'
  | 'verifyUntil'
  | 'intent'
  | 'healthBefore'
  | 'startedBefore'
  | 'seenDownAt'
  | 'avoidedSeenAt'
  | 'sentEventIds'
  | 'cause'
  | 'finishedAt'
  | 'acknowledged'
  | 'retry'
  | 'unproven'
  | 'decision'
  | 'group'
  | 'ecsWindow'
  | 'runbook'
  | 'notBefore'
  | 'approvedEvents'
  | 'approvedDecision'
  | 'approvalAskedBy'
>;

/** What belongs to one attempt only. */
export const attempt = ['lease', 'waitUntil', 'nextLook'] as const satisfies readonly Droppable[];

/**
 * The plan one version on.
 * @throws ImpossibleChange where the table or an invariant forbids it
 */
export function change(
  name: TransitionName,
  plan: Plan,
  stamp: Stamp,
  { patch, drop, what, requestId }: Change,
): Plan {
  const rest = { ...plan };
  for (const column of drop ?? []) Reflect.deleteProperty(rest, column);
  const next: Plan = {
    ...rest,
    ...patch,
    updatedAt: stamp.at,
    version: plan.version + 1,
    timeline: withEdits(plan, stamp),
  };
  // A name stays until there is an edit that it belongs to.
  if (editsOf(plan).length > 0) delete next.editedBy;
  delete next.edits;
  delete next.editsAfterEnd;
  next.reason = withRefusalsOf(plan, next);
  next.reason = withNextSteps({ ...next, reason: toldReason(next) });
  if (!isAllowed(name, plan.status, next.status)) {
    throw new ImpossibleChange(plan, `The transition ${name} to ${next.status} is not allowed`);
  }
  if (what !== undefined) {
    const entry = { ...stamp, what, ...(requestId === undefined ? {} : { requestId }) };
    next.timeline = withEntry(next.timeline, entry);
  }
  const news = newsAfter(name, plan, next, stamp.at);
  if (news.length > 0) next.news = news;
  if (name !== 'create') assertMayFollow(plan, next);
  return next;
}

/** The end of a plan is about the end: what was refused before stands in the timeline. */
function withRefusalsOf(plan: Plan, next: Plan): Statement {
  const isEnd = isFinal(next.status) && !isFinal(plan.status);
  const bare = bareReason(next.reason);
  const reason = next.status === 'AwaitingApproval' ? bare : withoutOutdatedGrant(bare);
  return withRefusals(reason, editsOf(plan), isEnd ? reason : bareReason(plan.reason));
}

/** The timeline, with what persons changed since the last write. When they did it is not known. */
function withEdits(plan: Plan, { at }: Stamp): readonly TimelineEntry[] {
  return editsOf(plan).reduce((entries, edit) => withEntry(entries, { at, ...edit }), plan.timeline);
}
