// Something that cannot be read: a setting, a tag, a column, a field of an answer of ECS. Faults are data; lib/wording puts
// them into words.

/** One thing that cannot be read. Told as "WHAT is VALUE, expected EXPECTED. CONSEQUENCE" */
export interface Fault {
  /** Where it stands: `Tag reboot-planner:window`, `Column execute_at`, `NotBefore of event e-1`. */
  what: string;
  /** The value as `shown` writes it; absent where it is missing. */
  value?: string;
  /** Completes the sentence "expected …". */
  expected: string;
  /** The part of the value that could not be read, where it is known. */
  at?: string;
  /** What follows from it, as a sentence; absent where nothing special does. */
  consequence?: string;
}

/** Longest value that a fault quotes: a reason in a row must stay readable. */
const quoteLimit = 80;

/** A value as faults quote it: JSON, cut after 80 characters. */
export function shown(value: unknown): string {
  const text = value === undefined ? 'undefined' : JSON.stringify(value);
  return text.length > quoteLimit ? `${text.slice(0, quoteLimit)}…` : text;
}
