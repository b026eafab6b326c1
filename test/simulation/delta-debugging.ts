// Delta debugging: removes parts of a list, large ones first, as long as the rest still shows a fault.

/**
 * Returns a part of `items` for which `isEnough` is true, in order. Without any one of its items `isEnough` is false. The
 * caller can end the search early: when `isEnough` returns only false, the result is the smallest part found so far. All
 * `items` together count as enough.
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
