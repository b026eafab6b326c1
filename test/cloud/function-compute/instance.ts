// The process of one function. It runs only during an invocation, and Function Compute may freeze it between any two steps. A
// step is a timer that fires, or an answer or error of a request.
import type { CloudClock } from '../clock.ts';

/** For how many milliseconds the process is frozen before its next step; 0 if it is not frozen. */
export type DrawFreeze = (now: number) => number;

/** One process. A new one runs. */
export class Instance {
  readonly #clock: CloudClock;
  readonly #drawFreeze: DrawFreeze;
  /** Steps that are due, in their order. */
  readonly #due: (() => void)[] = [];
  /** Timers that nothing wakes: they are due, but keep no event loop alive. */
  readonly #asleep: (() => void)[] = [];
  #isIdle = false;
  #frozenUntil = -Infinity;
  #alive = 0;
  /** How often it was frozen during an invocation. */
  freezes = 0;

  constructor(clock: CloudClock, drawFreeze: DrawFreeze = () => 0) {
    this.#clock = clock;
    this.#drawFreeze = drawFreeze;
  }

  /** An invocation begins: the process continues where it stopped. */
  wake(): void {
    this.#isIdle = false;
    this.#due.push(...this.#asleep.splice(0));
    this.#continue();
  }

  /** No invocation runs: the process stops. */
  rest(): void {
    this.#isIdle = true;
  }

  /** Freezes the process for a time. */
  freeze(ms: number): void {
    this.freezes += 1;
    this.#frozenUntil = Math.max(this.#frozenUntil, this.#clock.now() + ms);
    this.#clock.after(ms, () => this.#continue());
  }

  /** Runs the step now, or when the process runs again. */
  step(run: () => void): void {
    if (!this.#isFrozen) {
      const ms = this.#drawFreeze(this.#clock.now());
      if (ms > 0) this.freeze(ms);
    }
    if (this.#isFrozen) this.#due.push(run);
    else run();
  }

  /** Runs the step of a timer that keeps no event loop alive: only if something else does. */
  unrefStep(run: () => void): void {
    this.step(() => {
      if (this.#alive > 0) run();
      else this.#asleep.push(run);
    });
  }

  /** Keeps the event loop alive until the returned function is called. */
  keepAlive(): () => void {
    let isOver = false;
    this.#alive += 1;
    return () => {
      if (!isOver) this.#alive -= 1;
      isOver = true;
    };
  }

  get #isFrozen(): boolean {
    return this.#isIdle || this.#clock.now() < this.#frozenUntil;
  }

  #continue(): void {
    while (!this.#isFrozen) {
      const run = this.#due.shift();
      if (run === undefined) return;
      run();
    }
  }
}
