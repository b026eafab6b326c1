// A restart whose proof failed: whether its instance still holds others up.
import type { Fault } from '../fault.ts';
import type { Instance } from '../instance.ts';
import type { Unproven } from '../plan.ts';
import { judgeHealth } from './health.ts';

/** A restart that was not proven, and its instance as ECS shows it now. */
export interface ProofQuestion {
  /** What is not proven. */
  unproven: Unproven;
  /** HealthStatus before the restart; undefined where it is not known. */
  before: string | undefined;
  /** Absent where ECS does not list it, or where it cannot be read. */
  instance: Instance | undefined;
  /** Absent where ECS reports none. Its open events explain a Warning, also the one that the restart did not answer. */
  health: { status?: string; faults: readonly Fault[]; openEventIds: readonly string[] } | undefined;
}

/**
 * True until the instance is Running and well. ECS knows nothing of the owner's own check: where the post-command failed, or a
 * pre-command is not undone, only a person can say go on.
 */
export function isProofFailed({ unproven, before, instance, health }: ProofQuestion): boolean {
  if (unproven !== 'restart') return true;
  if (instance?.status !== 'Running' || health === undefined) return true;
  const { status: after, faults, openEventIds: otherEventIds } = health;
  return !judgeHealth({ before, after, faults, otherEventIds }).isProven;
}
