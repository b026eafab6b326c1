// What a person's edit means: it changes one column and leaves those that go with it. Each edit is told in the timeline by the
// next write.
import type { Edit, EditCode } from '../../plan/edit.ts';
import { leadsTo } from '../../plan/cause.ts';
import { isSame } from '../../plan/calendar/instant.ts';
import { kindOf } from '../../plan/approval.ts';
import { mayHaveSent, type Plan } from '../../plan/plan.ts';
import { atIn, state, type Statement } from '../../plan/statement.ts';
import { isFinal } from '../../plan/status.ts';
import type { Cell } from './api.ts';
import type { LastWritten } from './last-written.ts';
import { timesOf } from './last-written.ts';

/** What tells an edit from what the functions wrote. */
export interface WrittenBefore {
  /** Undefined where the row does not say it: an older version wrote it, or a person removed it. */
  last: LastWritten | undefined;
  format: number;
  dueAt: Cell | undefined;
  /** True where the column approval is not there. Every version writes it. */
  lacksApproval: boolean;
}

/** The plan as the person who edited its row means it. */
export function asEdited(read: Plan, before: WrittenBefore): Plan {
  const plan = withDemand(withCause(read, before.last), before);
  if (isFinal(plan.status)) return afterEnd(plan, before);
  // What was sent cannot be held or approved.
  const { plan: wished, told } = mayHaveSent(plan) ? { plan, told: [] } : withApproval(plan, before);
  const edits = [...statusEdit(plan, before.last, told), ...told, ...otherEdits(wished, before.last)];
  if (edits.length === 0) return earlierLook(wished, before);
  return { ...wished, edits: asOf(plan, edits) };
}

/**
 * A wish for a plan that has ended is for the time when it is judged again, or for the next one. What was sent cannot be
 * approved any more, but an approval may be demanded for what comes.
 */
function afterEnd(plan: Plan, before: WrittenBefore): Plan {
  const { last } = before;
  const { plan: wished, told } = approvalAfterEnd(plan, last);
  const status = statusEdit(plan, last, []);
  const later = mayHaveSent(plan) ? told : [...told, ...holdEdit(plan, last), ...timeEdit(plan, last)];
  return {
    ...wished,
    ...(status.length === 0 ? {} : { edits: asOf(plan, status) }),
    ...(later.length === 0 ? {} : { editsAfterEnd: asOf(plan, later) }),
  };
}

function approvalAfterEnd(plan: Plan, last: LastWritten | undefined): { plan: Plan; told: Told } {
  const isNew = last?.approval !== undefined && last.approval !== plan.approval;
  if (isNew && plan.approval === 'required') return demanded(plan);
  return isNew && plan.approval === 'granted' && !mayHaveSent(plan)
    ? granted(plan, last)
    : { plan, told: [] };
}

function asOf(plan: Plan, told: Told): Edit[] {
  const by = byOf(plan);
  return told.map((what) => ({ by, what }));
}

/**
 * Somebody removed a column: that waives no approval. Who demanded one stands until `not-required` is written. A plan that
 * waited for an approval, or whose grant is gone, waits for one.
 */
function withDemand(plan: Plan, { last, lacksApproval }: WrittenBefore): Plan {
  const askedBy = plan.approvalAskedBy ?? (last?.isOver === true ? undefined : last?.asked_by);
  const asked = askedBy === undefined ? plan : { ...plan, approvalAskedBy: askedBy };
  if (!lacksApproval) return asked;
  const hadAny = last?.approval !== undefined && last.approval !== 'not-required';
  if (hadAny) return { ...asked, approval: 'required' };
  // Nobody knows who wanted the approval that the plan waits for.
  const isAwaited = last === undefined && (askedBy !== undefined || plan.status === 'AwaitingApproval');
  return isAwaited ? { ...asked, approval: 'required', approvalAskedBy: askedBy ?? byOf(plan) } : asked;
}

function byOf({ editedBy }: Plan): string {
  return editedBy === undefined ? 'operator' : `operator:${editedBy}`;
}

/** Before format 3, a plan that waited for an approval was due at its latest start only. */
function earlierLook(plan: Plan, before: WrittenBefore): Plan {
  if (before.format > 2 || plan.status !== 'AwaitingApproval' || !isDueAtLatestStart(plan, before))
    return plan;
  return { ...plan, edits: [{ by: 'plan', what: state('looked-at-earlier', {}) }] };
}

function isDueAtLatestStart({ executeAt, latestStart }: Plan, { dueAt }: WrittenBefore): boolean {
  return (
    latestStart !== undefined &&
    !isSame(executeAt, latestStart) &&
    dueAt === BigInt(latestStart.epochMilliseconds)
  );
}

function withCause(plan: Plan, last: LastWritten | undefined): Plan {
  const { status, cause } = plan;
  if (cause === undefined) return plan;
  if (!isFinal(status)) {
    // A person took an ended plan back: what had ended it says nothing about a later end.
    const taken = { ...plan };
    delete taken.cause;
    return taken;
  }
  // A person set this final status, and it stays.
  const isByHand = !leadsTo(cause, status) || (last !== undefined && last.status !== status);
  return isByHand ? { ...plan, cause: 'operator' } : plan;
}

/** Only statements about edits. */
type Told = Statement<EditCode>[];

/** A grant, a demand, or neither. */
function withApproval(plan: Plan, before: WrittenBefore): { plan: Plan; told: Told } {
  const wish = wishOf(plan, before);
  switch (wish) {
    case 'grant':
      return granted(plan, before.last);
    case 'demand':
      return demanded(plan);
    case 'waiver': {
      const free = { ...plan };
      delete free.approvalAskedBy;
      return { plan: free, told: [state('approval-waived', {})] };
    }
    case undefined: {
      // The planner never writes these: without last_written, nobody knows whether somebody demands an approval.
      const isMissing = plan.approval === 'required' && plan.status === 'Planned';
      return { plan: isMissing ? { ...plan, status: 'AwaitingApproval' } : plan, told: [] };
    }
  }
}

type Wish = 'grant' | 'demand' | 'waiver' | undefined;

function wishOf(plan: Plan, before: WrittenBefore): Wish {
  const { status, approval } = plan;
  const { last } = before;
  const isNew = last?.approval !== undefined && last.approval !== approval;
  if (approval === 'granted') {
    // Somebody set the status back, and left the grant.
    const isTakenBack = last?.approval === 'granted' && status === 'AwaitingApproval';
    if (isTakenBack && last.status !== status) return 'demand';
    return isNew ||
      isWidened(plan, last) ||
      plan.approvedEvents === undefined ||
      status === 'AwaitingApproval'
      ? 'grant'
      : undefined;
  }
  if (approval === 'required') {
    if (isNew) return 'demand';
    // Somebody set a plan that waited for an approval to Planned.
    const hasWaited =
      last === undefined
        ? before.format < 3 && isDueAtLatestStart(plan, before)
        : last.status === 'AwaitingApproval';
    if (status === 'Planned' && hasWaited) return 'grant';
    return last === undefined && status !== 'AwaitingApproval' ? 'demand' : undefined;
  }
  if (status === 'AwaitingApproval' && last !== undefined && last.status !== status) return 'demand';
  return isNew ? 'waiver' : undefined;
}

/** True where somebody wrote further events into the grant. */
function isWidened({ approvedEvents = [] }: Plan, last: LastWritten | undefined): boolean {
  const before = last?.approved_events;
  return before !== undefined && approvedEvents.some((id) => !before.includes(id));
}

/** The grant is for what the row shows. Told only where it is news. */
function granted(plan: Plan, last: LastWritten | undefined): { plan: Plan; told: Told } {
  const kind = kindOf(plan);
  const status = plan.status === 'AwaitingApproval' ? 'Planned' : plan.status;
  const approvedEvents = plan.approvedEvents ?? plan.eventIds;
  const approvedDecision = plan.approvedDecision ?? kind;
  const bound: Plan = {
    ...plan,
    status,
    approval: 'granted',
    approvedEvents,
    ...(approvedDecision === undefined ? {} : { approvedDecision }),
  };
  const isKnown = last?.approval === 'granted' && plan.approvedEvents !== undefined && !isWidened(plan, last);
  const values = {
    eventIds: approvedEvents,
    ...(approvedDecision === undefined ? {} : { decision: approvedDecision }),
  };
  return { plan: bound, told: isKnown ? [] : [state('approved', values)] };
}

/** It takes a grant away, and stands until a new one. A plan in preparation keeps its status: the planner puts it off. */
function demanded(plan: Plan): { plan: Plan; told: Told } {
  const status = plan.status === 'Planned' ? 'AwaitingApproval' : plan.status;
  const asked: Plan = { ...plan, status, approval: 'required', approvalAskedBy: byOf(plan) };
  delete asked.approvedEvents;
  delete asked.approvedDecision;
  return { plan: asked, told: [state('approval-asked', {})] };
}

/** A status by hand, unless it is the way in which an approval was granted or demanded. */
function statusEdit(plan: Plan, last: LastWritten | undefined, told: Told): Told {
  if (last === undefined || last.status === plan.status) return [];
  const isApproval = told.some(({ code }) => code === 'approved' || code === 'approval-asked');
  const isWaiting = (status: string): boolean => status === 'Planned' || status === 'AwaitingApproval';
  if (isApproval && isWaiting(last.status) && isWaiting(plan.status)) return [];
  return [state('status-by-hand', { from: last.status, to: plan.status })];
}

function otherEdits(plan: Plan, last: LastWritten | undefined): Told {
  if (mayHaveSent(plan)) return [];
  return [...holdEdit(plan, last), ...timeEdit(plan, last)];
}

function holdEdit({ hold }: Plan, last: LastWritten | undefined): Told {
  if ((hold ?? '') === (last?.hold ?? '')) return [];
  return [hold === undefined ? state('hold-lifted', {}) : state('hold-set', { why: hold })];
}

function timeEdit(plan: Plan, last: LastWritten | undefined): Told {
  if (last === undefined || (last.isOver && !plan.pinned)) return [];
  const now = timesOf(plan);
  // A person who takes an ended plan back means the time that it then has.
  const isKnown = !last.isOver || (isFinal(plan.status) && last.approval !== undefined);
  const isMoved = !isKnown || now.execute_at !== last.execute_at || now.latest_start !== last.latest_start;
  if (last.pinned && !plan.pinned) return [state('unpinned-by-hand', {})];
  if (plan.executeAt === undefined || !(isMoved || last.pinned !== plan.pinned)) return [];
  const at = atIn(plan.executeAt, plan.rules?.timeZone ?? 'UTC');
  return [state(plan.pinned ? 'pinned-by-hand' : 'time-by-hand', at)];
}
