// What a person's edit means: it changes one column and leaves those that go with it. Each edit is told in the timeline by the
// next write.
import { operatorOf, type Edit } from '../../plan/edit.ts';
import { leadsTo } from '../../plan/cause.ts';
import { isSame } from '../../plan/calendar/instant.ts';
import { kindOf } from '../../plan/approval.ts';
import { mayHaveSent, type Plan } from '../../plan/plan.ts';
import { atIn, state } from '../../plan/statement.ts';
import { isFinal } from '../../plan/status.ts';
import type { Cell } from './api.ts';
import { withWords, type EditNews } from './edited-words.ts';
import type { LastWritten } from './last-written.ts';
import type { LocalTimes } from './time-cells.ts';
import { timesOf } from './last-written.ts';

/** What tells an edit from what the functions wrote. */
export interface WrittenBefore {
  /** Undefined where the row does not say it: an older version wrote it, or a person removed it. */
  last: LastWritten | undefined;
  format: number;
  dueAt: Cell | undefined;
  /** True where the column approval is not there. Every version writes it. */
  lacksApproval: boolean;
  /** What stands in these columns, whatever it is. */
  acknowledged: string | undefined;
  local: LocalTimes;
}

/** The plan as the person who edited its row means it. */
export function asEdited(read: Plan, before: WrittenBefore): Plan {
  const { plan, told: words } = withWords(withDemand(withCause(read, before.last), before), before);
  if (isFinal(plan.status)) return afterEnd(plan, before, words);
  if (mayHaveSent(plan)) return afterSending(plan, before, words);
  const { plan: wished, told } = withApproval(plan, before);
  const edits = [
    ...statusEdit(plan, before.last, told),
    ...told,
    ...holdEdit(wished, before.last),
    ...timeEdit(wished, before.last),
    ...words,
  ];
  if (edits.length === 0) return earlierLook(wished, before);
  return { ...wished, edits: asOf(plan, edits) };
}

/** No write is made for these edits alone: it could void the condition of the execution that is about to write the answer. */
function afterSending(plan: Plan, { last }: WrittenBefore, words: EditNews): Plan {
  if (last === undefined) return plan;
  const isDemand = last.approval !== plan.approval && plan.approval === 'required';
  const { plan: wished, told } = isDemand ? demanded(plan) : { plan, told: [] };
  const columns = [
    ...(holdEdit(plan, last).length > 0 ? ['hold'] : []),
    ...(last.approval !== plan.approval ? ['approval'] : []),
    ...(timeEdit(plan, last).length > 0 ? ['execute_at'] : []),
  ];
  const late = columns.length === 0 ? [] : [state('wish-too-late', { columns })];
  const later = [...statusEdit(plan, last, []), ...told, ...late, ...words];
  return later.length === 0 ? wished : { ...wished, editsAfterEnd: asOf(plan, later) };
}

/**
 * A wish for a plan that has ended is for the time when it is judged again, or for the next one. What was sent cannot be
 * approved any more, but an approval may be demanded for what comes.
 */
function afterEnd(plan: Plan, before: WrittenBefore, words: EditNews): Plan {
  const { last } = before;
  const { plan: wished, told } = approvalAfterEnd(plan, last);
  const now = [...statusEdit(plan, last, []), ...words];
  const later = mayHaveSent(plan) ? told : [...told, ...holdEdit(plan, last), ...timeEdit(plan, last)];
  return {
    ...wished,
    ...(now.length === 0 ? {} : { edits: asOf(plan, now) }),
    ...(later.length === 0 ? {} : { editsAfterEnd: asOf(plan, later) }),
  };
}

function approvalAfterEnd(plan: Plan, last: LastWritten | undefined): { plan: Plan; told: EditNews } {
  const isNew = last?.approval !== undefined && last.approval !== plan.approval;
  if (isNew && plan.approval === 'required') return demanded(plan);
  return isNew && plan.approval === 'granted' && !mayHaveSent(plan)
    ? granted(plan, last)
    : { plan, told: [] };
}

function asOf(plan: Plan, told: EditNews): Edit[] {
  const by = operatorOf(plan);
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
  return isAwaited ? { ...asked, approval: 'required', approvalAskedBy: askedBy ?? operatorOf(plan) } : asked;
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

/** A grant, a demand, or neither. */
function withApproval(plan: Plan, before: WrittenBefore): { plan: Plan; told: EditNews } {
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

/** True where somebody wrote further events, or another kind of interval, into the grant. */
function isWidened({ approvedEvents = [], approvedDecision }: Plan, last: LastWritten | undefined): boolean {
  const { approved_events: events, approved_decision: decision } = last ?? {};
  if (decision !== undefined && approvedDecision !== undefined && decision !== approvedDecision) return true;
  return events !== undefined && approvedEvents.some((id) => !events.includes(id));
}

/** The grant is for what the row shows. Told only where it is news. */
function granted(plan: Plan, last: LastWritten | undefined): { plan: Plan; told: EditNews } {
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
function demanded(plan: Plan): { plan: Plan; told: EditNews } {
  const status = plan.status === 'Planned' ? 'AwaitingApproval' : plan.status;
  const asked: Plan = { ...plan, status, approval: 'required', approvalAskedBy: operatorOf(plan) };
  delete asked.approvedEvents;
  delete asked.approvedDecision;
  return { plan: asked, told: [state('approval-asked', {})] };
}

/** A status by hand, unless it is the way in which an approval was granted or demanded. */
function statusEdit(plan: Plan, last: LastWritten | undefined, told: EditNews): EditNews {
  if (last === undefined || last.status === plan.status) return [];
  const isApproval = told.some(({ code }) => code === 'approved' || code === 'approval-asked');
  const isWaiting = (status: string): boolean => status === 'Planned' || status === 'AwaitingApproval';
  if (isApproval && isWaiting(last.status) && isWaiting(plan.status)) return [];
  return [state('status-by-hand', { from: last.status, to: plan.status })];
}

function holdEdit({ hold }: Plan, last: LastWritten | undefined): EditNews {
  if ((hold ?? '') === (last?.hold ?? '')) return [];
  return [hold === undefined ? state('hold-lifted', {}) : state('hold-set', { why: hold })];
}

function timeEdit(plan: Plan, last: LastWritten | undefined): EditNews {
  if (last === undefined || (last.isOver && !plan.pinned)) return [];
  const now = timesOf(plan);
  // A person who takes an ended plan back means the time that it then has.
  const isKnown = !last.isOver || (isFinal(plan.status) && last.approval !== undefined);
  const isMoved = !isKnown || now.execute_at !== last.execute_at || now.latest_start !== last.latest_start;
  if (last.pinned && !plan.pinned) return [state('unpinned-by-hand', {})];
  if (plan.executeAt === undefined || !(isMoved || last.pinned !== plan.pinned)) return [];
  if (isKnown && !plan.pinned && now.execute_at === last.execute_at)
    return [state('latest-start-by-hand', {})];
  const at = atIn(plan.executeAt, plan.rules?.timeZone ?? 'UTC');
  return [state(plan.pinned ? 'pinned-by-hand' : 'time-by-hand', at)];
}
