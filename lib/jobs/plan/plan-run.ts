// What the parts of the plan function's job share: its ports, and what it counts.
import type { Planning } from '../../plan/planning/proposal.ts';
import type { Clock, Ecs, Log, PlanStore } from '../../ports.ts';
import type { Problem } from '../report.ts';

/** What the plan function returns. `unchanged` counts rows that were looked at and stand as they are. */
export interface PlanReport {
  events: number;
  created: number;
  updated: number;
  unchanged: number;
  ended: number;
  problems: Problem[];
}

export interface PlanPorts {
  ecs: Ecs;
  store: PlanStore;
  clock: Clock;
  log: Log;
}

/** A row that is to be written. */
export type Changed = Exclude<Planning, { kind: 'unchanged' }>;
