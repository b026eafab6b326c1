// Who is down in a region, whatever the rows under way say: what ECS shows, the restarts of which no proof came, and those that
// ECS itself is about to begin.
import type { Instant } from '../calendar/instant.ts';

/** An instance that ECS does not show Running. */
export interface Down {
  instanceId: string;
  /** By its tag. Absent for instances that belong to no group. */
  group?: string;
  /** True where its tags cannot be read: the instance then counts in every group. */
  isOfAnyGroup?: boolean;
  /** ECS's word, as in Stopped; `unreadable` where a field is odd. */
  status: string;
  /** True where a plan of it has not ended, or a restart of ours was sent for it: only then it counts in the region. */
  hasPlan: boolean;
}

/**
 * An instance whose restart was not proven, and that is not Running and well by now, or that a person must look at. An instance
 * that belongs to two groups, by its row and by its tag, is listed for each.
 */
export interface FailedProof {
  instanceId: string;
  group?: string;
  /** True where the group cannot be determined: every group stands still then. */
  isOfAnyGroup?: boolean;
}

/** An instance that ECS itself takes down about now. No plan of ours restarts it before. It counts in its group. */
export interface RestartByEcs {
  instanceId: string;
  group?: string;
  /** True where its tags cannot be read: the instance then counts in every group. */
  isOfAnyGroup?: boolean;
  /** From then on ECS does it. */
  notBefore: Instant;
}

/** An instance under way whose tag names another group today than its row. It counts in both. */
export interface Moved {
  instanceId: string;
  group: string;
}

/** All of them, as they were read at one time. */
export interface Around {
  down: readonly Down[];
  failed: readonly FailedProof[];
  byEcs: readonly RestartByEcs[];
  moved: readonly Moved[];
}

/** Nobody is down. */
export const nobodyAround: Around = { down: [], failed: [], byEcs: [], moved: [] };
