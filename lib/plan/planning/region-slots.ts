// Who gets which slot of a region. First the rows that cannot move hold their slots. Then the plans that stand keep theirs.
// Then everybody else who could have a slot in a window is placed, the most urgent first. What no window has room for takes a
// free slot outside of them.
import { Temporal } from 'temporal-polyfill';
import type { Instant, Milliseconds } from '../calendar/instant.ts';
import type { Plan } from '../plan.ts';
import { Bookings } from '../spacing/bookings.ts';
import type { Demand } from '../spacing/chain-search.ts';
import { Placing } from '../spacing/placing.ts';
import type { Rank } from '../spacing/rank.ts';
import { bookingOf, freeSlots } from '../spacing/row-slots.ts';
import type { Interval, Place, Slots } from '../spacing/slots.ts';
import type { Limits } from '../limits.ts';

/** One instance of the region that may hold a slot, or want one. */
export interface Claim {
  rank: Rank;
  /** The row as it stands: it keeps its slot where it can. Absent where it is planned anew. */
  standing?: Plan;
  /** A place in a window is wanted. */
  wish?: { group: string | undefined; places: readonly Place[] };
}

/** What the slots of a region depend on. */
export interface RegionTerms {
  limits: Limits;
  /** How long one reboot takes. */
  slot: Milliseconds;
  now: Instant;
}

/** The slots of one region at one moment. */
export class RegionSlots {
  readonly #terms: RegionTerms;
  /** Whatever holds its slot against each window: rows that cannot move, and what is placed in windows. */
  readonly #firm: Bookings;
  /** The same, and the slots outside of windows. */
  readonly #all: Bookings;
  readonly #placing: Placing;

  /**
   * `held` cannot move. `begun` are down already, perhaps for longer than planned: nobody who stands moves for them, because
   * the limits at execution space them. `claims` are the others, the most urgent first.
   */
  constructor(
    terms: RegionTerms,
    { held, begun, claims }: { held: readonly Plan[]; begun: readonly Plan[]; claims: readonly Claim[] },
  ) {
    const { limits, slot } = terms;
    this.#terms = terms;
    this.#firm = new Bookings(limits);
    this.#all = new Bookings(limits);
    this.#placing = new Placing(this.#firm, this.#all, slot);
    for (const row of held) this.#hold(row);
    const unplaced = claims.filter((claim) => !this.#keepsWindow(claim));
    for (const row of begun) this.#hold(row);
    for (const { standing } of unplaced) if (standing !== undefined) this.book(standing);
    for (const { rank, wish } of unplaced) if (wish !== undefined) this.#placing.place(demandOf(rank, wish));
    // Who stands outside of the windows gives way to those in them.
    for (const { rank } of unplaced) this.release(rank.instanceId);
  }

  /** Whether the standing plan keeps its place in a window, which may also be one in which it is not placed any more. */
  keeps(claim: Claim): boolean {
    const { standing } = claim;
    if (standing === undefined) return false;
    const start = this.#placing.startOf(claim.rank.instanceId);
    if (start !== undefined) return start === standing.executeAt?.epochMilliseconds;
    return standing.decision !== 'window' && this.book(standing);
  }

  /** The slots from which an instance may choose: the one in which it is placed, or those that nobody holds. */
  slotsOf(instanceId: string, group: string | undefined, slot: Milliseconds): Slots {
    const start = this.#placing.startOf(instanceId);
    const free = freeSlots(this.#all, group, slot);
    if (start === undefined) return free;
    const executeAt = Temporal.Instant.fromEpochMilliseconds(start);
    return {
      ...free,
      choose: (places) => inPlace(executeAt, places),
      keeps: (wanted) => wanted.epochMilliseconds === start,
    };
  }

  /** The instance gives its slot, unless it is placed in a window. */
  release(instanceId: string): void {
    if (this.#placing.startOf(instanceId) === undefined) this.#all.release(instanceId);
  }

  /** Books the slot of the row as it will be written, where it has room. Returns whether it has, or needs none. */
  book(row: Plan): boolean {
    if (this.#placing.startOf(row.instanceId) !== undefined) return true;
    const booking = bookingOf(row, this.#terms.slot, this.#terms.now);
    return booking === undefined || this.#all.addIfFree(booking);
  }

  #keepsWindow({ rank, standing, wish }: Claim): boolean {
    if (standing?.decision !== 'window' || standing.executeAt === undefined) return false;
    const demand = demandOf(rank, wish ?? { group: standing.group, places: [] });
    return this.#placing.keep(demand, standing.executeAt.epochMilliseconds);
  }

  #hold(row: Plan): void {
    const booking = bookingOf(row, this.#terms.slot, this.#terms.now);
    if (booking === undefined) return;
    this.#firm.add(booking);
    this.#all.add(booking);
  }
}

function demandOf(rank: Rank, { group, places }: NonNullable<Claim['wish']>): Demand {
  return {
    ...rank,
    ...(group === undefined ? {} : { group }),
    places: places.map(({ from, until }) => ({
      from: from.epochMilliseconds,
      until: until.epochMilliseconds,
    })),
  };
}

/** The interval from `executeAt` on, in the place that has it. */
function inPlace(executeAt: Instant, places: Iterable<Place>): Interval | undefined {
  const at = executeAt.epochMilliseconds;
  for (const { from, until, latestStart } of places) {
    if (from.epochMilliseconds <= at && at <= until.epochMilliseconds) return { executeAt, latestStart };
  }
  return undefined;
}
