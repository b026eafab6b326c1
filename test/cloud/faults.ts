// Faults that both services of the local cloud can be told to have, and the list in which they wait their turn.
// What each does on the wire is the servers' business; what an error means is the cores'.

/** One way for one call to go wrong. */
export type Fault =
  /** The documented error is answered instead of doing the work. */
  | { kind: 'error'; status: number; code: string; message?: string }
  /** A gateway's HTML page; the work was not done. */
  | { kind: 'html'; status: number }
  /** 200 with nothing in it; the work was done. */
  | { kind: 'empty' }
  /** The connection is reset, before or after the work was done. */
  | { kind: 'reset'; when: 'before' | 'after' }
  /** No answer ever comes, before or after the work was done; the connection stays open. */
  | { kind: 'stall'; when: 'before' | 'after' }
  /** The work is done; half of the answer arrives, then silence. */
  | { kind: 'truncate' }
  /** The answer comes late by so many milliseconds of the cloud's clock; the work is done at once. */
  | { kind: 'delay'; ms: number };

/** A fault, and the calls that it befalls. */
export interface FaultRule {
  /** The operation's name, `RebootInstance` or `UpdateRow`; `*` for any. */
  operation: string;
  /** How many calls; once unless said otherwise. */
  times?: number;
  /** Spares this many matching calls first. */
  after?: number;
  /** Only calls whose request (the service's own parsed form) is accepted here. */
  matching?: (request: unknown) => boolean;
  fault: Fault;
}

/** The faults that are still to come, first in, first out. */
export class Faults {
  readonly #waiting: { rule: FaultRule; spare: number; left: number }[] = [];

  /** Adds a rule behind those that wait already. */
  add(rule: FaultRule): void {
    this.#waiting.push({ rule, spare: rule.after ?? 0, left: rule.times ?? 1 });
  }

  /** The fault that befalls this call, if any; it is used up by asking. */
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

  /** Forgets every rule. */
  clear(): void {
    this.#waiting.length = 0;
  }
}
