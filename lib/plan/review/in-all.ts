// The figures of all regions together, but for the times: a median of medians is none.
import { inOrder } from './failures.ts';
import type { Figures, Joined, RegionReview } from './figures.ts';
import { mergedEnds } from './ends.ts';
import { mergedOutcomes, type RebootsBy } from './outcomes.ts';
import { mergedUnplanned } from './unplanned.ts';

/** The sum of the regions. */
export function inAll(regions: readonly RegionReview[]): Omit<Figures, 'times'> {
  const sum = (count: (region: RegionReview) => number): number =>
    regions.reduce((total, region) => total + count(region), 0);
  const joined = regions.flatMap((region) => region.joined ?? []);
  return {
    events: sum(({ events }) => events),
    avoided: sum(({ avoided }) => avoided),
    executed: sum(({ executed }) => executed),
    unannounced: sum(({ unannounced }) => unannounced),
    types: mergedOutcomes(regions.flatMap(({ types }) => types)),
    failures: inOrder(regions.flatMap(({ failures }) => failures)),
    ...(joined.length === 0 ? {} : { joined: joinedInAll(joined) }),
  };
}

function joinedInAll(regions: readonly Joined[]): Joined {
  return {
    plans: regions.reduce((total, { plans }) => total + plans, 0),
    reboots: regions.map(({ reboots }) => reboots).reduce(summed),
    ends: mergedEnds(regions.flatMap(({ ends }) => ends)),
    unplanned: mergedUnplanned(regions.flatMap(({ unplanned }) => unplanned)),
    crowds: regions.flatMap(({ crowds }) => crowds).sort((a, b) => a.from - b.from),
    disagreements: regions.flatMap(({ disagreements }) => disagreements),
  };
}

function summed(a: RebootsBy, b: RebootsBy): RebootsBy {
  return {
    events: a.events + b.events,
    us: a.us + b.us,
    others: a.others + b.others,
    ecs: a.ecs + b.ecs,
    canceled: a.canceled + b.canceled,
    failed: a.failed + b.failed,
    open: a.open + b.open,
    other: a.other + b.other,
  };
}
