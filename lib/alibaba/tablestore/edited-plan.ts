// What a person's edit means: it changes one column and leaves those that go with it. Each edit is told in the timeline by the
// next write.
import type { EditCode } from '../../plan/edit.ts';
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
}

/** The plan as the person who edited its row means it. */
export function asEdited(read: Plan, before: WrittenBefore): Plan {
  const plan = withCause(read, before.last);
  // What was sent cannot be held or approved. A wish for a plan that has ended is for the next one.
  const { plan: wished, told } =
    isFinal(plan.status) || mayHaveSent(plan) ? { plan, told: [] } : withApproval(plan, before);
  const edits = [...statusEdit(plan, before.last, told), ...told, ...otherEdits(wished, before.last)];
  if (edits.length === 0) return earlierLook(wished, before);
  const by = byOf(plan);
  return { ...wished, edits: edits.map((what) => ({ by, what })) };
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
  const isNew = last !== undefined && !last.isOver && last.approval !== approval;
  if (approval === 'granted') {
    // Somebody set the status back, and left the grant.
    const isTakenBack = last?.approval === 'granted' && status === 'AwaitingApproval';
    if (isTakenBack && last.status !== status) return 'demand';
    return isNew || plan.approvedEvents === undefined || status === 'AwaitingApproval' ? 'grant' : undefined;
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
  const isKnown = last?.approval === 'granted' && plan.approvedEvents !== undefined;
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
  if (isFinal(plan.status) || mayHaveSent(plan)) return [];
  return [...holdEdit(plan, last), ...timeEdit(plan, last)];
}

function holdEdit({ hold }: Plan, last: LastWritten | undefined): Told {
  if ((hold ?? '') === (last?.hold ?? '')) return [];
  return [hold === undefined ? state('hold-lifted', {}) : state('hold-set', { why: hold })];
}

function timeEdit(plan: Plan, last: LastWritten | undefined): Told {
  if (last === undefined || (last.isOver && !plan.pinned)) return [];
  const now = timesOf(plan);
  const isMoved = last.isOver || now.execute_at !== last.execute_at || now.latest_start !== last.latest_start;
  if (last.pinned && !plan.pinned) return [state('unpinned-by-hand', {})];
  if (plan.executeAt === undefined || !(isMoved || last.pinned !== plan.pinned)) return [];
  const at = atIn(plan.executeAt, plan.rules?.timeZone ?? 'UTC');
  return [state(plan.pinned ? 'pinned-by-hand' : 'time-by-hand', at)];
}
