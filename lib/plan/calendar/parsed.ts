// What reading a text gives: a value, or what was expected instead. Errors here are data, not exceptions.

/** `expected` completes the sentence "expected …"; `at` is the offending piece of the text where there is one. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; expected: string; at?: string };
