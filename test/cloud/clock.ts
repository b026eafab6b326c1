// The local cloud's one clock. ECS and Tablestore read it and delay their answers on it; whether it runs in real
// time or is moved by hand is decided by whoever starts the cloud.

/** What the local cloud needs of time. */
export interface CloudClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Runs `fn` once `ms` milliseconds of this clock have passed. Returns a function that cancels it. */
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

/** A clock that stands still until it is moved: same moves, same order of alarms, whatever the machine. */
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

  /** The moment of the next alarm, or undefined where none is set. */
  nextAlarm(): number | undefined {
    return this.#next()?.at;
  }

  /** Moves to the next alarm and runs it alone; false where none is set. Alarms of one moment run in the order set. */
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
