// What one look at ECS shows of one instance.
import type { EcsWindow } from '../calendar/ecs-window.ts';
import type { Milliseconds } from '../calendar/instant.ts';
import type { OddEvent, SystemEvent } from '../event.ts';
import type { Fault } from '../fault.ts';
import type { Instance } from '../instance.ts';

/**
 * How long after a restart an event may still show its old status although it was answered. ECS publishes no figure; "a
 * few seconds" is what users report, and treating a lagging event as open is what made others restart twice.
 */
export const answerLag: Milliseconds = 600_000;

/** All that one look at ECS shows of one instance. */
export interface Sighting {
  regionId: string;
  instanceId: string;
  /** Absent where ECS does not list the instance, or where it cannot be read. */
  instance?: Instance;
  /** Why the instance cannot be read. Absent where it can be read, and where ECS does not list it. */
  instanceFaults?: readonly Fault[];
  /** Its events that can be read, open or over. */
  events: readonly SystemEvent[];
  /** Its events that cannot. */
  odd: readonly OddEvent[];
  /** The window that its owner set in ECS itself; absent where that was not read. */
  ecsWindow?: EcsWindow | 'none';
}
