// Whether a plan needs an approval, by today's rules, and whether it has it.
import { grantOf, isGrantedFor, kindOf, type Grant, type IntervalKind } from '../approval.ts';
import type { Plan } from '../plan.ts';
import type { Mode } from '../settings.ts';
import { state, type Statement } from '../statement.ts';
import type { Wishes } from './tags.ts';

/** True where the settings or a tag require an approval. In observe mode nothing is restarted, and none is needed. */
export function isApprovalRequired(
  mode: Mode,
  { approvalRequired }: Pick<Wishes, 'approvalRequired'>,
): boolean {
  return mode === 'approval' || (mode === 'auto' && approvalRequired);
}

/** The part of a row that approvals are read from. */
export type ApprovalOf = Pick<
  Plan,
  'approval' | 'approvedEvents' | 'approvedDecision' | 'approvalAskedBy' | 'eventIds' | 'pinned' | 'decision'
>;

/** What is to be restarted, and whether the rules require an approval for it. */
export interface ApprovalNeed {
  isRequired: boolean;
  eventIds: readonly string[];
  kind: IntervalKind | undefined;
}

/** True where the plan needs an approval that it does not have. */
export function lacksApproval(row: ApprovalOf, { isRequired, eventIds, kind }: ApprovalNeed): boolean {
  const isAsked = isRequired || row.approvalAskedBy !== undefined;
  return isAsked && !isGrantedFor(row, eventIds, kind);
}

/** The approval of the plan as its columns should say it. A grant stays as long as it is for these events and this kind. */
export function approvalFor(row: ApprovalOf, need: ApprovalNeed): Grant {
  const grant = grantOf(row);
  if (grant !== undefined && isGrantedFor(row, need.eventIds, need.kind)) return grant;
  return { approval: lacksApproval(row, need) ? 'required' : 'not-required' };
}

/** Why the grant of the plan does not count; undefined where it has none. */
export function outdatedGrant(row: ApprovalOf, { eventIds, kind }: ApprovalNeed): Statement | undefined {
  const grant = grantOf(row);
  if (grant === undefined || isGrantedFor(row, eventIds, kind)) return undefined;
  return state('grant-outdated', {
    eventIds: eventIds.filter((id) => !grant.approvedEvents.includes(id)),
    granted: grant.approvedDecision,
    decision: kind ?? kindOf(row) ?? grant.approvedDecision,
  });
}
