// How many instances may be down at once. spacing/ decides which instances count as down.
import type { Milliseconds } from './calendar/instant.ts';

/** The limits of one region, in instances. */
export interface Limits {
  /** MAX_CONCURRENT_REBOOTS: how many instances of the region. */
  region: number;
  /** GROUP_LIMIT: how many instances of each group in the region. */
  group: number;
  /** GROUP_PAUSE: from the proof of one instance of a group to the next restart in it; absent for none. */
  groupPause?: Milliseconds;
}

/** The limits at execution. */
export interface ExecutionLimits extends Limits {
  /** MAX_FAILED_PROOFS: after so many restarts without proof the region stands still. */
  failedProofs: number;
}
