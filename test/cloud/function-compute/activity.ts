// Knows whether anything is going on in real time: requests on their way. Only when nothing is may virtual time move.
import type { ClientRequest } from 'node:http';

/** Turns of the event loop that must pass without a request before all is called quiet: promises, streams, parsing. */
const quietTurns = 4;

export class Activity {
  readonly #open = new Set<ClientRequest>();
  readonly #parked: () => number;

  /** @param parked how many requests a server holds on purpose, waiting for virtual time or for ever */
  constructor(parked: () => number) {
    this.#parked = parked;
  }

  /** Counts the request until it is over, one way or the other. */
  watch(request: ClientRequest): ClientRequest {
    this.#open.add(request);
    const over = (): void => void this.#open.delete(request);
    request.once('close', over);
    request.once('error', over);
    return request;
  }

  /** Resolves once nothing moves any more but what waits for virtual time. */
  async quiet(): Promise<void> {
    let turns = 0;
    while (turns < quietTurns) {
      await new Promise((resolve) => setImmediate(resolve));
      turns = this.#open.size <= this.#parked() ? turns + 1 : 0;
    }
  }
}
