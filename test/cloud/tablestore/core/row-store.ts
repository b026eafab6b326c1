// Rows in the order of their keys. A write replaces a row and never changes it in place. The journal and a lagging
// index keep the old row, so it must not change.
import { compareKeys, type Key } from './key.ts';
import { sizeOf, type ColumnValue, type KeyBound } from './values.ts';

/** One stored version of a column. */
export interface Version {
  readonly value: ColumnValue;
  /** Epoch milliseconds. */
  readonly timestamp: number;
}

/** A stored column: its newest version, and the older ones that the table keeps, newest first. */
export interface Cell extends Version {
  readonly older?: readonly Version[];
}

/** A stored row. */
export interface StoredRow {
  readonly key: Key;
  readonly cells: ReadonlyMap<string, Cell>;
}

/** The bytes of a row's columns: names and values of every version. The caller adds the key. */
export function cellsSize(cells: ReadonlyMap<string, Cell>): number {
  let size = 0;
  for (const [name, cell] of cells) {
    const nameSize = Buffer.byteLength(name);
    size += nameSize + sizeOf(cell.value);
    for (const version of cell.older ?? []) size += nameSize + sizeOf(version.value);
  }
  return size;
}

/** The rows of a table or an index. */
export class RowStore {
  readonly #rows: StoredRow[] = [];

  get(key: Key): StoredRow | undefined {
    const row = this.#rows[this.#position(key, 0)];
    return row !== undefined && compareKeys(row.key, key) === 0 ? row : undefined;
  }

  set(row: StoredRow): void {
    const at = this.#position(row.key, 0);
    const present = this.#rows[at];
    const replaced = present !== undefined && compareKeys(present.key, row.key) === 0 ? 1 : 0;
    this.#rows.splice(at, replaced, row);
  }

  delete(key: Key): void {
    if (this.get(key) !== undefined) this.#rows.splice(this.#position(key, 0), 1);
  }

  /** Every row in ascending order. */
  all(): readonly StoredRow[] {
    return this.#rows;
  }

  /** Rows with start <= key < end, in ascending order. */
  *forward(start: readonly KeyBound[], end: readonly KeyBound[]): Generator<StoredRow> {
    yield* this.#between(this.#position(start, 0), this.#position(end, 0), 1);
  }

  /** Rows with start >= key > end, in descending order. */
  *backward(start: readonly KeyBound[], end: readonly KeyBound[]): Generator<StoredRow> {
    yield* this.#between(this.#position(start, 1) - 1, this.#position(end, 1) - 1, -1);
  }

  *#between(from: number, to: number, step: 1 | -1): Generator<StoredRow> {
    for (let i = from; (to - i) * step > 0; i += step) {
      const row = this.#rows[i];
      if (row !== undefined) yield row;
    }
  }

  // The number of rows before the key (slack 0), or before and at the key (slack 1).
  #position(key: readonly KeyBound[], slack: 0 | 1): number {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const row = this.#rows[middle];
      if (row !== undefined && compareKeys(row.key, key) < slack) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
