// The state machine as data: from which status each transition may start, and where it may lead. A transition that is not
// in this table throws, and nothing is written. lib/README.md draws it.
import type { PlanStatus } from './status.ts';

type Row = Readonly<Partial<Record<PlanStatus, readonly PlanStatus[]>>>;

const created = ['Planned', 'AwaitingApproval', 'Skipped', 'Missed', 'Escalated'] as const;
const waiting = ['Planned', 'AwaitingApproval'] as const;
/** Without a proof: nothing was restarted by us. */
const unsent = ['Cleared', 'Skipped', 'Missed', 'Escalated'] as const;
const endedAgain = ['Skipped', 'Missed', 'Escalated'] as const;

/** By transition and status: the statuses to which it may lead. */
export const transitionTable = {
  /** From the final plan that the new one replaces; a first plan starts where a Skipped one does. */
  create: { Avoided: created, Cleared: created, Skipped: created, Missed: created, Escalated: created },
  reschedule: { Planned: waiting, AwaitingApproval: waiting, Preparing: waiting },
  /** Another reason for the same interval. */
  restate: { Planned: ['Planned'], AwaitingApproval: ['AwaitingApproval'] },
  claim: { Planned: ['Preparing'], Preparing: ['Preparing'] },
  recordStep: { Preparing: ['Preparing'], Verifying: ['Verifying'] },
  /** Undoing a pre-command keeps the status. A restart that may have been sent leaves nothing to undo. */
  recordUndo: {
    Planned: ['Planned'],
    AwaitingApproval: ['AwaitingApproval'],
    Preparing: ['Preparing'],
    Avoided: ['Avoided'],
    Cleared: ['Cleared'],
    Skipped: ['Skipped'],
    Missed: ['Missed'],
    Escalated: ['Escalated'],
  },
  suspend: { Preparing: ['Preparing'] },
  /** No restart now. Only for a plan without an intent. */
  postpone: { Planned: ['Planned'], AwaitingApproval: ['AwaitingApproval'], Preparing: ['Planned'] },
  recordIntent: { Preparing: ['Rebooting'] },
  /** Only where it is known that nothing was sent, or that ECS did nothing. */
  takeBackIntent: { Rebooting: ['Planned'] },
  endRefused: { Rebooting: ['Escalated'] },
  beginVerifying: { Rebooting: ['Verifying'] },
  keepWatching: { Verifying: ['Verifying'] },
  /** Only a plan in Verifying can be proven. */
  end: {
    Planned: unsent,
    AwaitingApproval: unsent,
    Preparing: unsent,
    Verifying: ['Avoided', 'Cleared', 'Missed', 'Escalated'],
  },
  /** A final plan that may be judged again gets another end, or waits again. */
  endAgain: { Cleared: endedAgain, Skipped: endedAgain, Missed: endedAgain, Escalated: endedAgain },
  reopen: { Cleared: waiting, Skipped: waiting, Missed: waiting, Escalated: waiting },
  noteEvents: { Verifying: ['Verifying'], Skipped: ['Skipped'] },
  lookNow: { Preparing: ['Preparing'], Rebooting: ['Rebooting'], Verifying: ['Verifying'] },
  /** The row was edited: the same plan is written again. */
  confirmEdit: {
    Planned: ['Planned'],
    AwaitingApproval: ['AwaitingApproval'],
    Preparing: ['Preparing'],
    Rebooting: ['Rebooting'],
    Verifying: ['Verifying'],
    Avoided: ['Avoided'],
    Cleared: ['Cleared'],
    Skipped: ['Skipped'],
    Missed: ['Missed'],
    Escalated: ['Escalated'],
  },
} as const satisfies Readonly<Record<string, Row>>;

/** The name of a transition. Each one is a function in transitions.ts, confirm-edit.ts, undo.ts or watching.ts. */
export type TransitionName = keyof typeof transitionTable;

/** True where the table allows the transition between these statuses. */
export function isAllowed(name: TransitionName, from: PlanStatus, to: PlanStatus): boolean {
  const row: Row = transitionTable[name];
  return row[from]?.includes(to) ?? false;
}
