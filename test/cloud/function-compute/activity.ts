// Tracks the requests that are open in real time. Virtual time may move only when none of them is in progress.
import type { ClientRequest } from 'node:http';

/** All is quiet after this many turns of the event loop without a request. Promises, streams and parsers need them. */
const quietTurns = 4;

/** The requests that the loaded bundles have sent. */
export class Activity {
  readonly #open = new Set<ClientRequest>();
  readonly #parked: () => number;
  #held = 0;

  /** @param parked the number of requests that a server holds on purpose: they wait for virtual time, or for ever */
  constructor(parked: () => number) {
    this.#parked = parked;
  }

  /** Counts the request until it succeeds or fails. */
  watch(request: ClientRequest): ClientRequest {
    this.#open.add(request);
    const over = (): void => void this.#open.delete(request);
    request.once('close', over);
    request.once('error', over);
    return request;
  }

  /** An answer waits until a frozen process runs again. Returns a function that ends the wait. */
  hold(): () => void {
    this.#held += 1;
    return () => {
      this.#held -= 1;
    };
  }

  /** Resolves when every open request waits for virtual time. */
  async quiet(): Promise<void> {
    let turns = 0;
    while (turns < quietTurns) {
      await new Promise((resolve) => setImmediate(resolve));
      turns = this.#open.size <= this.#parked() + this.#held ? turns + 1 : 0;
    }
  }
}
