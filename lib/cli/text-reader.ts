// Reads the texts of a call one by one and collects every fault, so that one message lists them all.
import { misreadingsOf, type Parsed } from '../plan/calendar/parsed.ts';
import { shown, type Fault } from '../plan/fault.ts';

/** What was read, or all that is wrong with it. */
export type Reading<T> = { ok: true; value: T } | { ok: false; faults: readonly Fault[] };

/** Collects the faults of everything that it reads. */
export class TextReader {
  readonly faults: Fault[] = [];

  /** Undefined where the text is missing, or has a fault. */
  optional<T>(what: string, text: string | undefined, parse: (text: string) => Parsed<T>): T | undefined {
    if (text === undefined) return undefined;
    const parsed = parse(text.trim());
    if (parsed.ok) return parsed.value;
    this.faults.push(
      ...misreadingsOf(parsed).map((misreading) => ({ what, value: shown(text), ...misreading })),
    );
    return undefined;
  }

  /** The same. A missing text is a fault: `expected` completes its sentence. */
  required<T>(
    what: string,
    text: string | undefined,
    parse: (text: string) => Parsed<T>,
    expected: string,
  ): T | undefined {
    if (text === undefined) this.faults.push({ what, expected });
    return this.optional(what, text, parse);
  }

  /** The value of another reading. Undefined where that has faults. */
  take<T>(reading: Reading<T>): T | undefined {
    if (reading.ok) return reading.value;
    this.faults.push(...reading.faults);
    return undefined;
  }
}
