// Virtual time: things happen one after the other, in the order of their moments, and after each of them every promise
// that can go on does so before the next one happens.

interface Happening {
  at: number;
  order: number;
  run: () => void;
}

export class Scheduler {
  #now: number;
  #count = 0;
  /** A binary heap, the earliest first. */
  readonly #heap: Happening[] = [];

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  /** Lets `run` happen at `at`, or at once where that has passed. */
  at(at: number, run: () => void): void {
    this.#push({ at: Math.max(at, this.#now), order: this.#count++, run });
  }

  after(ms: number, run: () => void): void {
    this.at(this.#now + ms, run);
  }

  /** Plays everything up to `until`. */
  async playUntil(until: number): Promise<void> {
    for (;;) {
      const next = this.#heap[0];
      if (next === undefined || next.at > until) break;
      this.#pop();
      this.#now = next.at;
      next.run();
      await settled();
    }
    this.#now = until;
  }

  #push(happening: Happening): void {
    const heap = this.#heap;
    heap.push(happening);
    let index = heap.length - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!precedes(heap[index], heap[parent])) break;
      swap(heap, index, parent);
      index = parent;
    }
  }

  #pop(): void {
    const heap = this.#heap;
    swap(heap, 0, heap.length - 1);
    heap.pop();
    for (let index = 0; ;) {
      const [left, right] = [2 * index + 1, 2 * index + 2];
      let least = index;
      if (precedes(heap[left], heap[least])) least = left;
      if (precedes(heap[right], heap[least])) least = right;
      if (least === index) return;
      swap(heap, index, least);
      index = least;
    }
  }
}

function precedes(a: Happening | undefined, b: Happening | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function swap(heap: Happening[], a: number, b: number): void {
  const [first, second] = [heap[a], heap[b]];
  if (first !== undefined && second !== undefined) [heap[a], heap[b]] = [second, first];
}

/** Node runs its next tick once every promise has gone on that can; a turn of the event loop would cost ten times as much. */
function settled(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}
