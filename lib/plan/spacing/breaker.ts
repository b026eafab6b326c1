// The breaker: after a restart whose proof failed, its group stands still until the instance is Running and well, or until a
// person says go on. After several such restarts in a region, the region does.
import type { FailedProof } from './around.ts';

/** What stands still, and because of which instances. */
export type Open =
  | { kind: 'group-breaker'; group: string; instanceIds: readonly string[] }
  /** MAX_FAILED_PROOFS. */
  | { kind: 'region-breaker'; limit: number; instanceIds: readonly string[] };

/** The breaker that holds a plan of this group, the region's first; undefined where none does. */
export function breakerFor(
  group: string | undefined,
  failed: readonly FailedProof[],
  limit: number,
): Open | undefined {
  if (failed.length >= limit) return { kind: 'region-breaker', limit, instanceIds: idsOf(failed) };
  if (group === undefined) return undefined;
  const mates = failed.filter((one) => one.group === group || one.isOfAnyGroup === true);
  return mates.length === 0 ? undefined : { kind: 'group-breaker', group, instanceIds: idsOf(mates) };
}

/** Every open breaker of a region. */
export function openBreakers(failed: readonly FailedProof[], limit: number): Open[] {
  const groups = [...new Set(failed.flatMap(({ group }) => group ?? []))].sort();
  const all = [undefined, ...groups].flatMap((group) => breakerFor(group, failed, limit) ?? []);
  return failed.length >= limit ? all.slice(0, 1) : all;
}

function idsOf(failed: readonly FailedProof[]): string[] {
  return [...new Set(failed.map(({ instanceId }) => instanceId))].sort();
}
