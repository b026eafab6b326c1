// The result of reading a text: the value, or what was expected instead. A fault is data, not an exception.

/** `expected` completes the sentence "expected …". `at` is the part of the text that is wrong, where it is known. */
export interface Misreading {
  expected: string;
  at?: string;
}

/** `more` are the other faults of the same text. It is absent where there is one fault. */
export type Parsed<T> = { ok: true; value: T } | ({ ok: false; more?: readonly Misreading[] } & Misreading);

/** Every fault of a text that cannot be read, in the order of the text. */
export function misreadingsOf({
  expected,
  at,
  more = [],
}: Misreading & { more?: readonly Misreading[] }): Misreading[] {
  return [{ expected, ...(at === undefined ? {} : { at }) }, ...more];
}

/** The result for a text with these faults. The same fault counts once. */
export function misread(first: Misreading, ...others: readonly Misreading[]): Parsed<never> {
  const distinct = new Map(
    [first, ...others].map((fault) => [JSON.stringify([fault.expected, fault.at]), fault]),
  );
  const more = [...distinct.values()].slice(1);
  return { ok: false, ...first, ...(more.length === 0 ? {} : { more }) };
}

/** All values, or the faults of all. */
export function allRead<T>(readings: readonly Parsed<T>[]): Parsed<T[]> {
  const [first, ...others] = readings.flatMap((reading) => (reading.ok ? [] : misreadingsOf(reading)));
  if (first !== undefined) return misread(first, ...others);
  return { ok: true, value: readings.flatMap((reading) => (reading.ok ? [reading.value] : [])) };
}
