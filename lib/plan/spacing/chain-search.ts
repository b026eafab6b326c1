// Who may take whose slot, beginning with one demand: a search in breadth, so that the shortest chains come first. It changes
// nothing.
import type { Milliseconds } from '../calendar/instant.ts';
import type { Range } from './bookings.ts';
import { firstIndex } from './lane/sorted.ts';
import type { Rank } from './rank.ts';

/** A reboot that wants a slot in one of its places. */
export interface Demand extends Rank {
  group?: string;
  /** In order. */
  places: readonly Range[];
}

/** A demand that has its slot. */
export interface Placed extends Demand {
  start: number;
}

/** One link of a chain: this demand takes a slot from `start` on, which is free or that of the next link. */
export interface Link {
  demand: Demand;
  start: number;
}

/** One search. */
export class ChainSearch {
  readonly #root: Demand;
  readonly #reach: Milliseconds;
  readonly #startInsteadOf: (taker: Demand, placed: Placed) => number | undefined;
  /** The placed demands that no chain has reached, by their starts. */
  #unreached: readonly Placed[];
  readonly #links = new Map<string, Link>();
  /** The placed demands that a chain reaches, the nearest first. */
  readonly reached: Placed[] = [];

  /**
   * @param placed by their starts
   * @param reach how far from the start of a slot it may be in the way
   * @param startInsteadOf where the taker may begin if `placed` gives its slot; undefined where it makes no room by that
   */
  constructor(
    root: Demand,
    placed: readonly Placed[],
    reach: Milliseconds,
    startInsteadOf: (taker: Demand, placed: Placed) => number | undefined,
  ) {
    this.#root = root;
    this.#unreached = placed;
    this.#reach = reach;
    this.#startInsteadOf = startInsteadOf;
  }

  /** Gives each placed demand that a chain reaches, once. */
  *walk(): Generator<Placed> {
    yield* this.#from(this.#root);
    // The list grows while it is walked through.
    for (const taker of this.reached) yield* this.#from(taker);
  }

  *#from(taker: Demand): Generator<Placed> {
    const found: Placed[] = [];
    for (const { from, until } of taker.places) {
      const first = firstIndex(this.#unreached, ({ start }) => start > from - this.#reach);
      const end = firstIndex(this.#unreached, ({ start }) => start >= until + this.#reach);
      for (const placed of this.#unreached.slice(first, end)) {
        if (this.#links.has(placed.instanceId)) continue;
        const start = this.#startInsteadOf(taker, placed);
        if (start === undefined) continue;
        this.#links.set(placed.instanceId, { demand: taker, start });
        found.push(placed);
      }
    }
    if (found.length === 0) return;
    this.#unreached = this.#unreached.filter(({ instanceId }) => !this.#links.has(instanceId));
    for (const placed of found) {
      this.reached.push(placed);
      yield placed;
    }
  }

  /** Who takes the slot of this placed demand, and from when on. */
  linkTo({ instanceId }: Placed): Link {
    const link = this.#links.get(instanceId);
    if (link === undefined) throw new Error(`No chain reaches ${instanceId}.`);
    return link;
  }

  /** The chain that ends with taking the slot of this placed demand. */
  readonly chainTo = (placed: Placed): Link[] => {
    const chain: Link[] = [];
    for (let link: Link | undefined = this.linkTo(placed); link !== undefined;) {
      chain.unshift(link);
      link = this.#links.get(link.demand.instanceId);
    }
    return chain;
  };
}
