// Counts the requests that the server holds on purpose. Code that moves the clock must know that nothing else is open.
// A request is no longer held when its time comes or when its connection closes.
import type { ServerResponse } from 'node:http';
import type { CloudClock } from '../clock.ts';

/** The requests that are held now. */
export class Parking {
  readonly #clock: CloudClock;
  readonly #held = new Map<ServerResponse, () => void>();

  constructor(clock: CloudClock) {
    this.#clock = clock;
  }

  /** The number of held requests. */
  get count(): number {
    return this.#held.size;
  }

  /** Calls `then` after `ms` milliseconds of the clock, or at once for 0. */
  hold(response: ServerResponse, ms: number, then: () => void): void {
    if (ms <= 0) {
      then();
      return;
    }
    const cancel = this.#clock.after(ms, () => {
      this.#held.delete(response);
      then();
    });
    this.#keep(response, cancel);
  }

  /** Holds the request for ever. */
  forever(response: ServerResponse): void {
    this.#keep(response, () => undefined);
  }

  /** Drops every held request without an answer. */
  clear(): void {
    for (const cancel of this.#held.values()) cancel();
    this.#held.clear();
  }

  #keep(response: ServerResponse, cancel: () => void): void {
    this.#held.set(response, cancel);
    response.once('close', () => {
      this.#held.get(response)?.();
      this.#held.delete(response);
    });
  }
}
