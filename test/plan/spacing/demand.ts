// Reboots that want a slot, without calendars and rows.
import type { Demand } from '../../../lib/plan/spacing/chain-search.ts';

/** The instance may begin in these ranges, both ends included. All have one NotBefore: names are in order of urgency. */
export function demand(instanceId: string, places: readonly [number, number][], group?: string): Demand {
  return {
    instanceId,
    notBefore: 1000,
    ...(group === undefined ? {} : { group }),
    places: places.map(([from, until]) => ({ from, until })),
  };
}
