// Which of two instances is more urgent. The more urgent one gets the slot where both do not fit.

/** The earlier NotBefore is more urgent. The instance id settles ties. */
export interface Rank {
  instanceId: string;
  /** Epoch milliseconds; Infinity where NotBefore is unknown. */
  notBefore: number;
}

/** Negative where `a` is more urgent than `b`; 0 only for the same instance. */
export function byRank(a: Rank, b: Rank): number {
  if (a.notBefore !== b.notBefore) return a.notBefore < b.notBefore ? -1 : 1;
  return a.instanceId < b.instanceId ? -1 : a.instanceId > b.instanceId ? 1 : 0;
}
