// Places as many reboots in their windows as possible, the most urgent first. A reboot that finds no free slot may take the
// slot of another one that has other places, which moves (and so on, in a chain). Where no chain ends in a free slot, the
// least urgent reboot that a chain reaches gives way, if it is less urgent. Placed in the order of urgency, this places the
// largest number, and among all choices of that size the most urgent: it is a maximum matching with augmenting paths.
// That is exact where all slots begin on one grid, as those of one window do. Where slots overlap in parts, small sets of
// reboots are searched for what the chains did not find (exact/). Nothing moves that need not.
import type { Milliseconds } from '../calendar/instant.ts';
import type { Booking, Bookings } from './bookings.ts';
import { ChainSearch, type Demand, type Link, type Placed } from './chain-search.ts';
import type { Budget } from './exact/best-set.ts';
import { rearranged, smallSets } from './exact/rearrange.ts';
import { Sorted } from './lane/sorted.ts';
import { byRank } from './rank.ts';

/** The placed reboots of one region. */
export class Placing {
  readonly #bookings: Bookings;
  /** The same bookings, and others that give way to every place in a window. */
  readonly #preferred: Bookings;
  readonly #slot: Milliseconds;
  readonly #placed = new Map<string, Placed>();
  /** The slots that rows had before, even where they were moved or lost since then. */
  readonly #kept = new Map<string, Placed>();
  readonly #byStart = new Sorted<Placed>((a, b) => a.start - b.start || byRank(a, b));
  /**
   * From those no chain leads to a free slot, nor to a less urgent demand than the last that was refused. The next demands are
   * less urgent still, so that no search needs to look at them, until somebody gives way.
   */
  readonly #settled = new Set<string>();
  /** How often one demand was compared with another. */
  #checks = 0;
  /** Those who may move; undefined where that has changed since it was last asked. Most demands change nothing. */
  #known: readonly Placed[] | undefined;

  /** Both hold what cannot move. `preferred` also holds what gives way. */
  constructor(bookings: Bookings, preferred: Bookings, slot: Milliseconds) {
    this.#bookings = bookings;
    this.#preferred = preferred;
    this.#slot = slot;
  }

  /** The slot of the instance; undefined where it has none. */
  slotOf(instanceId: string): Booking | undefined {
    const placed = this.#placed.get(instanceId);
    return placed && this.#bookingOf(placed);
  }

  /** The demand keeps the slot that it has. Returns false where that has no room. */
  keep(demand: Demand, start: number): boolean {
    if (!this.#bookings.hasRoom(demand.group, start, this.#slot)) return false;
    this.#put({ demand, start });
    this.#kept.set(demand.instanceId, { ...demand, start });
    return true;
  }

  /**
   * Finds slots for these demands, the most urgent first, and moves others for them only where it needs to: who keeps a slot
   * moves only for those who find none beside it. Where slots overlap in parts, a move may make room for somebody who was
   * refused before: it goes on until nobody else finds a slot.
   */
  placeAll(demands: readonly Demand[]): void {
    const keeping = new Set(this.#placed.keys());
    const isPlaced = ({ instanceId }: Demand): boolean => this.#placed.has(instanceId);
    for (const demand of demands) this.#place(demand, keeping);
    let left = demands.filter((demand) => !isPlaced(demand));
    for (let count = Infinity; left.length < count;) {
      count = left.length;
      this.#settled.clear();
      this.#known = undefined;
      for (const demand of left) this.#place(demand, nobody);
      left = demands.filter((demand) => !isPlaced(demand));
    }
    this.#rearrange(demands);
  }

  /** Searches the small sets in which somebody has no slot, or moves, until none of them changes any more. */
  #rearrange(demands: readonly Demand[]): void {
    const all = [...this.#kept.values(), ...demands];
    const isSettled = ({ instanceId }: Demand): boolean => {
      const start = this.#placed.get(instanceId)?.start;
      return start !== undefined && start === (this.#kept.get(instanceId)?.start ?? start);
    };
    if (all.every(isSettled)) return;
    const sets = smallSets(all, this.#slot + this.#bookings.pause);
    const budget = { steps: mostSteps };
    for (let isChanged = true; isChanged;) {
      isChanged = false;
      for (const set of sets) if (!set.every(isSettled)) isChanged = this.#arrange(set, budget) || isChanged;
    }
  }

  /** Places the set as well as possible. Returns false where it was already. */
  #arrange(set: readonly Demand[], budget: Budget): boolean {
    const before = set.flatMap(({ instanceId }) => this.#placed.get(instanceId) ?? []);
    const candidates = set.map((demand) => ({
      demand,
      start: this.#placed.get(demand.instanceId)?.start,
      keptStart: this.#kept.get(demand.instanceId)?.start,
    }));
    for (const placed of before) this.#take(placed);
    const better = rearranged(candidates, this.#bookings, this.#slot, budget);
    for (const link of better ?? before.map((demand) => ({ demand, start: demand.start }))) this.#put(link);
    return better !== undefined;
  }

  #place(demand: Demand, keeping: ReadonlySet<string>): void {
    const start = this.#freeFor(demand, this.#preferred) ?? this.#freeFor(demand, this.#bookings);
    if (start !== undefined) {
      this.#put({ demand, start });
      return;
    }
    if (this.#checks > mostChecks) return;
    const reach = this.#slot + this.#bookings.pause;
    const search = new ChainSearch(demand, this.#candidates(keeping), reach, this.#startInsteadOf);
    if (this.#placeByChain(search)) return;
    if (this.#placeInsteadOf(demand, search)) this.#settled.clear();
    else if (search.reached.length > 0) {
      for (const { instanceId } of search.reached) this.#settled.add(instanceId);
      this.#known = undefined;
    }
  }

  /** Who may move, by their starts. */
  #candidates(keeping: ReadonlySet<string>): readonly Placed[] {
    this.#known ??= this.#byStart.items.filter(
      ({ instanceId }) => !this.#settled.has(instanceId) && !keeping.has(instanceId),
    );
    return this.#known;
  }

  #freeFor({ group, places }: Demand, bookings: Bookings): number | undefined {
    for (const place of places) {
      const start = bookings.first(group, place, this.#slot);
      if (start !== undefined) return start;
    }
    return undefined;
  }

  /** Follows the chains until one ends in a free slot. */
  #placeByChain(search: ChainSearch): boolean {
    for (const reached of search.walk()) {
      const start = this.#freeIfTaken(search.linkTo(reached), reached);
      if (start === undefined) continue;
      if (this.#apply([...search.chainTo(reached), { demand: reached, start }])) return true;
    }
    return false;
  }

  /** The least urgent placed demand that a chain reaches loses its slot, if it is less urgent. */
  #placeInsteadOf(demand: Demand, { reached, chainTo }: ChainSearch): boolean {
    const lessUrgent = reached.filter((placed) => byRank(placed, demand) > 0).sort((a, b) => byRank(b, a));
    for (const least of lessUrgent) {
      this.#take(least);
      if (this.#apply(chainTo(least))) return true;
      this.#put({ demand: least, start: least.start });
    }
    return false;
  }

  /** Where the taker may begin once `placed` gives its slot; undefined where that makes no room. */
  readonly #startInsteadOf = (taker: Demand, placed: Placed): number | undefined => {
    this.#checks += 1;
    const isMate = taker.group !== undefined && taker.group === placed.group;
    const reach = this.#slot + (isMate ? this.#bookings.pause : 0);
    const isInTheWay = (at: number): boolean =>
      Math.abs(at - placed.start) < reach &&
      // Where the group is full of others, this one makes no room.
      (isMate || this.#bookings.hasRoomInGroup(taker.group, at, this.#slot));
    const starts = taker.places
      .map(({ from, until }) => Math.min(Math.max(from, placed.start), until))
      .filter(isInTheWay);
    if (starts.length === 0) return undefined;
    this.#bookings.release(placed.instanceId);
    const start = starts.find((at) => this.#bookings.hasRoom(taker.group, at, this.#slot));
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
    this.#known = undefined;
    this.#byStart.add(placed);
    this.#bookings.add(this.#bookingOf(placed));
    this.#preferred.add(this.#bookingOf(placed));
  }

  #forget(instanceId: string): void {
    const placed = this.#placed.get(instanceId);
    if (placed !== undefined) this.#take(placed);
  }

  #take(placed: Placed): void {
    this.#placed.delete(placed.instanceId);
    this.#known = undefined;
    this.#byStart.remove(placed);
    this.#bookings.release(placed.instanceId);
    this.#preferred.release(placed.instanceId);
  }

  #bookingOf({ instanceId, group, start }: Pick<Placed, 'instanceId' | 'group' | 'start'>): Booking {
    return { instanceId, ...(group === undefined ? {} : { group }), start, end: start + this.#slot };
  }
}

/**
 * About a second. Thousands of events with windows that overlap in many ways would take minutes to place as well as possible.
 * From then on the others take the slots that are free. The next run goes on from there.
 */
const mostChecks = 150_000;

/** The steps of all exact searches: some tenths of a second. The next run goes on from there, too. */
const mostSteps = 30_000;

const nobody: ReadonlySet<string> = new Set();

/** No instance has this id. */
const taking = '';
