// What a review says, of one region or of all.
import type { Crowd } from './crowds.ts';
import type { Disagreement } from './disagreements.ts';
import type { PlanEnds } from './ends.ts';
import type { Failures } from './failures.ts';
import type { RebootsBy, TypeOutcomes } from './outcomes.ts';
import type { EpochMs } from './records.ts';
import type { Times } from './times.ts';
import type { Unplanned } from './unplanned.ts';

/** What is counted. */
export interface Figures {
  /** Events that were open at some time of the period, of all types. */
  events: number;
  avoided: number;
  executed: number;
  /** Failures of hosts and guests: nobody could plan them. */
  unannounced: number;
  types: readonly TypeOutcomes[];
  failures: readonly Failures[];
  times: Times;
  /** What comes of joining events with plans. Absent where the plans could not be read. */
  joined?: Joined;
}

/** What comes of joining events with plans. */
export interface Joined {
  /** Plans that go on, ended or sent a restart in the period, or are about an event of it. */
  plans: number;
  reboots: RebootsBy;
  ends: readonly PlanEnds[];
  unplanned: readonly Unplanned[];
  crowds: readonly Crowd[];
  disagreements: readonly Disagreement[];
}

/** One region. `kept`: ECS could not be read, and the events are those that earlier reviews kept. */
export interface RegionReview extends Figures {
  regionId: string;
  source: 'ecs' | 'kept';
}

/** What happened in the period. */
export interface Review {
  since: EpochMs;
  until: EpochMs;
  all: Figures;
  regions: readonly RegionReview[];
}
