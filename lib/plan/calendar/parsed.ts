// The result of reading a text: the value, or what was expected instead. A fault is data, not an exception.

/** `expected` completes the sentence "expected …". `at` is the part of the text that is wrong, where it is known. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; expected: string; at?: string };
