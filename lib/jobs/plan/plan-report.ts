// The ports of the plan function's job, and what it returns.
import type { Clock, Ecs, Log, PlanStore, Telling } from '../../ports.ts';
import type { Language } from '../../wording/languages.ts';
import type { Problem, Problems } from '../report.ts';

/** What one region counts. */
export interface PlanCounts {
  /** Open events that ECS lists. */
  events: number;
  created: number;
  updated: number;
  /** Rows that were looked at and stay as they are. */
  unchanged: number;
  ended: number;
}

/** What the plan function returns. */
export interface PlanReport extends PlanCounts {
  problems: Problem[];
}

/** What the plan job needs of the world. */
export interface PlanPorts {
  ecs: Ecs;
  store: PlanStore;
  clock: Clock;
  log: Log;
  /** Of problems and the log: English, unless it is given. */
  language?: Language;
  /** Who is told what happened: nobody, unless it is given. */
  telling?: Telling;
}

/** One region's planning. */
export interface PlanRun extends PlanPorts {
  regionId: string;
  problems: Problems;
}

const nothing: PlanCounts = { events: 0, created: 0, updated: 0, unchanged: 0, ended: 0 };

/** The counts of several parts, added up. */
export function summed(parts: readonly Partial<PlanCounts>[]): PlanCounts {
  return parts.reduce<PlanCounts>(
    (sum, part) => ({
      events: sum.events + (part.events ?? 0),
      created: sum.created + (part.created ?? 0),
      updated: sum.updated + (part.updated ?? 0),
      unchanged: sum.unchanged + (part.unchanged ?? 0),
      ended: sum.ended + (part.ended ?? 0),
    }),
    nothing,
  );
}
