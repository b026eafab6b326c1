// Counts the RebootInstance calls per instance, from ECS's record.
import type { EcsCore } from '../cloud/ecs/core/core.ts';

/** The highest and the lowest number of calls for one instance. */
export interface Reboots {
  most: number;
  least: number;
}

/** Counts the calls for all instances of the account. */
export function rebootsPerInstance(core: EcsCore): Reboots {
  const counts = new Map(core.instances().map(({ id }) => [id, 0]));
  for (const { params } of core.record.calls('RebootInstance')) {
    const id = params['InstanceId'] ?? '';
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return { most: Math.max(...counts.values()), least: Math.min(...counts.values()) };
}
