// Which slots of a region are taken: each reboot occupies its slot, in its region and, where its instance has one, in its
// group. Only so many may be down at once.
import { Temporal } from 'temporal-polyfill';
import type { Instant, Milliseconds } from './instant.ts';
import { Lane } from './lane.ts';
import type { FindSlot, Limits, Slots } from './slots.ts';

/** Who comes first where not all fit: the earlier NotBefore; ids settle ties. */
export interface Rank {
  instanceId: string;
  /** Epoch milliseconds; infinite where there is none. */
  notBefore: number;
}

/** One reboot's slot, in epoch milliseconds; `end` is free again. */
export interface Booking extends Rank {
  /** Absent for instances that belong to no group. */
  group?: string;
  start: number;
  end: number;
  /** False for what is under way and for what a person pinned. */
  isMovable: boolean;
}

/** Negative where `a` is the more urgent. */
export function byRank(a: Rank, b: Rank): number {
  if (a.notBefore !== b.notBefore) return a.notBefore < b.notBefore ? -1 : 1;
  return a.instanceId < b.instanceId ? -1 : a.instanceId > b.instanceId ? 1 : 0;
}

/** The slots of one region. */
export class Bookings {
  readonly #limits: Limits;
  readonly #byInstance = new Map<string, Booking>();
  readonly #region: Lane<Booking>;
  readonly #groups = new Map<string, Lane<Booking>>();
  /** Nobody who ever could move is less urgent. */
  #leastUrgent: Rank | undefined;

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#region = new Lane(limits.region);
  }

  /** Takes a slot. Where that makes too many, less urgent ones that can move lose theirs, the least urgent first. */
  book(booking: Booking): void {
    this.release(booking.instanceId);
    for (const lane of this.#outranksAny(booking) ? this.#lanesOf(booking.group) : []) {
      for (const displaced of toDisplace(lane, booking)) this.release(displaced.instanceId);
    }
    for (const lane of this.#lanesOf(booking.group)) lane.add(booking);
    this.#byInstance.set(booking.instanceId, booking);
    if (booking.isMovable && (this.#leastUrgent === undefined || byRank(booking, this.#leastUrgent) > 0)) {
      this.#leastUrgent = booking;
    }
  }

  /** Gives the instance's slot back, if it has one. */
  release(instanceId: string): void {
    const booking = this.#byInstance.get(instanceId);
    if (booking === undefined) return;
    this.#byInstance.delete(instanceId);
    for (const lane of this.#lanesOf(booking.group)) lane.remove(booking);
  }

  /** True where the instance holds a slot. */
  holds(instanceId: string): boolean {
    return this.#byInstance.has(instanceId);
  }

  /** The slots that are open to an instance which holds none now. */
  slotsFor(rank: Rank, group: string | undefined, slot: Milliseconds): Slots {
    const lanes = this.#lanesOf(group);
    const free: FindSlot = (from, until) =>
      instantOf(firstRoom(lanes, from.epochMilliseconds, until.epochMilliseconds, slot), from);
    const byRight: FindSlot = (from, until) => {
      const [first, last] = [from.epochMilliseconds, until.epochMilliseconds];
      const held = lanes.map((lane) => lane.overlapping(first, last + slot));
      if (!held.flat().some((other) => mayBeDisplaced(other, rank))) return undefined;
      const rightful = lanes.map((lane, index) =>
        lane.with((held[index] ?? []).filter((other) => !mayBeDisplaced(other, rank))),
      );
      return instantOf(firstRoom(rightful, first, last, slot), from);
    };
    return { free, ...(this.#outranksAny(rank) ? { byRight } : {}), limit: this.#limitText(group) };
  }

  /** False where nobody could be displaced, whatever the lanes hold. */
  #outranksAny(rank: Rank): boolean {
    return this.#leastUrgent !== undefined && byRank(rank, this.#leastUrgent) < 0;
  }

  /** The group's comes first: whoever makes room in it does so in the region, too. */
  #lanesOf(group: string | undefined): Lane<Booking>[] {
    if (group === undefined) return [this.#region];
    const lane = this.#groups.get(group) ?? new Lane<Booking>(this.#limits.group);
    this.#groups.set(group, lane);
    return [lane, this.#region];
  }

  #limitText(group: string | undefined): string {
    const { region, group: ofGroup } = this.#limits;
    const ofRegion = `of the region at most ${region} (MAX_CONCURRENT_REBOOTS)`;
    return group === undefined
      ? `${ofRegion} may be down at once`
      : `of group ${group} at most ${ofGroup} (GROUP_LIMIT) and ${ofRegion} may be down at once`;
  }
}

function instantOf(at: number | undefined, from: Instant): Instant | undefined {
  if (at === undefined) return undefined;
  return at === from.epochMilliseconds ? from : Temporal.Instant.fromEpochMilliseconds(at);
}

function mayBeDisplaced(booking: Booking, by: Rank): boolean {
  return booking.isMovable && byRank(by, booking) < 0;
}

/** The first moment at which every lane has room. */
function firstRoom(
  lanes: readonly Lane<Booking>[],
  from: number,
  until: number,
  length: Milliseconds,
): number | undefined {
  let at = from;
  for (;;) {
    let next = at;
    for (const lane of lanes) {
      const room = lane.firstRoom(next, until, length);
      if (room === undefined) return undefined;
      next = room;
    }
    if (next === at) return at;
    at = next;
  }
}

/** Those that make room for `booking`; none where it has room, and none where even that would not help. */
function toDisplace(lane: Lane<Booking>, booking: Booking): Booking[] {
  const { start, end } = booking;
  const hasRoom = (among: Lane<Booking>): boolean => among.firstRoom(start, start, end - start) !== undefined;
  if (hasRoom(lane)) return [];
  const held = lane.overlapping(start, end);
  const kept = lane.with(held.filter((other) => !mayBeDisplaced(other, booking)));
  if (!hasRoom(kept)) return [];
  // The more urgent stay where they can; one that holds no moment at which there are too many stays, too.
  const movable = held.filter((other) => mayBeDisplaced(other, booking)).sort(byRank);
  return movable.filter((other) => {
    kept.add(other);
    if (hasRoom(kept)) return false;
    kept.remove(other);
    return true;
  });
}
