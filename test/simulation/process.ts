// One execution of a function: it may be killed or frozen wherever it awaits something, its clock may be off, and its
// credentials may expire. A killed one never goes on; a frozen one goes on later, as if no time had passed.
import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../lib/ports.ts';
import type { Scheduler } from './scheduler.ts';

/** What befalls an execution at one of its awaits. */
export type Blow = { kind: 'none' } | { kind: 'kill' } | { kind: 'freeze'; ms: number };

export interface ProcessParts {
  name: string;
  functionName: 'plan' | 'execute';
  scheduler: Scheduler;
  /** Milliseconds by which its clock is ahead. */
  skewMs: number;
  /** When its credentials cease to be taken. */
  credentialsUntil: number;
  /** Asked at every await; the number counts the awaits of this execution from 0. */
  blowAt: (process: Process, awaitNumber: number, what: string) => Blow;
}

export class Process {
  readonly name: string;
  readonly functionName: 'plan' | 'execute';
  readonly credentialsUntil: number;
  readonly clock: Clock;
  readonly #parts: ProcessParts;
  #awaits = 0;
  #isDead = false;
  #frozenUntil = 0;

  constructor(parts: ProcessParts) {
    const { scheduler, skewMs } = parts;
    this.#parts = parts;
    this.name = parts.name;
    this.functionName = parts.functionName;
    this.credentialsUntil = parts.credentialsUntil;
    this.clock = {
      now: () => Temporal.Instant.fromEpochMilliseconds(scheduler.now() + skewMs),
      sleep: (ms) =>
        this.awaiting('sleep', (resume) => scheduler.after(ms, () => resume((resolve) => resolve()))),
    };
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** Nothing of it goes on from now. */
  kill(): void {
    this.#isDead = true;
  }

  /**
   * A promise that the execution awaits. `begin` sets going whatever it waits for and calls `resume` when that has come;
   * what `resume` is given then settles the promise, unless the execution is dead by then, and later where it is frozen.
   */
  awaiting<T>(
    what: string,
    begin: (
      resume: (settle: (resolve: (value: T) => void, reject: (reason: unknown) => void) => void) => void,
    ) => void,
  ): Promise<T> {
    const { blowAt, scheduler } = this.#parts;
    const blow = blowAt(this, this.#awaits++, what);
    return new Promise((resolve, reject) => {
      begin((settle) => {
        if (blow.kind === 'kill') this.#isDead = true;
        if (blow.kind === 'freeze')
          this.#frozenUntil = Math.max(this.#frozenUntil, scheduler.now() + blow.ms);
        this.#goOn(() => settle(resolve, reject));
      });
    });
  }

  #goOn(then: () => void): void {
    const { scheduler } = this.#parts;
    if (this.#isDead) return;
    if (scheduler.now() < this.#frozenUntil) scheduler.at(this.#frozenUntil, () => this.#goOn(then));
    else then();
  }
}
