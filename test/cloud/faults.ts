// The faults that a test can inject into both services of the local cloud, and the queue that holds them. The servers
// decide what a fault does on the wire. The cores decide what an error means.

/** One way for one call to go wrong. */
export type Fault =
  /** The service answers this error and does not do the work. */
  | { kind: 'error'; status: number; code: string; message?: string }
  /** A gateway answers an HTML page. The work is not done. */
  | { kind: 'html'; status: number }
  /** 200 with an empty body. The work is done. */
  | { kind: 'empty' }
  /** The connection is reset, before or after the work. */
  | { kind: 'reset'; when: 'before' | 'after' }
  /** No answer ever comes. The call stops before or after the work, and the connection stays open. */
  | { kind: 'stall'; when: 'before' | 'after' }
  /** The work is done. Half of the answer arrives, and then nothing more. */
  | { kind: 'truncate' }
  /** The work is done at once. The answer arrives `ms` milliseconds of the cloud's clock later. */
  | { kind: 'delay'; ms: number };

/** A fault, and the calls that it hits. */
export interface FaultRule {
  /** The operation's name, such as `RebootInstance` or `UpdateRow`. `*` matches every operation. */
  operation: string;
  /** The number of calls that get the fault. Default: 1. */
  times?: number;
  /** The number of matching calls that pass before the first one is hit. Default: 0. */
  after?: number;
  /** Hits only the calls whose request, in the service's parsed form, makes this return true. */
  matching?: (request: unknown) => boolean;
  fault: Fault;
}

/** The faults that no call has used up yet. The rule that was added first is tried first. */
export class Faults {
  readonly #waiting: { rule: FaultRule; spare: number; left: number }[] = [];

  /** Adds a rule after the existing ones. */
  add(rule: FaultRule): void {
    this.#waiting.push({ rule, spare: rule.after ?? 0, left: rule.times ?? 1 });
  }

  /** Returns the fault for this call, if any, and uses it up. */
  take(operation: string, request: unknown): Fault | undefined {
    for (const entry of this.#waiting) {
      const { rule } = entry;
      if (entry.left <= 0 || (rule.operation !== '*' && rule.operation !== operation)) continue;
      if (rule.matching !== undefined && !rule.matching(request)) continue;
      if (entry.spare > 0) {
        entry.spare -= 1;
        continue;
      }
      entry.left -= 1;
      return rule.fault;
    }
    return undefined;
  }

  /** Removes every rule. */
  clear(): void {
    this.#waiting.length = 0;
  }
}
