// A list that stays in order while items are added and removed. It is our own because a lane needs each item's index,
// and the domain imports no library except Temporal.

/** No two items may compare as equal. */
export class Sorted<T> {
  readonly #compare: (a: T, b: T) => number;
  readonly #items: T[] = [];

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  /** All items, in order. */
  get items(): readonly T[] {
    return this.#items;
  }

  /** Adds the item and returns its index. */
  add(item: T): number {
    const index = this.#indexOf(item);
    this.#items.splice(index, 0, item);
    return index;
  }

  /** Removes the item, which must be in the list, and returns the index that it had. */
  remove(item: T): number {
    const index = this.#indexOf(item);
    this.#items.splice(index, 1);
    return index;
  }

  #indexOf(item: T): number {
    return firstIndex(this.#items, (other) => this.#compare(other, item) >= 0);
  }
}

/**
 * The index of the first item for which `isReached` is true; the length of the list where there is none. `isReached`
 * must be true for every item after the first one, too.
 */
export function firstIndex<T>(items: readonly T[], isReached: (item: T) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isReached(items[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
}
