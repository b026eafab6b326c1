// The health of an instance after its restart, compared with the health before it: what got worse is no proof. What was bad
// before, or is explained by another open event, is.
import type { Fault } from '../fault.ts';
import { state, type Statement } from '../statement.ts';

/** What is known of the health. */
export interface HealthQuestion {
  /** HealthStatus before the restart; undefined where it is not known. */
  before: string | undefined;
  /** HealthStatus now; undefined where ECS reports none that can be read. */
  after: string | undefined;
  /** Why it cannot be read; empty where ECS does not list the instance. */
  faults: readonly Fault[];
  /** Open events of the instance that the plan is not about. */
  otherEventIds: readonly string[];
}

/** `notes` say what is bad and no fault of the restart. */
export type HealthVerdict =
  { isProven: true; notes: readonly Statement[] } | { isProven: false; why: Statement };

const well: readonly string[] = ['ok', 'notapplicable', 'insufficientdata'];

/** What ECS says while events are open: Warning for one that is Scheduled, Maintaining for several. */
const ofEvents: readonly string[] = ['warning', 'maintaining'];

/** What is no worse than Impaired. An instance that is Initializing has not finished its boot. */
const upToImpaired: readonly string[] = [...ofEvents, 'impaired'];

/** Judges the health after a restart. */
export function judgeHealth({ before, after, faults, otherEventIds }: HealthQuestion): HealthVerdict {
  if (after === undefined) return { isProven: false, why: state('no-health', { faults }) };
  if (isWell(after)) return { isProven: true, notes: [] };
  if (ofEvents.includes(after.toLowerCase()) && otherEventIds.length > 0) {
    const note = state('health-explained', { health: after, eventIds: otherEventIds });
    return { isProven: true, notes: [note] };
  }
  if (before !== undefined && isNoWorse(after, before)) {
    return { isProven: true, notes: [state('health-as-before', { health: after, before })] };
  }
  const values = { health: after, ...(before === undefined ? {} : { before }) };
  return { isProven: false, why: state('unwell', values) };
}

function isWell(health: string): boolean {
  return well.includes(health.toLowerCase());
}

/** Before the restart the event of the plan is open, and explains a Warning. Only Impaired was bad by itself. */
function isNoWorse(after: string, before: string): boolean {
  return before.toLowerCase() === 'impaired' && upToImpaired.includes(after.toLowerCase());
}
