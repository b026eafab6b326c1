// One execution of a function. At each await it may be killed or frozen. Its clock may be off, and its credentials may
// expire. After a kill it never resumes. After a freeze it resumes later, as if no time had passed.
import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../lib/ports.ts';
import type { Scheduler } from './scheduler.ts';

/** What happens to an execution at one of its awaits. */
export type Blow = { kind: 'none' } | { kind: 'kill' } | { kind: 'freeze'; ms: number };

export interface ProcessParts {
  name: string;
  /** The tick of the timer that started it; the same in every reduction of its world. */
  origin: string;
  functionName: 'plan' | 'execute';
  scheduler: Scheduler;
  /** Milliseconds by which its clock is ahead. */
  skewMs: number;
  /** When the services begin to refuse its credentials. */
  credentialsUntil: number;
  /** Called at each await. `awaitNumber` counts the awaits of this execution from 0. */
  blowAt: (process: Process, awaitNumber: number, what: string) => Blow;
}

export class Process {
  readonly name: string;
  readonly origin: string;
  readonly functionName: 'plan' | 'execute';
  readonly credentialsUntil: number;
  readonly clock: Clock;
  /** How many of its idle sockets are dead. The next call on each of them gets no answer. */
  deadSockets = 0;
  /** The awaits at which something went wrong. */
  readonly disturbances: string[] = [];
  readonly #parts: ProcessParts;
  #awaits = 0;
  #isDead = false;
  #frozenUntil = 0;

  constructor(parts: ProcessParts) {
    const { scheduler, skewMs } = parts;
    this.#parts = parts;
    this.name = parts.name;
    this.origin = parts.origin;
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

  /** Ends the execution: none of its promises settles any more. */
  kill(): void {
    this.#isDead = true;
  }

  /**
   * A promise that the execution awaits. `begin` starts the work and calls `resume` at its end, with a function that settles
   * the promise. A frozen execution settles it later, a dead one never.
   */
  awaiting<T>(
    what: string,
    begin: (
      resume: (settle: (resolve: (value: T) => void, reject: (reason: unknown) => void) => void) => void,
    ) => void,
  ): Promise<T> {
    const { blowAt, scheduler } = this.#parts;
    const blow = blowAt(this, this.#awaits++, what);
    if (blow.kind !== 'none') this.disturbances.push(what);
    return new Promise((resolve, reject) => {
      begin((settle) => {
        if (blow.kind === 'kill') this.#isDead = true;
        if (blow.kind === 'freeze')
          this.#frozenUntil = Math.max(this.#frozenUntil, scheduler.now() + blow.ms);
        this.#resume(() => settle(resolve, reject));
      });
    });
  }

  #resume(then: () => void): void {
    const { scheduler } = this.#parts;
    if (this.#isDead) return;
    if (scheduler.now() < this.#frozenUntil) scheduler.at(this.#frozenUntil, () => this.#resume(then));
    else then();
  }
}
