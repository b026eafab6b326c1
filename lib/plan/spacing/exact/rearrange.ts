// Places a few demands as well as possible, by a search that leaves nothing out. Off the grid, where slots overlap in parts,
// no fast method can be exact: that problem is NP-hard (jobs of equal length that may run in several intervals each). So
// only small sets are searched. Larger ones stay as the chains of placing.ts left them.
import type { Milliseconds } from '../../calendar/instant.ts';
import type { Bookings } from '../bookings.ts';
import type { Demand, Link } from '../chain-search.ts';
import { bestSet, type Budget } from './best-set.ts';
import { clustersOf } from './clusters.ts';
import { fewestMoves } from './fewest-moves.ts';
import { membersOf, setOf, type Candidate, type Member } from './member.ts';
import { StartOrder, type Step } from './start-order.ts';

/** Each member more doubles the steps. The hardest of some hundred random sets of 14 took 7,500 of them. */
const mostMembers = 14;

/** The steps of one search. Where they are not enough, it gives the best that it has found. */
const mostSteps = 10_000;

/**
 * The small sets of demands that may be in each other's way. Where a set is too large, because the whole region wants the same
 * times, the members of each group are searched alone, while all others stay.
 */
export function smallSets(demands: readonly Demand[], reach: Milliseconds): Demand[][] {
  return clustersOf(demands, reach).flatMap((cluster) => {
    if (cluster.length <= mostMembers) return [cluster];
    return [...byGroup(cluster).values()]
      .flatMap((mates) => clustersOf(mates, reach))
      .filter(({ length }) => length <= mostMembers);
  });
}

function byGroup(demands: readonly Demand[]): Map<string, Demand[]> {
  const groups = new Map<string, Demand[]>();
  for (const demand of demands) {
    if (demand.group === undefined) continue;
    const mates = groups.get(demand.group) ?? [];
    groups.set(demand.group, mates);
    mates.push(demand);
  }
  return groups;
}

/**
 * The slots of a better arrangement: more are placed, or as many and more urgent ones, or the same with fewer moves. Undefined
 * where none is found. The candidates must have no bookings.
 */
export function rearranged(
  candidates: readonly Candidate[],
  bookings: Bookings,
  slot: Milliseconds,
  budget: Budget,
): Link[] | undefined {
  const own = { steps: Math.min(mostSteps, budget.steps) };
  budget.steps -= own.steps;
  const members = membersOf(candidates);
  const present = members.flatMap((member) => stepsOf(member));
  const set = setOf(present.map(({ member }) => member));
  const best = bestSet(members, set, new StartOrder(bookings, slot), own) ?? present;
  const steps = fewestMoves(best, new StartOrder(bookings, slot), own);
  budget.steps += own.steps;
  return steps === present ? undefined : steps.map(({ member: { demand }, start }) => ({ demand, start }));
}

/** The slot that the member has. */
function stepsOf(member: Member): Step[] {
  return member.start === undefined ? [] : [{ member, start: member.start }];
}
