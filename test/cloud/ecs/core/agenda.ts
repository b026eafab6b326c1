// What will happen in the cloud, in time order. It has no timer: its owner calls it to run what is due.

/** A change of the cloud. It gets the time at which it happens. */
export type Change = (at: number) => void;

interface Entry {
  at: number;
  run: Change;
}

/** The future changes. Changes at the same time happen in the order in which they were added. */
export class Agenda {
  // Latest first, so that pop() takes the next one.
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

  /** The time of the next change, or undefined if there is none. */
  next(): number | undefined {
    return this.#entries.at(-1)?.at;
  }

  /** Runs every change that is due at `now` in time order, including the due changes that these add. */
  runDue(now: number): void {
    for (;;) {
      const entry = this.#entries.at(-1);
      if (entry === undefined || entry.at > now) return;
      this.#entries.pop();
      entry.run(entry.at);
    }
  }
}
