// Requests that the server holds on purpose, counted: whoever moves the clock has to know that nothing else is
// going on. A request leaves when its time comes or when its connection closes.
import type { ServerResponse } from 'node:http';
import type { CloudClock } from '../clock.ts';

/** The requests that are held now. */
export class Parking {
  readonly #clock: CloudClock;
  readonly #held = new Map<ServerResponse, () => void>();

  constructor(clock: CloudClock) {
    this.#clock = clock;
  }

  /** How many are held. */
  get count(): number {
    return this.#held.size;
  }

  /** Goes on after so many milliseconds of the clock; at once for none. */
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

  /** Never goes on. */
  forever(response: ServerResponse): void {
    this.#keep(response, () => undefined);
  }

  /** Lets go of all, unanswered. */
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
