// How many instances may be down at once. spacing/ decides which instances count as down.

/** The limits of one region, in instances. */
export interface Limits {
  /** MAX_CONCURRENT_REBOOTS: how many instances of the region. */
  region: number;
  /** GROUP_LIMIT: how many instances of each group in the region. */
  group: number;
}
