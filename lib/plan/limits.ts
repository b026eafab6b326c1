// How many instances may be down at once. Who counts as down is decided elsewhere.

/** The limits of one region. */
export interface Limits {
  /** MAX_CONCURRENT_REBOOTS: instances of the region. */
  region: number;
  /** GROUP_LIMIT: instances of one group in the region. */
  group: number;
}
