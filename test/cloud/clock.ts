// The local cloud's one clock. ECS and Tablestore read the time from it and delay their answers on it. The caller that
// starts the cloud decides whether the clock runs in real time or only moves by hand.

/** The time, as the local cloud needs it. */
export interface CloudClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Runs `fn` after `ms` milliseconds of this clock. Returns a function that cancels it. */
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

interface Alarm {
  at: number;
  order: number;
  fn: () => void;
}

/** A clock that moves only by hand. The same moves run the same alarms in the same order, on every machine. */
export class VirtualClock implements CloudClock {
  #now: number;
  #order = 0;
  readonly #alarms = new Set<Alarm>();

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, fn: () => void): () => void {
    const alarm: Alarm = { at: this.#now + Math.max(0, ms), order: this.#order++, fn };
    this.#alarms.add(alarm);
    return () => {
      this.#alarms.delete(alarm);
    };
  }

  /** The time of the next alarm, or undefined if there is none. */
  nextAlarm(): number | undefined {
    return this.#next()?.at;
  }

  /**
   * Moves to the next alarm and runs only that one. Returns false if there is none. Alarms at the same time run in the
   * order in which they were set.
   */
  step(): boolean {
    const alarm = this.#next();
    if (alarm === undefined) return false;
    this.#alarms.delete(alarm);
    this.#now = Math.max(this.#now, alarm.at);
    alarm.fn();
    return true;
  }

  #next(): Alarm | undefined {
    let first: Alarm | undefined;
    for (const alarm of this.#alarms) {
      if (
        first === undefined ||
        alarm.at < first.at ||
        (alarm.at === first.at && alarm.order < first.order)
      ) {
        first = alarm;
      }
    }
    return first;
  }
}
