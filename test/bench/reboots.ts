// How many RebootInstance calls the instances got, by ECS's own record.
import type { EcsCore } from '../cloud/ecs/core/core.ts';

/** The most calls that were sent for one instance, and the fewest. */
export interface Reboots {
  most: number;
  least: number;
}

/** Counts the calls for every instance of the account. */
export function rebootsAnInstance(core: EcsCore): Reboots {
  const counts = new Map(core.instances().map(({ id }) => [id, 0]));
  for (const { params } of core.record.calls('RebootInstance')) {
    const id = params['InstanceId'] ?? '';
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return { most: Math.max(...counts.values()), least: Math.min(...counts.values()) };
}
