// What the domain needs to know of an ECS instance.

/** One instance, as DescribeInstances reports it. */
export interface Instance {
  instanceId: string;
  /** Absent where it has none. */
  name?: string;
  /** ECS's word: Running, Stopped, Starting, Stopping, Pending. */
  status: string;
  /** Reasons of ECS's operation locks, as in `financial` or `security`; empty where it is not locked. */
  locks: readonly string[];
  tags: ReadonlyMap<string, string>;
}
