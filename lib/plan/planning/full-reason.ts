// The reason of a plan outside of the windows says that no slot is free at its time, where that is so. Once its slot is free,
// the reason follows. The plan does not move.
import type { Stamp } from '../change.ts';
import type { Plan } from '../plan.ts';
import { state, type Statement } from '../statement.ts';
import { bareReason } from '../told-waits.ts';
import { restate } from '../transitions.ts';
import { planned, unchanged, type Proposal } from './proposal.ts';

/** True where the reason says that no slot is free. */
export function saysFull(row: Plan | undefined): boolean {
  const reason = row && bareReason(row.reason);
  return isAboutRoom(reason) && reason.values.isFull;
}

/** The row with a reason that says so no longer. */
export function withFreeSlot(row: Plan, stamp: Stamp, problems: readonly Statement[]): Proposal {
  const bare = bareReason(row.reason);
  if (!isAboutRoom(bare)) return unchanged(problems);
  const { values } = bare;
  const reason = { ...bare, values: { ...values, isFull: false } } as Statement;
  const what = planned(row, state('slot-free', {}), values.timeZone);
  return { kind: 'updated', plan: restate(row, stamp, reason, what), from: row, problems };
}

function isAboutRoom(reason: Statement | undefined): reason is Statement<'last-resort' | 'soonest'> {
  return reason?.code === 'last-resort' || reason?.code === 'soonest';
}
