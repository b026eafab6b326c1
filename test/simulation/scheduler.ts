// Virtual time. One callback runs after the other, in the order of their moments. Between two callbacks every promise that
// can resume does so.
import { EventQueue } from '../cloud/event-queue.ts';

export class Scheduler {
  #now: number;
  readonly #queue = new EventQueue<() => void>();

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  /** Runs `callback` at `at`, or as soon as possible when `at` has passed. */
  at(at: number, callback: () => void): void {
    this.#queue.add(Math.max(at, this.#now), callback);
  }

  after(ms: number, callback: () => void): void {
    this.at(this.#now + ms, callback);
  }

  /** Plays everything up to `until`. */
  async playUntil(until: number): Promise<void> {
    for (;;) {
      const next = this.#queue.take(until);
      if (next === undefined) break;
      this.#now = next.at;
      next.item();
      await promisesToResume();
    }
    this.#now = until;
  }
}

/** Node runs its next tick when no promise can resume any more. A turn of the event loop would cost ten times as much. */
function promisesToResume(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}
