// What will happen in the cloud, in time order. It has no timer: whoever holds it asks for what is due.

/** A change of the cloud; it gets the moment at which it happens. */
export type Change = (at: number) => void;

interface Entry {
  at: number;
  run: Change;
}

/** Changes that are still to come. Those of one moment happen in the order in which they were added. */
export class Agenda {
  // Latest first, so that taking the next one is a pop.
  readonly #entries: Entry[] = [];

  /** Adds a change at `at` (epoch milliseconds). */
  add(at: number, run: Change): void {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = this.#entries[middle];
      if (entry !== undefined && entry.at > at) low = middle + 1;
      else high = middle;
    }
    this.#entries.splice(low, 0, { at, run });
  }

  /** The moment of the next change, or undefined where none is set. */
  next(): number | undefined {
    return this.#entries.at(-1)?.at;
  }

  /** Runs every change due at `now`, and those that they add, in time order. */
  runDue(now: number): void {
    for (;;) {
      const entry = this.#entries.at(-1);
      if (entry === undefined || entry.at > now) return;
      this.#entries.pop();
      entry.run(entry.at);
    }
  }
}
