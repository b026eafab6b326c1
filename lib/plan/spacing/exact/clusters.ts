// Which demands may be in each other's way, because they want slots at about the same time.
import type { Milliseconds } from '../../calendar/instant.ts';
import type { Demand } from '../chain-search.ts';

/** Parts the demands so that no slot of one part can be in the way of another part. `reach` is as in StartOrder. */
export function clustersOf<T extends Pick<Demand, 'places'>>(
  demands: readonly T[],
  reach: Milliseconds,
): T[][] {
  const clusters = new Map<T, T[]>(demands.map((demand) => [demand, [demand]]));
  const wanted = demands
    .flatMap((demand) => demand.places.map((place) => ({ demand, ...place })))
    .sort((a, b) => a.from - b.from);
  let before: { demand: T; until: number } | undefined;
  for (const { demand, from, until } of wanted) {
    const isLinked = before !== undefined && from < before.until + reach;
    if (isLinked && before !== undefined) join(clusters, before.demand, demand);
    before = { demand, until: isLinked ? Math.max(until, before?.until ?? until) : until };
  }
  return [...new Set(clusters.values())];
}

/** The smaller cluster joins the larger one, so that thousands are joined quickly. */
function join<T>(clusters: Map<T, T[]>, a: T, b: T): void {
  const [one, other] = [clusters.get(a) ?? [], clusters.get(b) ?? []];
  if (one === other) return;
  const [small, large] = one.length < other.length ? [one, other] : [other, one];
  for (const demand of small) {
    large.push(demand);
    clusters.set(demand, large);
  }
}
