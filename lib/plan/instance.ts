// What the domain needs to know of an ECS instance.
import type { Instant } from './calendar/instant.ts';
import type { Fault } from './fault.ts';

/** One instance, as DescribeInstances reports it. */
export interface Instance {
  instanceId: string;
  /** Absent where it has none. */
  name?: string;
  /** ECS's word: Running, Stopped, Starting, Stopping, Pending. */
  status: string;
  /** Reasons of ECS's operation locks, as in `financial` or `security`; empty where it is not locked. */
  locks: readonly string[];
  /** When it was last started, as far as ECS says; to the minute. */
  startedAt?: Instant;
  /** Absent where ECS names none. */
  resourceGroupId?: string;
  tags: ReadonlyMap<string, string>;
}

/** An instance that ECS lists, but that cannot be read: a field that a restart depends on is missing or odd. */
export interface OddInstance {
  /** Absent where even that is missing. */
  instanceId?: string;
  /** At least one. */
  faults: readonly Fault[];
}

/** Instances as ECS reports them: those that can be read, and those that cannot. */
export interface InstanceReport {
  instances: readonly Instance[];
  odd: readonly OddInstance[];
}
