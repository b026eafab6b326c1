// What will happen in the cloud, in time order. It has no timer: its owner calls it to run what is due.
import { EventQueue } from '../../event-queue.ts';

/** A change of the cloud. It gets the moment at which it happens. */
export type Change = (at: number) => void;

/** Future changes. Changes of the same moment happen in the order in which they were added. */
export class Agenda {
  readonly #queue = new EventQueue<Change>();

  /** Adds a change at `at` (epoch milliseconds). */
  add(at: number, change: Change): void {
    this.#queue.add(at, change);
  }

  /** The moment of the next change; undefined when there is none. */
  next(): number | undefined {
    return this.#queue.nextAt();
  }

  /** Runs every change that is due at `now`, and the changes that these add, in the order of their moments. */
  runDue(now: number): void {
    for (;;) {
      const due = this.#queue.take(now);
      if (due === undefined) return;
      due.item(due.at);
    }
  }
}
