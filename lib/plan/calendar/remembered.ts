// Thousands of instances and rows name the same few windows, zones and blackouts, and reading them is slow.

/** Results that a reader keeps. A text that comes again is not read again. */
const kept = 1_000;

/** The same reader, with its results kept. They must not be changed. */
export function remembered<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size >= kept) known.clear();
    const result = read(text);
    known.set(text, result);
    return result;
  };
}
