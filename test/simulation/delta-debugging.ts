// Delta debugging: removes ever smaller parts of a list while the rest still shows a fault.

/**
 * Returns a part of `items`, in order, from which no single item can be removed: then `isEnough` says no. The caller ends
 * the search early by saying no to everything; the result is then the smallest part found. The whole list is never asked for.
 */
export async function minimize<T>(
  items: readonly T[],
  isEnough: (part: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  if (items.length === 0 || (await isEnough([]))) return [];
  let kept = items;
  for (let size = Math.ceil(kept.length / 2); ; size = Math.ceil(size / 2)) {
    const before = kept.length;
    for (let from = 0; from < kept.length;) {
      const part = [...kept.slice(0, from), ...kept.slice(from + size)];
      if (part.length > 0 && (await isEnough(part))) kept = part;
      else from += size;
    }
    if (size === 1 && kept.length === before) return kept;
  }
}
