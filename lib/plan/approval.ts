// What an approval is for: these events, and this kind of interval. A slot that moves within its kind needs no new one.

/** Whether the plan needs an operator's approval, and has it. */
export type Approval = 'not-required' | 'required' | 'granted';

/** The kinds of interval that a person approves. */
export const intervalKinds = ['window', 'last-resort', 'soonest', 'pinned'] as const;

/** How an interval came about: the planner's decision, or the pinned time of a person. */
export type IntervalKind = (typeof intervalKinds)[number];

/** What was approved. */
export interface Grant {
  approval: Approval;
  approvedEvents?: readonly string[];
  approvedDecision?: IntervalKind;
}

interface IntervalOf {
  pinned: boolean;
  decision?: Exclude<IntervalKind, 'pinned'>;
}

/** The kind of the interval of the plan; undefined where its row does not say it. */
export function kindOf({ pinned, decision }: IntervalOf): IntervalKind | undefined {
  return pinned ? 'pinned' : decision;
}

/**
 * The grant of the plan; undefined where it has none. A grant that says nothing of its events, or of the kind, is for what the
 * plan says itself.
 */
export function grantOf(plan: GrantedPlan): Required<Grant> | undefined {
  const kind = plan.approvedDecision ?? kindOf(plan);
  if (plan.approval !== 'granted' || kind === undefined) return undefined;
  return {
    approval: 'granted',
    approvedEvents: plan.approvedEvents ?? plan.eventIds,
    approvedDecision: kind,
  };
}

/** What the grant of a plan is read from. */
export type GrantedPlan = Grant & IntervalOf & { eventIds: readonly string[] };

/** True where the grant of the plan is for all of these events, and for this kind of interval. */
export function isGrantedFor(
  plan: GrantedPlan,
  eventIds: readonly string[],
  kind: IntervalKind | undefined,
): boolean {
  const grant = grantOf(plan);
  if (grant === undefined || kind === undefined) return false;
  return (
    eventIds.every((id) => grant.approvedEvents.includes(id)) && coversKind(grant.approvedDecision, kind)
  );
}

/**
 * A person who pins a time wants that time. Who approved a time outside of the windows has nothing against one in them. Who
 * approved a pinned time approved no other.
 */
function coversKind(granted: IntervalKind, kind: IntervalKind): boolean {
  return granted === kind || kind === 'pinned' || (kind === 'window' && granted !== 'pinned');
}
