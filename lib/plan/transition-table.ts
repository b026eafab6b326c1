// The state machine as data: from which status each transition may start, and where it may lead. A transition that is not
// in this table throws, and nothing is written. lib/README.md draws it.
import { finalStatuses, type PlanStatus } from './status.ts';

interface Row {
  from: readonly PlanStatus[];
  to: readonly PlanStatus[];
}

const anyFinal = finalStatuses;

/** A plan that is created starts from the final plan that it replaces, or from no plan. */
export const transitionTable = {
  create: { from: anyFinal, to: ['Planned', 'AwaitingApproval', 'Skipped', 'Missed', 'Escalated'] },
  reschedule: { from: ['Planned', 'AwaitingApproval', 'Preparing'], to: ['Planned', 'AwaitingApproval'] },
  claim: { from: ['Planned', 'Preparing'], to: ['Preparing'] },
  recordStep: { from: ['Preparing', 'Verifying'], to: ['Preparing', 'Verifying'] },
  suspend: { from: ['Preparing'], to: ['Preparing'] },
  /** No restart now. Only for a plan without an intent. */
  postpone: { from: ['Planned', 'AwaitingApproval', 'Preparing'], to: ['Planned', 'AwaitingApproval'] },
  recordIntent: { from: ['Preparing'], to: ['Rebooting'] },
  /** Only where it is known that nothing was sent, or that ECS did nothing. */
  takeBackIntent: { from: ['Rebooting'], to: ['Planned'] },
  endRefused: { from: ['Rebooting'], to: ['Escalated'] },
  beginVerifying: { from: ['Rebooting'], to: ['Verifying'] },
  keepWatching: { from: ['Verifying'], to: ['Verifying'] },
  end: { from: ['Planned', 'AwaitingApproval', 'Preparing', 'Verifying'], to: anyFinal },
  /** A final plan that may be judged again gets another end, or waits again. */
  endAgain: { from: ['Cleared', 'Skipped', 'Missed', 'Escalated'], to: ['Skipped', 'Missed', 'Escalated'] },
  reopen: { from: ['Cleared', 'Skipped', 'Missed', 'Escalated'], to: ['Planned', 'AwaitingApproval'] },
  noteEvents: { from: ['Verifying', 'Skipped'], to: ['Verifying', 'Skipped'] },
  lookNow: { from: ['Preparing', 'Rebooting', 'Verifying'], to: ['Preparing', 'Rebooting', 'Verifying'] },
  /** The row was edited: the same plan is written again. */
  confirmEdit: {
    from: ['Planned', 'AwaitingApproval', 'Preparing', 'Rebooting', 'Verifying', ...anyFinal],
    to: ['Planned', 'AwaitingApproval', 'Preparing', 'Rebooting', 'Verifying', ...anyFinal],
  },
} as const satisfies Readonly<Record<string, Row>>;

export type TransitionName = keyof typeof transitionTable;

/** True where the table allows the transition between these statuses. */
export function isAllowed(name: TransitionName, from: PlanStatus, to: PlanStatus): boolean {
  const row: Row = transitionTable[name];
  return row.from.includes(from) && row.to.includes(to);
}
