// What the history knows about an instance. A row may be deleted or edited, and PLANS_TABLE renamed: the history then still
// knows which events a restart was sent for.
import type { Instant } from '../calendar/instant.ts';
import { closedEvents, type Plan } from '../plan.ts';
import { isFinalText } from '../status.ts';

/** One plan in the history. Its events must not make a plan again. */
export interface PastPlan {
  planId: string;
  /** As it stands there. */
  status: string;
  /** When a restart may have been sent; absent where none was, or where the time cannot be read. */
  sentAt?: Instant;
  /** 0 where it cannot be read. */
  version: number;
  /** Its events, and those of the plans before it. Empty where the plan may be judged again. */
  closedEventIds: readonly string[];
}

/** The events that the history closes and that the row knows nothing of. What the row is about, the row decides. */
export function closedByHistory(
  past: readonly PastPlan[],
  row: Plan | undefined,
): ReadonlyMap<string, PastPlan> {
  const known = new Set(row === undefined ? [] : knownEvents(row));
  const closed = new Map<string, PastPlan>();
  for (const plan of past) {
    for (const id of plan.closedEventIds) {
      // Several plans may name an event: the one that was sent says more.
      if (!known.has(id) && closed.get(id)?.sentAt === undefined) closed.set(id, plan);
    }
  }
  return closed;
}

/** Every event that the row names. */
export function knownEvents(row: Plan): readonly string[] {
  return [...closedEvents(row), ...row.formerEventIds, ...row.laterEventIds];
}

/** The highest version of these plans; 0 where there are none. Ids of later plans go on from there. */
export function lastVersion(past: readonly PastPlan[]): number {
  return past.reduce((highest, { version }) => Math.max(highest, version), 0);
}

/** True where the history has the plan as it ended: a copy of a row that was edited since must not replace it. */
export function isKept(past: readonly PastPlan[], { planId }: Plan): boolean {
  return past.some((plan) => plan.planId === planId && plan.sentAt !== undefined && isFinalText(plan.status));
}
