// Places as many reboots in their windows as possible, the most urgent first. A reboot that finds no free slot may take the
// slot of another one that has other places, which moves (and so on, in a chain). Where no chain ends in a free slot, the
// least urgent reboot that a chain reaches gives way, if it is less urgent. Placed in the order of urgency, this places the
// largest number, and among all choices of that size the most urgent: it is a maximum matching with augmenting paths.
// That is exact where all slots begin on one grid, as those of one window do. Nothing moves that need not.
import type { Milliseconds } from '../calendar/instant.ts';
import type { Bookings, Range } from './bookings.ts';
import { firstIndex, Sorted } from './lane/sorted.ts';
import { byRank, type Rank } from './rank.ts';

/** A reboot that wants a slot in one of its places. */
export interface Demand extends Rank {
  group?: string;
  /** In order. */
  places: readonly Range[];
}

/** A demand that has its slot. */
interface Placed extends Demand {
  start: number;
}

/** One link of a chain: this demand takes a slot from `start` on, which is free or that of the next link. */
interface Link {
  demand: Demand;
  start: number;
}

/** The placed reboots of one region. */
export class Placing {
  readonly #bookings: Bookings;
  /** The same bookings, and others that give way to every place in a window. */
  readonly #preferred: Bookings;
  readonly #slot: Milliseconds;
  readonly #placed = new Map<string, Placed>();
  readonly #byStart = new Sorted<Placed>((a, b) => a.start - b.start || byRank(a, b));
  readonly #byUrgency = new Sorted<Placed>(byRank);
  /** From those no chain leads to a free slot, so that no later search needs to look at them. */
  readonly #stuck = new Set<string>();
  /** Demands, by what they may take, for which nobody gave way. They count until the next one gives way. */
  readonly #hopeless = new Set<string>();

  /** Both hold what cannot move. `preferred` also holds what gives way. */
  constructor(bookings: Bookings, preferred: Bookings, slot: Milliseconds) {
    this.#bookings = bookings;
    this.#preferred = preferred;
    this.#slot = slot;
  }

  /** The start of the slot of the instance, in epoch milliseconds; undefined where it has none. */
  startOf(instanceId: string): number | undefined {
    return this.#placed.get(instanceId)?.start;
  }

  /** The demand keeps the slot that it has. Returns false where that has no room. */
  keep(demand: Demand, start: number): boolean {
    if (!this.#bookings.hasRoom(demand.group, start, this.#slot)) return false;
    this.#put({ demand, start });
    return true;
  }

  /** Finds a slot for the demand, and moves others for it only where it needs to. */
  place(demand: Demand): void {
    const start = this.#freeFor(demand, this.#preferred) ?? this.#freeFor(demand, this.#bookings);
    if (start !== undefined) return this.#put({ demand, start });
    if (this.#placeByChain(demand)) return;
    this.#placeInsteadOf(demand);
  }

  #freeFor({ group, places }: Demand, bookings: Bookings): number | undefined {
    for (const place of places) {
      const start = bookings.first(group, place, this.#slot);
      if (start !== undefined) return start;
    }
    return undefined;
  }

  #placeByChain(demand: Demand): boolean {
    const search = new Search(demand, (taker) => this.#within(taker, this.#stuck), this.#startInsteadOf);
    for (const reached of search.walk()) {
      const start = this.#freeIfTaken(search.linkTo(reached), reached);
      if (start !== undefined && this.#apply([...search.chainTo(reached), { demand: reached, start }]))
        return true;
    }
    for (const { instanceId } of search.reached) this.#stuck.add(instanceId);
    return false;
  }

  /** The least urgent placed demand that a chain reaches loses its slot, if it is less urgent. */
  #placeInsteadOf(demand: Demand): void {
    const last = this.#byUrgency.items.at(-1);
    if (last === undefined || byRank(last, demand) < 0) return;
    const signature = this.#signatureOf(demand);
    if (this.#hopeless.has(signature)) return;
    const search = new Search(demand, (taker) => this.#within(taker, none), this.#startInsteadOf);
    const reached = [...search.walk()].sort(byRank);
    for (const least of reached.reverse()) {
      if (byRank(least, demand) < 0) break;
      this.#take(least);
      if (this.#apply(search.chainTo(least))) {
        this.#stuck.clear();
        this.#hopeless.clear();
        return;
      }
      this.#put({ demand: least, start: least.start });
    }
    this.#hopeless.add(signature);
  }

  /** What a demand may take. A group without bookings limits nothing. */
  #signatureOf({ group, places }: Demand): string {
    const isLimited = group !== undefined && this.#bookings.hasMembers(group);
    return `${isLimited ? group : ''}|${places.map(({ from, until }) => `${from}-${until}`).join()}`;
  }

  /** The placed demands whose slots reach into the places of the taker, without these. */
  *#within(taker: Demand, without: ReadonlySet<string>): Generator<Placed> {
    const { items } = this.#byStart;
    for (const { from, until } of taker.places) {
      const first = firstIndex(items, ({ start }) => start > from - this.#slot);
      const end = firstIndex(items, ({ start }) => start >= until + this.#slot);
      for (const placed of items.slice(first, end)) if (!without.has(placed.instanceId)) yield placed;
    }
  }

  /** Where the taker may begin once `placed` gives its slot; undefined where that makes no room. */
  readonly #startInsteadOf = (taker: Demand, placed: Placed): number | undefined => {
    this.#bookings.release(placed.instanceId);
    const start = taker.places
      .map(({ from, until }) => Math.min(Math.max(from, placed.start), until))
      .find(
        (at) =>
          Math.abs(at - placed.start) < this.#slot && this.#bookings.hasRoom(taker.group, at, this.#slot),
      );
    this.#bookings.add(this.#bookingOf(placed));
    return start;
  };

  /** Where `placed` may begin once the link has its slot. */
  #freeIfTaken(link: Link, placed: Placed): number | undefined {
    const taker = this.#bookingOf({ ...link.demand, start: link.start, instanceId: taking });
    this.#bookings.release(placed.instanceId);
    this.#bookings.add(taker);
    const start = this.#freeFor(placed, this.#bookings);
    this.#bookings.release(taking);
    this.#bookings.add(this.#bookingOf(placed));
    return start;
  }

  /** Moves all of the chain, or nobody: where slots overlap in parts, a link may not fit after all. */
  #apply(chain: readonly Link[]): boolean {
    const before = chain.flatMap(({ demand }) => this.#placed.get(demand.instanceId) ?? []);
    for (const placed of before) this.#take(placed);
    const isPut = chain.every((link) => {
      const hasRoom = this.#bookings.hasRoom(link.demand.group, link.start, this.#slot);
      if (hasRoom) this.#put(link);
      return hasRoom;
    });
    if (isPut) return true;
    for (const { demand } of chain) this.#forget(demand.instanceId);
    for (const placed of before) this.#put({ demand: placed, start: placed.start });
    return false;
  }

  #put({ demand, start }: Link): void {
    const placed = { ...demand, start };
    this.#placed.set(placed.instanceId, placed);
    this.#byStart.add(placed);
    this.#byUrgency.add(placed);
    this.#bookings.add(this.#bookingOf(placed));
    this.#preferred.add(this.#bookingOf(placed));
  }

  #forget(instanceId: string): void {
    const placed = this.#placed.get(instanceId);
    if (placed !== undefined) this.#take(placed);
  }

  #take(placed: Placed): void {
    this.#placed.delete(placed.instanceId);
    this.#byStart.remove(placed);
    this.#byUrgency.remove(placed);
    this.#bookings.release(placed.instanceId);
    this.#preferred.release(placed.instanceId);
  }

  #bookingOf({ instanceId, group, start }: Pick<Placed, 'instanceId' | 'group' | 'start'>): {
    instanceId: string;
    group?: string;
    start: number;
    end: number;
  } {
    return { instanceId, ...(group === undefined ? {} : { group }), start, end: start + this.#slot };
  }
}

const none: ReadonlySet<string> = new Set();

/** No instance has this id. */
const taking = '';

/** A search for chains, the shortest first: who may take whose slot, beginning with one demand. */
class Search {
  readonly #root: Demand;
  readonly #neighbours: (taker: Demand) => Iterable<Placed>;
  readonly #startInsteadOf: (taker: Demand, placed: Placed) => number | undefined;
  readonly #links = new Map<string, Link>();
  readonly reached: Placed[] = [];

  constructor(
    root: Demand,
    neighbours: (taker: Demand) => Iterable<Placed>,
    startInsteadOf: (taker: Demand, placed: Placed) => number | undefined,
  ) {
    this.#root = root;
    this.#neighbours = neighbours;
    this.#startInsteadOf = startInsteadOf;
  }

  /** Gives each placed demand that a chain reaches, once. */
  *walk(): Generator<Placed> {
    yield* this.#from(this.#root);
    // The list grows while it is walked through.
    for (const taker of this.reached) yield* this.#from(taker);
  }

  *#from(taker: Demand): Generator<Placed> {
    for (const placed of this.#neighbours(taker)) {
      if (this.#links.has(placed.instanceId) || placed.instanceId === this.#root.instanceId) continue;
      const start = this.#startInsteadOf(taker, placed);
      if (start === undefined) continue;
      this.#links.set(placed.instanceId, { demand: taker, start });
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
  chainTo(placed: Placed): Link[] {
    const chain: Link[] = [];
    for (let link: Link | undefined = this.linkTo(placed); link !== undefined;) {
      chain.unshift(link);
      link = this.#links.get(link.demand.instanceId);
    }
    return chain;
  }
}
