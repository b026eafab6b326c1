// The one clock of the local cloud. ECS and Tablestore read it and use it to delay their answers. Whoever starts the cloud
// chooses between real time and a clock that is moved by hand.
import { EventQueue } from './event-queue.ts';

/** What the local cloud needs of a clock. */
export interface CloudClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Runs `fn` when `ms` milliseconds of this clock have passed. Returns a function that cancels it. */
  after(ms: number, fn: () => void): () => void;
}

/** The wall clock of this machine. */
export const realClock: CloudClock = {
  now: () => Date.now(),
  after: (ms, fn) => {
    const timer = setTimeout(fn, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** A clock that stands still until it is moved. The same moves run the same alarms in the same order on any machine. */
export class VirtualClock implements CloudClock {
  #now: number;
  readonly #alarms = new EventQueue<() => void>();

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, fn: () => void): () => void {
    return this.#alarms.add(this.#now + Math.max(0, ms), fn);
  }

  /** The moment of the next alarm; undefined when no alarm is set. */
  nextAlarm(): number | undefined {
    return this.#alarms.nextAt();
  }

  /** Moves to the next alarm and runs only this one. Returns false when no alarm is set. */
  step(): boolean {
    const alarm = this.#alarms.take(Infinity);
    if (alarm === undefined) return false;
    this.#now = Math.max(this.#now, alarm.at);
    alarm.item();
    return true;
  }
}
