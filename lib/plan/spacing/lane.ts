// Bookings that share one limit: where one more has room beside all of them, or beside those that need not make room for
// it, and who would have to.
import { byRank, type Booking, type Rank } from './booking.ts';
import type { Milliseconds } from '../calendar/instant.ts';
import { Occupancy } from './occupancy.ts';
import { firstIndex, Sorted } from './sorted.ts';

/** At most one booking of an instance. */
export class Lane {
  /** All bookings. */
  readonly all: Occupancy;
  /** Those that cannot move, and the first `#rightfulCount` of `#byRank`. */
  readonly #rightful: Occupancy;
  #rightfulCount = 0;
  /** Those that can move. */
  readonly #byRank = new Sorted<Booking>(byRank);
  readonly #byStart = new Sorted<Booking>((a, b) => a.start - b.start || byRank(a, b));
  #longest: Milliseconds = 0;

  constructor(limit: number) {
    this.all = new Occupancy(limit);
    this.#rightful = new Occupancy(limit);
  }

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

  /** Takes back a booking that was added. */
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

  /** True where somebody who can move is less urgent, whatever their slots. */
  hasLessUrgent(rank: Rank): boolean {
    const last = this.#byRank.items.at(-1);
    return last !== undefined && byRank(rank, last) < 0;
  }

  /**
   * Those that need not make room: they cannot move, or are more urgent. Good until somebody else asks: it is not made
   * anew, and where the most urgent ask first each booking comes into it once.
   */
  rightful(rank: Rank): Occupancy {
    const { items } = this.#byRank;
    const count = firstIndex(items, (item) => byRank(item, rank) > 0);
    for (const item of items.slice(this.#rightfulCount, count)) this.#rightful.add(item);
    for (const item of items.slice(count, this.#rightfulCount)) this.#rightful.remove(item);
    this.#rightfulCount = count;
    return this.#rightful;
  }

  /** Those that make room for `booking`; none where it has room, and none where even that would not help. */
  toDisplace(booking: Booking): Booking[] {
    if (this.all.hasRoom(booking)) return [];
    const kept = this.rightful(booking);
    if (!kept.hasRoom(booking)) return [];
    // The more urgent stay where they can; one that holds no moment at which there are too many stays, too.
    const [stays, goes]: [Booking[], Booking[]] = [[], []];
    for (const other of this.#lessUrgent(booking).sort(byRank)) {
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

  /** Those that can move, are less urgent and hold some of the same stretch. */
  #lessUrgent(booking: Booking): Booking[] {
    const { start, end } = booking;
    const { items } = this.#byStart;
    const first = firstIndex(items, (item) => item.start > start - this.#longest);
    const last = firstIndex(items, (item) => item.start >= end);
    return items.slice(first, last).filter((item) => item.end > start && byRank(item, booking) > 0);
  }
}
