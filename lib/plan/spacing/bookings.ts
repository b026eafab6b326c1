// Who holds which slot of one region. Each booking counts in the region's lane and, where its instance has a group, in
// the group's lane. A lane knows one limit only; this file combines them.
import { Temporal } from 'temporal-polyfill';
import type { Instant, Milliseconds } from '../calendar/instant.ts';
import { Lane, type Booking } from './lane/lane.ts';
import type { Occupancy } from './lane/occupancy.ts';
import type { Limits } from '../limits.ts';
import type { Rank } from './rank.ts';
import type { FindSlot, SlotLimit, Slots } from './slots.ts';

/** The bookings of one region, at most one per instance. */
export class Bookings {
  readonly #limits: Limits;
  readonly #byInstance = new Map<string, Booking>();
  readonly #region: Lane;
  readonly #groups = new Map<string, Lane>();

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#region = new Lane(limits.region);
  }

  /**
   * Adds the booking and releases those that give way to it: movable, less urgent, and in the way. Where that is not
   * enough, nobody gives way and the limit is exceeded. Replaces the instance's former booking.
   */
  book(booking: Booking): void {
    this.release(booking.instanceId);
    if (this.#region.hasLessUrgent(booking)) {
      for (const lane of this.#lanesOf(booking.group)) {
        for (const displaced of lane.toDisplace(booking)) this.release(displaced.instanceId);
      }
    }
    this.add(booking);
  }

  /** Adds the booking; nobody gives way, even where that exceeds a limit. Replaces the instance's former booking. */
  add(booking: Booking): void {
    this.release(booking.instanceId);
    for (const lane of this.#lanesOf(booking.group)) lane.add(booking);
    this.#byInstance.set(booking.instanceId, booking);
  }

  /** Removes the instance's booking, if it has one. */
  release(instanceId: string): void {
    const booking = this.#byInstance.get(instanceId);
    if (booking === undefined) return;
    this.#byInstance.delete(instanceId);
    for (const lane of this.#lanesOf(booking.group)) lane.remove(booking);
  }

  /** True where the instance has a booking. */
  holds(instanceId: string): boolean {
    return this.#byInstance.has(instanceId);
  }

  /** The slots for which nobody gives way. The asking instance must have no booking, or its own slot looks taken. */
  freeSlots(group: string | undefined, slot: Milliseconds): Pick<Slots, 'free'> & { limit: SlotLimit } {
    return { free: this.#find(group, slot, (lane) => lane.all), limit: this.#limitOf(group) };
  }

  /** The free slots, and those that less urgent bookings would give up for an instance of this rank. */
  slotsFor(rank: Rank, group: string | undefined, slot: Milliseconds): Slots {
    const slots = this.freeSlots(group, slot);
    if (!this.#region.hasLessUrgent(rank)) return slots;
    return { ...slots, byRight: this.#find(group, slot, (lane) => lane.rightful(rank)) };
  }

  #find(group: string | undefined, slot: Milliseconds, occupancyOf: (lane: Lane) => Occupancy): FindSlot {
    const lanes = this.#lanesOf(group);
    return (from, until) => {
      const range = { from: from.epochMilliseconds, until: until.epochMilliseconds };
      return instantOf(firstCommonRoom(lanes.map(occupancyOf), range, slot), from);
    };
  }

  /** The group's lane comes first: a booking that gives way in the group also makes room in the region. */
  #lanesOf(group: string | undefined): Lane[] {
    if (group === undefined) return [this.#region];
    const lane = this.#groups.get(group) ?? new Lane(this.#limits.group);
    this.#groups.set(group, lane);
    return [lane, this.#region];
  }

  #limitOf(group: string | undefined): SlotLimit {
    const { region, group: limit } = this.#limits;
    return group === undefined ? { region } : { region, group: { name: group, limit } };
  }
}

function instantOf(at: number | undefined, from: Instant): Instant | undefined {
  if (at === undefined) return undefined;
  return at === from.epochMilliseconds ? from : Temporal.Instant.fromEpochMilliseconds(at);
}

/** The first moment in the range from which all occupancies have room for `length`. */
function firstCommonRoom(
  occupancies: readonly Occupancy[],
  { from, until }: { from: number; until: number },
  length: Milliseconds,
): number | undefined {
  let at = from;
  for (;;) {
    let next = at;
    for (const occupancy of occupancies) {
      const room = occupancy.firstRoom(next, until, length);
      if (room === undefined) return undefined;
      next = room;
    }
    if (next === at) return at;
    at = next;
  }
}
