// Two events of one restart, as tests look at them after it.
import type { EventStatus, SystemEvent } from '../../../lib/plan/event.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { at, event, second, verifying } from '../samples.ts';

/** The events `e-1` and `e-2` with these statuses. */
export function showing(first: EventStatus, other: EventStatus): SystemEvent[] {
  return [event({ status: first }), second({ status: other })];
}

/** Four minutes after the intent. */
export const soon = '2026-12-01T18:05:00Z';
/** When the time for the proof is over: 30 minutes after the intent. */
export const timeout = '2026-12-01T18:31:00Z';

/** A plan in Verifying whose instance was seen down after the intent, so that its restart is no question. */
export function restarted(changes: Partial<Plan> = {}): Plan {
  return verifying({ seenDownAt: at('2026-12-01T18:01:20Z'), ...changes });
}
