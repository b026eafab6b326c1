// How many hold each moment, and where one more has room under a limit. Who they are is lane.ts's business.
import type { Milliseconds } from './instant.ts';
import { firstIndex } from './sorted.ts';

/** A stretch of time that somebody holds, in epoch milliseconds; `end` is free again. */
export interface Held {
  start: number;
  end: number;
}

/** So many may hold the same moment; more than that is possible, and leaves no room. */
export class Occupancy {
  readonly #limit: number;
  /**
   * Moments at which the number of holders changes, in order, and how many there are from each on. Where one holder
   * ends as another starts nothing changes: thousands packed one after another are a single stretch to look at.
   */
  readonly #edges: number[] = [];
  readonly #counts: number[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(held: Held): void {
    this.#count(held, 1);
  }

  /** Takes back what was added. */
  remove(held: Held): void {
    this.#count(held, -1);
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

  /** True where one more may hold the whole stretch. */
  hasRoom({ start, end }: Held): boolean {
    return this.firstRoom(start, start, end - start) !== undefined;
  }

  #count({ start, end }: Held, change: number): void {
    const first = this.#edgeAt(start);
    const last = this.#edgeAt(end);
    for (let index = first; index < last; index += 1) {
      this.#counts[index] = (this.#counts[index] ?? 0) + change;
    }
    this.#dropIfNone(last);
    this.#dropIfNone(first);
  }

  /** The index of the edge at this moment, which is made where there is none. */
  #edgeAt(moment: number): number {
    const index = firstIndex(this.#edges, (edge) => edge >= moment);
    if (this.#edges[index] === moment) return index;
    this.#edges.splice(index, 0, moment);
    this.#counts.splice(index, 0, this.#counts[index - 1] ?? 0);
    return index;
  }

  #dropIfNone(index: number): void {
    if (this.#counts[index] !== (this.#counts[index - 1] ?? 0)) return;
    this.#edges.splice(index, 1);
    this.#counts.splice(index, 1);
  }

  /** The index of the last edge at this moment or before; -1 where there is none. */
  #edgeBefore(moment: number): number {
    return firstIndex(this.#edges, (edge) => edge > moment) - 1;
  }
}
