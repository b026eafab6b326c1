// A list that is kept in order as items come and go.

/** No two items may compare as equal. */
export class Sorted<T> {
  readonly #compare: (a: T, b: T) => number;
  readonly #items: T[] = [];

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  get items(): readonly T[] {
    return this.#items;
  }

  /** Adds the item, and gives back its index. */
  add(item: T): number {
    const index = this.#indexOf(item);
    this.#items.splice(index, 0, item);
    return index;
  }

  /** Removes the item, which must be there, and gives back the index that it had. */
  remove(item: T): number {
    const index = this.#indexOf(item);
    this.#items.splice(index, 1);
    return index;
  }

  #indexOf(item: T): number {
    return firstIndex(this.#items, (other) => this.#compare(other, item) >= 0);
  }
}

/** The index of the first item for which this is true, as it must be for all that follow; the length where there is none. */
export function firstIndex<T>(items: readonly T[], isReached: (item: T) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isReached(items[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
}
