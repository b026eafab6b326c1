// The breaker: after a restart whose proof failed, its group stands still until the instance is Running and well, or until a
// person says go on. After several such restarts in a region, the region does.
import type { FailedProof } from './around.ts';

/** What stands still, and because of which instances. */
export type Open =
  | { kind: 'group-breaker'; group: string; instanceIds: readonly string[] }
  /** Nobody knows the groups of these instances. */
  | { kind: 'groups-breaker'; instanceIds: readonly string[] }
  /** MAX_FAILED_PROOFS. */
  | { kind: 'region-breaker'; limit: number; instanceIds: readonly string[] };

/** The breaker that holds a plan of this group, the region's first; undefined where none does. */
export function breakerFor(
  group: string | undefined,
  failed: readonly FailedProof[],
  limit: number,
): Open | undefined {
  const instanceIds = idsOf(failed);
  if (instanceIds.length >= limit) return { kind: 'region-breaker', limit, instanceIds };
  if (group === undefined) return undefined;
  const mates = failed.filter((one) => one.group === group || one.isOfAnyGroup === true);
  return mates.length === 0 ? undefined : { kind: 'group-breaker', group, instanceIds: idsOf(mates) };
}

/** Every open breaker of a region. */
export function openBreakers(failed: readonly FailedProof[], limit: number): Open[] {
  const ofRegion = breakerFor(undefined, failed, limit);
  if (ofRegion !== undefined) return [ofRegion];
  const strays = failed.filter(({ isOfAnyGroup }) => isOfAnyGroup === true);
  const groups = [...new Set(failed.flatMap(({ group }) => group ?? []))].sort();
  return [
    ...(strays.length === 0 ? [] : [{ kind: 'groups-breaker', instanceIds: idsOf(strays) } as const]),
    ...groups.flatMap((group) => breakerFor(group, failed, limit) ?? []),
  ];
}

function idsOf(failed: readonly FailedProof[]): string[] {
  return [...new Set(failed.map(({ instanceId }) => instanceId))].sort();
}
