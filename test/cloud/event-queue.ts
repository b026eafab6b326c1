// The one queue of virtual time. It has no clock: its owner decides when to take the next item.

interface Entry<T> {
  at: number;
  order: number;
  item: T;
  isCancelled: boolean;
}

/** Items with moments, earliest first. Items of the same moment come out in the order in which they were added. */
export class EventQueue<T> {
  /** A binary heap. A cancelled entry stays in it until it reaches the top. */
  readonly #heap: Entry<T>[] = [];
  #added = 0;

  /** Adds an item and returns a function that cancels it. To cancel an item that was taken has no effect. */
  add(at: number, item: T): () => void {
    const entry: Entry<T> = { at, order: this.#added++, item, isCancelled: false };
    this.#heap.push(entry);
    this.#siftUp(this.#heap.length - 1);
    return () => {
      entry.isCancelled = true;
    };
  }

  /** The moment of the next item; undefined when the queue is empty. */
  nextAt(): number | undefined {
    return this.#next()?.at;
  }

  /** Removes and returns the next item if its moment is not after `until`. */
  take(until: number): { at: number; item: T } | undefined {
    const next = this.#next();
    if (next === undefined || next.at > until) return undefined;
    this.#removeTop();
    return { at: next.at, item: next.item };
  }

  #next(): Entry<T> | undefined {
    while (this.#heap[0]?.isCancelled) this.#removeTop();
    return this.#heap[0];
  }

  #removeTop(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#siftDown();
  }

  #siftUp(from: number): void {
    for (let index = from; index > 0;) {
      const parent = (index - 1) >> 1;
      if (!this.#precedes(index, parent)) return;
      this.#swap(index, parent);
      index = parent;
    }
  }

  #siftDown(): void {
    for (let index = 0; ;) {
      let first = index;
      for (const child of [2 * index + 1, 2 * index + 2]) if (this.#precedes(child, first)) first = child;
      if (first === index) return;
      this.#swap(index, first);
      index = first;
    }
  }

  #precedes(index: number, other: number): boolean {
    const [a, b] = [this.#heap[index], this.#heap[other]];
    if (a === undefined || b === undefined) return false;
    return a.at < b.at || (a.at === b.at && a.order < b.order);
  }

  #swap(index: number, other: number): void {
    const [a, b] = [this.#heap[index], this.#heap[other]];
    if (a !== undefined && b !== undefined) [this.#heap[index], this.#heap[other]] = [b, a];
  }
}
