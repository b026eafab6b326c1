// Who gets which slot of a region. First the rows that cannot move hold their slots. Then the plans that stand keep theirs.
// Then everybody else who could have a slot in a window is placed, the most urgent first. What no window has room for takes a
// free slot outside of them.
import { Temporal } from 'temporal-polyfill';
import type { Instant, Milliseconds } from '../calendar/instant.ts';
import type { Plan } from '../plan.ts';
import { Bookings, type Booking } from '../spacing/bookings.ts';
import type { Demand } from '../spacing/chain-search.ts';
import { Placing } from '../spacing/placing.ts';
import type { Rank } from '../spacing/rank.ts';
import { bookingOf, freeSlots } from '../spacing/row-slots.ts';
import type { Interval, Place, Slots } from '../spacing/slots.ts';
import type { Pausing } from '../spacing/under-way.ts';
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

/** The rows and wishes of a region. */
export interface RegionRows {
  /** They hold their slots, whoever else does. */
  pinned: readonly Plan[];
  /** They are about to begin and do not move. One that has no slot, because nowhere was one free, takes nobody's. */
  next: readonly Plan[];
  /**
   * They are down already, perhaps for longer than planned. Nobody who stands moves for them, because the limits at execution
   * space them.
   */
  begun: readonly Plan[];
  /** Restarted a short time ago: their groups pause. */
  pausing: readonly Pausing[];
  /** The others, the most urgent first. */
  claims: readonly Claim[];
}

/** The slots of one region at one moment. */
export class RegionSlots {
  readonly #terms: RegionTerms;
  /** Whatever holds its slot against each window: rows that cannot move, and what is placed in windows. */
  readonly #firm: Bookings;
  /** The same, and the slots outside of windows. */
  readonly #all: Bookings;
  readonly #placing: Placing;
  /** The instances that keep what they have. */
  readonly #keeping = new Set<string>();

  constructor(terms: RegionTerms, { pinned, next, begun, pausing, claims }: RegionRows) {
    const { limits, slot } = terms;
    this.#terms = terms;
    this.#firm = new Bookings(limits);
    this.#all = new Bookings(limits);
    this.#placing = new Placing(this.#firm, this.#all, slot);
    for (const row of pinned) this.#hold(row);
    const unplaced = claims.filter((claim) => !this.#keepsWindow(claim));
    for (const row of next) if (this.#addIfFree(this.#firm, row)) this.#addTo(this.#all, row);
    for (const row of begun) this.#hold(row);
    // One that is down again holds a slot of its own.
    const down = new Set(begun.map(({ instanceId }) => instanceId));
    for (const one of pausing) if (!down.has(one.instanceId)) this.#pauseFor(one);
    const outside = unplaced.flatMap(({ standing }) => this.#bookingOf(standing) ?? []);
    for (const booking of outside) this.#all.add(booking);
    this.#placing.placeAll(
      unplaced.flatMap(({ rank, wish }) => (wish === undefined ? [] : [demandOf(rank, wish)])),
    );
    for (const { instanceId } of outside) this.release(instanceId);
    this.#keepOthers(pinned, next, claims);
  }

  /** True where the standing plan keeps its slot. */
  keeps({ rank }: Claim): boolean {
    return this.#keeping.has(rank.instanceId);
  }

  /** Who stands outside of the windows gives way to those in them, and to nobody who is down for longer than planned. */
  #keepOthers(pinned: readonly Plan[], next: readonly Plan[], claims: readonly Claim[]): void {
    const waiting = new Bookings(this.#terms.limits);
    for (const row of pinned) this.#addTo(waiting, row);
    for (const { rank, standing } of claims) {
      const placed = this.#placing.slotOf(rank.instanceId);
      if (placed === undefined) continue;
      waiting.add(placed);
      if (placed.start === standing?.executeAt?.epochMilliseconds) this.#keeping.add(rank.instanceId);
    }
    for (const row of next) this.#addIfFree(waiting, row);
    for (const { rank, standing } of claims) {
      if (standing === undefined || standing.decision === 'window') continue;
      if (this.#placing.slotOf(rank.instanceId) !== undefined) continue;
      const booking = this.#bookingOf(standing);
      if (booking !== undefined && !waiting.addIfFree(booking)) continue;
      this.#keeping.add(rank.instanceId);
      if (booking !== undefined) this.#all.add(booking);
    }
  }

  /** The slots from which an instance may choose: the one in which it is placed, or those that nobody holds. */
  slotsOf(instanceId: string, group: string | undefined, slot: Milliseconds): Slots {
    const start = this.#placing.slotOf(instanceId)?.start;
    const free = freeSlots(this.#all, group, slot);
    if (start === undefined) return free;
    const executeAt = Temporal.Instant.fromEpochMilliseconds(start);
    return {
      ...free,
      choose: (places) => inPlace(executeAt, places),
      keeps: (wanted) => wanted.epochMilliseconds === start,
    };
  }

  /** True where the others leave the slot free for which the row is planned. */
  hasSlot(row: Plan): boolean {
    const booking = this.#bookingOf(row);
    if (booking === undefined) return false;
    const { instanceId, group, start, end } = booking;
    this.#all.release(instanceId);
    const isFree = this.#all.hasRoom(group, start, end - start);
    this.#all.add(booking);
    return isFree;
  }

  /** The instance gives its slot, unless it is placed in a window. */
  release(instanceId: string): void {
    if (this.#placing.slotOf(instanceId) === undefined) this.#all.release(instanceId);
  }

  /** Books the slot of the row as it will be written, where it has room. What has none books none, and pushes nobody. */
  book(row: Plan): void {
    if (this.#placing.slotOf(row.instanceId) !== undefined) return;
    const booking = this.#bookingOf(row);
    if (booking !== undefined) this.#all.addIfFree(booking);
  }

  #keepsWindow({ rank, standing, wish }: Claim): boolean {
    if (standing?.decision !== 'window' || standing.executeAt === undefined) return false;
    const demand = demandOf(rank, wish ?? { group: standing.group, places: [] });
    return this.#placing.keep(demand, standing.executeAt.epochMilliseconds);
  }

  #hold(row: Plan): void {
    this.#addTo(this.#firm, row);
    this.#addTo(this.#all, row);
  }

  /** A slot that has just ended: only its pause is left. */
  #pauseFor({ instanceId, group, until }: Pausing): void {
    const end = until.epochMilliseconds - (this.#terms.limits.groupPause ?? 0);
    const booking = { instanceId: `pause of ${instanceId}`, group, start: end, end };
    this.#firm.add(booking);
    this.#all.add(booking);
  }

  #addTo(bookings: Bookings, row: Plan): void {
    const booking = this.#bookingOf(row);
    if (booking !== undefined) bookings.add(booking);
  }

  #addIfFree(bookings: Bookings, row: Plan): boolean {
    const booking = this.#bookingOf(row);
    return booking !== undefined && bookings.addIfFree(booking);
  }

  #bookingOf(row: Plan | undefined): Booking | undefined {
    return row && bookingOf(row, this.#terms.slot, this.#terms.now);
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
