// Which slots of a region are taken: each reboot occupies its slot, in its region and, where its instance has one, in its
// group. Only so many may be down at once.
import { Temporal } from 'temporal-polyfill';
import type { Booking, Rank } from './booking.ts';
import type { Instant, Milliseconds } from '../calendar/instant.ts';
import { Lane } from './lane.ts';
import type { Occupancy } from './occupancy.ts';
import type { Limits } from '../limits.ts';
import type { FindSlot, Slots } from './slots.ts';

/** The slots of one region. */
export class Bookings {
  readonly #limits: Limits;
  readonly #byInstance = new Map<string, Booking>();
  readonly #region: Lane;
  readonly #groups = new Map<string, Lane>();

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#region = new Lane(limits.region);
  }

  /** Takes a slot. Where that makes too many, less urgent ones that can move lose theirs, the least urgent first. */
  book(booking: Booking): void {
    this.release(booking.instanceId);
    const lanes = this.#lanesOf(booking.group);
    if (this.#region.hasLessUrgent(booking)) {
      for (const lane of lanes) {
        for (const displaced of lane.toDisplace(booking)) this.release(displaced.instanceId);
      }
    }
    for (const lane of lanes) lane.add(booking);
    this.#byInstance.set(booking.instanceId, booking);
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
    const find =
      (occupancyOf: (lane: Lane) => Occupancy): FindSlot =>
      (from, until) =>
        instantOf(
          firstRoom(lanes.map(occupancyOf), from.epochMilliseconds, until.epochMilliseconds, slot),
          from,
        );
    return {
      free: find((lane) => lane.all),
      ...(this.#region.hasLessUrgent(rank) ? { byRight: find((lane) => lane.rightful(rank)) } : {}),
      limit: this.#limitText(group),
    };
  }

  /** The group's comes first: whoever makes room in it does so in the region, too. */
  #lanesOf(group: string | undefined): Lane[] {
    if (group === undefined) return [this.#region];
    const lane = this.#groups.get(group) ?? new Lane(this.#limits.group);
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

/** The first moment at which all have room. */
function firstRoom(
  occupancies: readonly Occupancy[],
  from: number,
  until: number,
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
