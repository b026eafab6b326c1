// Who holds which slot of one region. Each booking counts in the region's lane and, where its instance has a group, in
// the group's lane. A lane knows one limit only; this file combines them.
import { Temporal } from 'temporal-polyfill';
import type { Milliseconds } from '../calendar/instant.ts';
import type { Limits } from '../limits.ts';
import { Lane } from './lane/lane.ts';
import type { Held } from './lane/occupancy.ts';
import type { FindSlot, SlotLimit } from './slots.ts';

/** The slot of one reboot. */
export interface Booking extends Held {
  instanceId: string;
  /** Absent for instances that belong to no group. */
  group?: string;
}

/** A range of moments in epoch milliseconds, both ends included. */
export interface Range {
  from: number;
  until: number;
}

/** The bookings of one region, at most one per instance. */
export class Bookings {
  readonly #limits: Limits;
  readonly #byInstance = new Map<string, Booking>();
  readonly #region: Lane;
  readonly #groups = new Map<string, Lane>();
  /** How many bookings each group has. */
  readonly #members = new Map<string, number>();

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#region = new Lane(limits.region, 0);
  }

  /** Adds the booking, even where that exceeds a limit. Replaces the instance's former booking. */
  add(booking: Booking): void {
    this.release(booking.instanceId);
    for (const lane of this.#lanesOf(booking.group)) lane.add(booking);
    this.#byInstance.set(booking.instanceId, booking);
    this.#count(booking, 1);
  }

  /** Adds the booking where it has room, in place of the instance's former booking. Returns whether it has. */
  addIfFree(booking: Booking): boolean {
    this.release(booking.instanceId);
    const { group, start, end } = booking;
    const hasRoom = this.hasRoom(group, start, end - start);
    if (hasRoom) this.add(booking);
    return hasRoom;
  }

  /** Removes the instance's booking, if it has one. */
  release(instanceId: string): void {
    const booking = this.#byInstance.get(instanceId);
    if (booking === undefined) return;
    this.#byInstance.delete(instanceId);
    this.#count(booking, -1);
    for (const lane of this.#lanesOf(booking.group)) lane.remove(booking);
  }

  /** True where the group has a booking. */
  hasMembers(group: string): boolean {
    return (this.#members.get(group) ?? 0) > 0;
  }

  /** True where one more of this group may be down from `start` on. */
  hasRoom(group: string | undefined, start: number, length: Milliseconds): boolean {
    return this.#lanesOf(group).every((lane) => lane.firstRoom(start, start, length) !== undefined);
  }

  /** The same for the limit of the group alone. */
  hasRoomInGroup(group: string | undefined, start: number, length: Milliseconds): boolean {
    const lane = group === undefined ? undefined : this.#groups.get(group);
    return lane?.firstRoom(start, start, length) !== undefined || lane === undefined;
  }

  /** How far a booking reaches beyond its slot: the pause of its group. */
  get pause(): Milliseconds {
    return this.#limits.groupPause ?? 0;
  }

  /** The first moment of the range from which one more of this group may be down; undefined where there is none. */
  first(group: string | undefined, { from, until }: Range, length: Milliseconds): number | undefined {
    const lanes = this.#lanesOf(group);
    return untilAllAgree(from, (at) =>
      agreed(at, lanes, (lane, next) => lane.firstRoom(next, until, length)),
    );
  }

  /** The last such moment. */
  last(group: string | undefined, { from, until }: Range, length: Milliseconds): number | undefined {
    const lanes = this.#lanesOf(group);
    return untilAllAgree(until, (at) => agreed(at, lanes, (lane, next) => lane.lastRoom(from, next, length)));
  }

  /** `first` and `last` for instants. The asking instance must have no booking, or its own slot looks taken. */
  findFor(
    group: string | undefined,
    slot: Milliseconds,
  ): { first: FindSlot; last: FindSlot; limit: SlotLimit } {
    const find =
      (which: 'first' | 'last'): FindSlot =>
      (from, until) => {
        const range = { from: from.epochMilliseconds, until: until.epochMilliseconds };
        const at = this[which](group, range, slot);
        if (at === undefined) return undefined;
        return at === range.from ? from : Temporal.Instant.fromEpochMilliseconds(at);
      };
    const { region, group: limit } = this.#limits;
    const limits = group === undefined ? { region } : { region, group: { name: group, limit } };
    return { first: find('first'), last: find('last'), limit: limits };
  }

  #count({ group }: Booking, change: 1 | -1): void {
    if (group !== undefined) this.#members.set(group, (this.#members.get(group) ?? 0) + change);
  }

  /** The group's lane comes first: it is full more often. */
  #lanesOf(group: string | undefined): Lane[] {
    if (group === undefined) return [this.#region];
    const lane = this.#groups.get(group) ?? new Lane(this.#limits.group, this.#limits.groupPause ?? 0);
    this.#groups.set(group, lane);
    return [lane, this.#region];
  }
}

/** Asks each lane from the moment that the lane before it gave. */
function agreed(
  at: number,
  lanes: readonly Lane[],
  room: (lane: Lane, at: number) => number | undefined,
): number | undefined {
  let next: number | undefined = at;
  for (const lane of lanes) {
    if (next === undefined) return undefined;
    next = room(lane, next);
  }
  return next;
}

/** Repeats the step until it changes nothing any more. */
function untilAllAgree(from: number, step: (at: number) => number | undefined): number | undefined {
  let at = from;
  for (;;) {
    const next = step(at);
    if (next === undefined || next === at) return next;
    at = next;
  }
}
