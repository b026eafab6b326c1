// A row of the plans table as it was read: a plan, or what can be said of a row that is none.
import type { Fault } from './fault.ts';
import type { NewsItem } from './news-item.ts';
import type { Plan } from './plan.ts';
import type { Statement } from './statement.ts';
import type { TimelineEntry } from './timeline.ts';

/** A row as read. People edit rows, so that a row which cannot be read is data, too. */
export type PlanRead =
  | {
      kind: 'plan';
      plan: Plan;
      /** False where the due_at of the row is not the one that the plan implies: somebody edited the row. */
      isDueAtRight: boolean;
    }
  | UnreadablePlan
  | NewerPlan;

/** What can be said of a row that is not read as a plan. */
interface UnreadRow {
  regionId: string;
  instanceId: string;
  /** True where the row records an intent: RebootInstance may have been sent. */
  mayHaveSent: boolean;
  /** True where the row has not ended and a pre-command may have begun: the service may be down. */
  mayBeDrained: boolean;
  /** True where the post-command may have failed: only a person can say that others may go on. Absent where it did not. */
  mayHaveFailedCheck?: true;
  /** What a person must undo; absent where no pre-command has begun, or where a restart may have been sent. */
  undo?: Statement<'undo-pre-command'>;
  /** The columns as they stand, where they are text. */
  status?: string;
  group?: string;
  /** A person says that others may go on although its restart was not proven. */
  acknowledged?: string;
}

/** A row that cannot be read as a plan. */
export interface UnreadablePlan extends UnreadRow {
  kind: 'unreadable';
  /** One fault per column. */
  faults: readonly Fault[];
  /** What the row says already. */
  reason: Statement;
  /** Absent where it cannot be read: then it stays as it is. */
  timeline?: readonly TimelineEntry[];
  /** Absent where there is none, or it cannot be read. */
  planId?: string;
  news?: readonly NewsItem[];
  /** The columns that a write is conditional on. */
  seen: { version?: bigint; status?: string; intentAt?: string };
}

/** A row that a newer version of this program wrote. It is reported and left as it is. */
export interface NewerPlan extends UnreadRow {
  kind: 'newer';
  /** Its format, above the one that this version writes. */
  format: number;
}

/** Whose row it is. */
export function instanceIdOf(row: PlanRead): string {
  return row.kind === 'plan' ? row.plan.instanceId : row.instanceId;
}
