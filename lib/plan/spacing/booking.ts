// One reboot's slot, and who comes first where not all fit.

/** The earlier NotBefore comes first; ids settle ties. */
export interface Rank {
  instanceId: string;
  /** Epoch milliseconds; infinite where there is none. */
  notBefore: number;
}

/** One reboot's slot, in epoch milliseconds; `end` is free again. */
export interface Booking extends Rank {
  /** Absent for instances that belong to no group. */
  group?: string;
  start: number;
  end: number;
  /** False for what is under way and for what a person pinned. */
  isMovable: boolean;
}

/** Negative where `a` is the more urgent. */
export function byRank(a: Rank, b: Rank): number {
  if (a.notBefore !== b.notBefore) return a.notBefore < b.notBefore ? -1 : 1;
  return a.instanceId < b.instanceId ? -1 : a.instanceId > b.instanceId ? 1 : 0;
}
