// Bookings that share one limit: how many are down at each moment, and where one more has room.
import type { Milliseconds } from './instant.ts';

/** A stretch of time that somebody holds, in epoch milliseconds; `end` is free again. */
export interface Held {
  start: number;
  end: number;
}

/** So many may hold the same moment; more than that is possible, and leaves no room. */
export class Lane<T extends Held> {
  readonly #limit: number;
  /** By start. */
  readonly #held: T[] = [];
  #longest: Milliseconds = 0;
  /** Moments at which the number of holders changes, in order, and how many there are from each on. */
  readonly #edges: number[] = [];
  readonly #counts: number[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(item: T): void {
    this.#held.splice(
      firstAtLeast(this.#held.length, (index) => this.#startOf(index), item.start),
      0,
      item,
    );
    this.#longest = Math.max(this.#longest, item.end - item.start);
    this.#count(item, 1);
  }

  remove(item: T): void {
    let index = firstAtLeast(this.#held.length, (at) => this.#startOf(at), item.start);
    while (index < this.#held.length && this.#held[index] !== item) index += 1;
    if (index === this.#held.length) return;
    this.#held.splice(index, 1);
    this.#count(item, -1);
  }

  /** The first moment in `[from, until]` from which on one more has room for so long; undefined where there is none. */
  firstRoom(from: number, until: number, length: Milliseconds): number | undefined {
    let at = from;
    for (let index = this.#edgeBefore(from); at <= until; index += 1) {
      const next = this.#edges[index + 1] ?? Infinity;
      if ((this.#counts[index] ?? 0) >= this.#limit) at = next;
      else if (next - at >= length) return at;
    }
    return undefined;
  }

  /** Those that hold some of the stretch, by start. */
  overlapping(start: number, end: number): T[] {
    const found: T[] = [];
    const first = firstAtLeast(this.#held.length, (at) => this.#startOf(at), start - this.#longest);
    for (let index = first; index < this.#held.length; index += 1) {
      const item = this.#held[index];
      if (item === undefined || item.start >= end) break;
      if (item.end > start) found.push(item);
    }
    return found;
  }

  /**
   * Another lane with the same limit and only some of the holders. Of those that hold the very same stretch it takes no
   * more than the limit: where thousands wait for one moment, the others leave no less room.
   */
  with(items: readonly T[]): Lane<T> {
    const lane = new Lane<T>(this.#limit);
    const same = new Map<string, number>();
    for (const item of items) {
      const stretch = `${item.start} ${item.end}`;
      const count = (same.get(stretch) ?? 0) + 1;
      same.set(stretch, count);
      if (count <= this.#limit) lane.add(item);
    }
    return lane;
  }

  #startOf(index: number): number {
    return this.#held[index]?.start ?? Infinity;
  }

  #count({ start, end }: Held, change: number): void {
    const first = this.#edgeAt(start);
    const last = this.#edgeAt(end);
    for (let index = first; index < last; index += 1) {
      this.#counts[index] = (this.#counts[index] ?? 0) + change;
    }
  }

  /** The index of the edge at this moment, which is made where there is none. */
  #edgeAt(moment: number): number {
    const index = firstAtLeast(this.#edges.length, (at) => this.#edges[at] ?? Infinity, moment);
    if (this.#edges[index] === moment) return index;
    this.#edges.splice(index, 0, moment);
    this.#counts.splice(index, 0, this.#counts[index - 1] ?? 0);
    return index;
  }

  /** The index of the last edge at this moment or before; -1 where there is none. */
  #edgeBefore(moment: number): number {
    const index = firstAtLeast(this.#edges.length, (at) => this.#edges[at] ?? Infinity, moment);
    return this.#edges[index] === moment ? index : index - 1;
  }
}

/** The first index, of so many in ascending order, whose value is at least this. */
function firstAtLeast(length: number, valueAt: (index: number) => number, least: number): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (valueAt(middle) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
