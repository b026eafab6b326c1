// How an instance stood at a moment, by ECS's own record of the states of instances. The order of the record decides, because
// much happens within one millisecond.
import type { EcsCore } from '../cloud/ecs/core/core.ts';
import type { InstanceEntry } from '../cloud/ecs/core/journal.ts';
import type { InstanceStatus } from '../cloud/ecs/core/types.ts';
import { lastBefore, type Sending } from './evidence.ts';

/** The status of an instance, and since when it has had it. */
export interface Standing {
  status: InstanceStatus;
  /** Epoch milliseconds; -Infinity where it has always been so. */
  since: number;
  /** What led to it; undefined where it has always been so. */
  by: InstanceEntry | undefined;
}

/** How the instance stood right before that place in the order of everything. */
export function standingAt(ecs: EcsCore, instanceId: string, order: number): Standing {
  const changes = ecs.record.statusesOf(instanceId);
  const last = lastBefore(changes, order);
  if (last !== undefined) return { status: last.to, since: downSince(changes, last), by: last };
  const status =
    changes[0]?.from ?? ecs.instances().find(({ id }) => id === instanceId)?.status ?? 'Released';
  return { status, since: -Infinity, by: undefined };
}

/** Stopping, Stopped and Starting are one time of being down. It began with the first of them. */
function downSince(changes: readonly InstanceEntry[], last: InstanceEntry): number {
  if (last.to === 'Running') return last.at;
  const before = changes.filter(({ order }) => order <= last.order);
  const wentDown = before.findLast(({ from }) => from === 'Running');
  return wentDown?.at ?? -Infinity;
}

/** The beginning of the restart that this sending caused; undefined where it caused none. */
export function restartOf(ecs: EcsCore, sending: Sending): InstanceEntry | undefined {
  if (sending.requestId === undefined) return undefined;
  return ecs.record
    .statusesOf(sending.instanceId)
    .find(({ from, requestId }) => from === 'Running' && requestId === sending.requestId);
}

/**
 * When the instance was Running again after this restart, and had booted. Undefined where it never was. It counts no matter
 * who started it.
 */
export function wellAgainAt(ecs: EcsCore, restart: InstanceEntry): number | undefined {
  const running = ecs.record
    .statusesOf(restart.instanceId)
    .find(({ to, order }) => to === 'Running' && order > restart.order);
  if (running === undefined) return undefined;
  const instance = ecs.instances().find(({ id }) => id === restart.instanceId);
  return running.at + (instance?.nature.bootsForMs ?? 0);
}
