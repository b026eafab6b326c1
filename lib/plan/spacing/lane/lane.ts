// The bookings under one limit: those of a region, or those of a group. In a group, the pause between two reboots counts as a
// part of the slot. How many bookings hold each moment is counted in occupancy.ts.
import type { Milliseconds } from '../../calendar/instant.ts';
import { Occupancy, type Held } from './occupancy.ts';

/** Counts bookings, and finds where one more has room. */
export class Lane {
  readonly #occupancy: Occupancy;
  readonly #pause: Milliseconds;

  /** `pause` follows each booking. */
  constructor(limit: number, pause: Milliseconds) {
    this.#occupancy = new Occupancy(limit);
    this.#pause = pause;
  }

  /** Adds the booking, even where that exceeds the limit. */
  add(held: Held): void {
    this.#occupancy.add(this.#withPause(held));
  }

  /** Removes a booking that was added before. */
  remove(held: Held): void {
    this.#occupancy.remove(this.#withPause(held));
  }

  /** The first moment in `[from, until]` from which one more has room for `length`; undefined where there is none. */
  firstRoom(from: number, until: number, length: Milliseconds): number | undefined {
    return this.#occupancy.firstRoom(from, until, length + this.#pause);
  }

  /** The last such moment. */
  lastRoom(from: number, until: number, length: Milliseconds): number | undefined {
    return this.#occupancy.lastRoom(from, until, length + this.#pause);
  }

  #withPause({ start, end }: Held): Held {
    return { start, end: end + this.#pause };
  }
}
