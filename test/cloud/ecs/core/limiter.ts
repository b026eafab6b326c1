// Throttling like the real service: a limit of calls per region and action, until the next minute begins.
import { EcsError } from './ecs-errors.ts';
import type { EcsOptions } from './types.ts';

/** Counts the calls per region, action and minute of the cloud's clock. */
export class Limiter {
  readonly #limit: EcsOptions['callsPerMinute'];
  readonly #used = new Map<string, { minute: number; calls: number }>();

  constructor(limit: EcsOptions['callsPerMinute']) {
    this.#limit = limit;
  }

  /** Counts a call. Throws 400 Throttling.User if it exceeds the limit of this minute. */
  admit(region: string, action: string, at: number): void {
    const limit = typeof this.#limit === 'number' ? this.#limit : this.#limit?.[action];
    if (limit === undefined) return;
    const minute = Math.floor(at / 60_000);
    const key = `${region}/${action}`;
    const used = this.#used.get(key);
    const calls = used?.minute === minute ? used.calls + 1 : 1;
    this.#used.set(key, { minute, calls });
    if (calls > limit) {
      throw new EcsError(400, 'Throttling.User', 'Request was denied due to user flow control.');
    }
  }
}
