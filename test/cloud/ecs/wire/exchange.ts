// Sends a reply over its connection. As a fault it sends the reply late, sends half of it, resets the connection, or
// never answers. It counts the held requests, and drops one when its caller closes the connection.
import type { ServerResponse } from 'node:http';
import type { CloudClock } from '../../clock.ts';
import type { Reply } from '../core/attempt.ts';
import { emptyAnswer, htmlAnswer, jsonAnswer } from './answer.ts';
import type { WireAnswer } from './answer.ts';

/** The way of the replies out of the cloud. */
export class Exchange {
  readonly #clock: CloudClock;
  readonly #latencyMs: number;
  readonly #held = new Set<ServerResponse>();

  constructor(clock: CloudClock, latencyMs: number) {
    this.#clock = clock;
    this.#latencyMs = latencyMs;
  }

  /** The number of requests that are held now: until a time of the cloud's clock, or for ever. */
  parked(): number {
    return this.#held.size;
  }

  /** Sends a reply after the latency and its own delay. */
  reply(response: ServerResponse, host: string, reply: Reply): void {
    if (response.closed) return;
    const delayMs = this.#latencyMs + (reply.kind === 'answer' ? reply.delayMs : 0);
    if (delayMs <= 0) {
      this.#send(response, host, reply);
      return;
    }
    const cancel = this.#clock.after(delayMs, () => {
      this.#held.delete(response);
      response.off('close', cancel);
      this.#send(response, host, reply);
    });
    this.#hold(response);
    response.once('close', cancel);
  }

  #send(response: ServerResponse, host: string, reply: Reply): void {
    switch (reply.kind) {
      case 'answer':
        write(response, jsonAnswer(reply.outcome, host));
        return;
      case 'html':
        write(response, htmlAnswer(reply.status));
        return;
      case 'empty':
        write(response, emptyAnswer());
        return;
      case 'reset':
        response.socket?.resetAndDestroy();
        return;
      case 'stall':
        this.#hold(response);
        return;
      case 'truncate':
        writeHalf(response, jsonAnswer(reply.outcome, host));
        this.#hold(response);
        return;
    }
  }

  #hold(response: ServerResponse): void {
    if (response.closed) return;
    this.#held.add(response);
    response.once('close', () => this.#held.delete(response));
  }
}

function write(response: ServerResponse, { status, headers, body }: WireAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': String(body.length) });
  response.end(body);
}

function writeHalf(response: ServerResponse, { status, headers, body }: WireAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': String(body.length) });
  response.write(body.subarray(0, Math.floor(body.length / 2)));
}
