// The bookings under one limit: those of a region, or those of a group. A lane knows where one more booking has room, and
// which bookings would give way to it. How many bookings hold each moment is counted in occupancy.ts.
import type { Milliseconds } from '../../calendar/instant.ts';
import { byRank, type Rank } from '../rank.ts';
import { Occupancy, type Held } from './occupancy.ts';
import { firstIndex, Sorted } from './sorted.ts';

/** The slot of one reboot, and how urgent the reboot is. */
export interface Booking extends Rank, Held {
  /** Absent for instances that belong to no group. */
  group?: string;
  /** False for reboots that are under way, and for rows that a person pinned. */
  isMovable: boolean;
}

/** Holds at most one booking per instance. */
export class Lane {
  /** All bookings. */
  readonly all: Occupancy;
  /** The bookings that cannot move, and the first `#rightfulCount` of `#byRank`. */
  readonly #rightful: Occupancy;
  #rightfulCount = 0;
  /** The movable bookings, the most urgent first. */
  readonly #byRank = new Sorted<Booking>(byRank);
  /** The same bookings, the earliest first. */
  readonly #byStart = new Sorted<Booking>((a, b) => a.start - b.start || byRank(a, b));
  /** The longest movable booking that the lane ever held. */
  #longest: Milliseconds = 0;

  constructor(limit: number) {
    this.all = new Occupancy(limit);
    this.#rightful = new Occupancy(limit);
  }

  /** Adds the booking, even where that exceeds the limit. */
  add(booking: Booking): void {
    this.all.add(booking);
    if (!booking.isMovable) this.#rightful.add(booking);
    else {
      this.#byStart.add(booking);
      this.#longest = Math.max(this.#longest, booking.end - booking.start);
      if (this.#byRank.add(booking) >= this.#rightfulCount) return;
      this.#rightfulCount += 1;
      this.#rightful.add(booking);
    }
  }

  /** Removes a booking that was added before. */
  remove(booking: Booking): void {
    this.all.remove(booking);
    if (!booking.isMovable) this.#rightful.remove(booking);
    else {
      this.#byStart.remove(booking);
      if (this.#byRank.remove(booking) >= this.#rightfulCount) return;
      this.#rightfulCount -= 1;
      this.#rightful.remove(booking);
    }
  }

  /** True where any movable booking is less urgent, whatever its slot. */
  hasLessUrgent(rank: Rank): boolean {
    const last = this.#byRank.items.at(-1);
    return last !== undefined && byRank(rank, last) < 0;
  }

  /**
   * The bookings that do not give way to this rank: they cannot move, or they are not less urgent. The returned object is
   * reused: the next call changes it. Where the most urgent rank asks first, each booking is added to it once.
   */
  rightful(rank: Rank): Occupancy {
    const { items } = this.#byRank;
    const count = firstIndex(items, (item) => byRank(item, rank) > 0);
    for (const item of items.slice(this.#rightfulCount, count)) this.#rightful.add(item);
    for (const item of items.slice(count, this.#rightfulCount)) this.#rightful.remove(item);
    this.#rightfulCount = count;
    return this.#rightful;
  }

  /** The bookings that give way to `booking`. None where it has room, and none where even that would not make room. */
  toDisplace(booking: Booking): Booking[] {
    if (this.all.hasRoom(booking)) return [];
    const kept = this.rightful(booking);
    if (!kept.hasRoom(booking)) return [];
    // The most urgent are tried first, so the least urgent give way. A booking that adds to no full moment also stays.
    const [stays, goes]: [Booking[], Booking[]] = [[], []];
    for (const other of this.#lessUrgentOverlapping(booking).sort(byRank)) {
      kept.add(other);
      if (kept.hasRoom(booking)) stays.push(other);
      else {
        kept.remove(other);
        goes.push(other);
      }
    }
    for (const other of stays) kept.remove(other);
    return goes;
  }

  /** The movable bookings that are less urgent than `booking` and share a moment with it. */
  #lessUrgentOverlapping(booking: Booking): Booking[] {
    const { start, end } = booking;
    const { items } = this.#byStart;
    const first = firstIndex(items, (item) => item.start > start - this.#longest);
    const last = firstIndex(items, (item) => item.start >= end);
    return items.slice(first, last).filter((item) => item.end > start && byRank(item, booking) > 0);
  }
}
