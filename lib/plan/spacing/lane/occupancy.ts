// Counts how many bookings hold each moment, and finds where one more has room under a limit. It does not know whose
// bookings they are.
import type { Milliseconds } from '../../calendar/instant.ts';
import { firstIndex } from './sorted.ts';

/** A stretch of time that one booking holds, in epoch milliseconds. `end` is the first moment that is free again. */
export interface Held {
  start: number;
  end: number;
}

/** At most `limit` may hold the same moment. More can be added: such a moment is full until enough are removed. */
export class Occupancy {
  readonly #limit: number;
  /** The moments, in order, at which an added stretch starts or ends. */
  readonly #edges: number[] = [];
  /** How many hold the time from each edge to the next one. */
  readonly #counts: number[] = [];
  /**
   * The moments, in order, at which time becomes full and, in turn, free again. One search step skips a whole full
   * stretch, even where thousands of bookings follow one another in it.
   */
  readonly #turns: number[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Counts the stretch, even where that exceeds the limit. */
  add(held: Held): void {
    this.#count(held, 1);
  }

  /** Takes back a stretch that was added before. */
  remove(held: Held): void {
    this.#count(held, -1);
  }

  /** The first moment in `[from, until]` from which one more has room for `length`; undefined where there is none. */
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

  /** The last moment in `[from, until]` from which one more has room for `length`; undefined where there is none. */
  lastRoom(from: number, until: number, length: Milliseconds): number | undefined {
    // The turn at which the free stretch ends that begins last before `until`.
    const after = firstIndex(this.#turns, (turn) => turn > until);
    for (let index = after - (after % 2); index >= 0; index -= 2) {
      const at = Math.min(until, (this.#turns[index] ?? Infinity) - length);
      if (at < from) return undefined;
      if (at >= (this.#turns[index - 1] ?? -Infinity)) return at;
    }
    return undefined;
  }

  #count({ start, end }: Held, change: 1 | -1): void {
    const first = this.#edgeAt(start);
    const last = this.#edgeAt(end);
    for (let index = first; index < last; index += 1) {
      const before = this.#counts[index] ?? 0;
      const after = before + change;
      this.#counts[index] = after;
      if (before < this.#limit === after < this.#limit) continue;
      this.#toggleTurn(this.#edges[index] ?? end);
      this.#toggleTurn(this.#edges[index + 1] ?? end);
    }
  }

  /** A boundary added twice cancels out: the two stretches join. */
  #toggleTurn(moment: number): void {
    const index = firstIndex(this.#turns, (turn) => turn >= moment);
    if (this.#turns[index] === moment) this.#turns.splice(index, 1);
    else this.#turns.splice(index, 0, moment);
  }

  /** The index of the edge at this moment. Inserts the edge where it is missing. */
  #edgeAt(moment: number): number {
    const index = firstIndex(this.#edges, (edge) => edge >= moment);
    if (this.#edges[index] === moment) return index;
    this.#edges.splice(index, 0, moment);
    this.#counts.splice(index, 0, this.#counts[index - 1] ?? 0);
    return index;
  }
}
