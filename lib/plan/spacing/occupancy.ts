// How many hold each moment, and where one more has room under a limit. Who they are is lane.ts's business.
import type { Milliseconds } from '../calendar/instant.ts';
import { firstIndex } from './sorted.ts';

/** A stretch of time that somebody holds, in epoch milliseconds; `end` is free again. */
export interface Held {
  start: number;
  end: number;
}

/** So many may hold the same moment; more than that is possible, and leaves no room. */
export class Occupancy {
  readonly #limit: number;
  /** Moments at which the number of holders may change, in order, and how many there are from each on. */
  readonly #edges: number[] = [];
  readonly #counts: number[] = [];
  /**
   * Moments from which on there is no room and, in turn, is again. Thousands that are packed one after another, or that
   * crowd at moments of their own, are a single stretch to look past.
   */
  readonly #turns: number[] = [];

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
    let index = firstIndex(this.#turns, (turn) => turn > from);
    const isFull = index % 2 === 1;
    let at = isFull ? (this.#turns[index++] ?? Infinity) : from;
    for (; at <= until; index += 2) {
      if ((this.#turns[index] ?? Infinity) - at >= length) return at;
      at = this.#turns[index + 1] ?? Infinity;
    }
    return undefined;
  }

  /** True where one more may hold the whole stretch. */
  hasRoom({ start, end }: Held): boolean {
    return this.firstRoom(start, start, end - start) !== undefined;
  }

  #count({ start, end }: Held, change: 1 | -1): void {
    const first = this.#edgeAt(start);
    const last = this.#edgeAt(end);
    for (let index = first; index < last; index += 1) {
      const [before, after] = [this.#counts[index] ?? 0, (this.#counts[index] ?? 0) + change];
      this.#counts[index] = after;
      if (before < this.#limit === after < this.#limit) continue;
      this.#turn(this.#edges[index] ?? end);
      this.#turn(this.#edges[index + 1] ?? end);
    }
  }

  /** What begins here where the same ended before goes on. */
  #turn(moment: number): void {
    const index = firstIndex(this.#turns, (turn) => turn >= moment);
    if (this.#turns[index] === moment) this.#turns.splice(index, 1);
    else this.#turns.splice(index, 0, moment);
  }

  /** The index of the edge at this moment, which is made where there is none. */
  #edgeAt(moment: number): number {
    const index = firstIndex(this.#edges, (edge) => edge >= moment);
    if (this.#edges[index] === moment) return index;
    this.#edges.splice(index, 0, moment);
    this.#counts.splice(index, 0, this.#counts[index - 1] ?? 0);
    return index;
  }
}
