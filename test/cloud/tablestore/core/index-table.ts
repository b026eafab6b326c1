// One secondary index and its rows. A local index follows every write at once. A global index lags, and catches up
// when it is read. Both are sparse: a row has no entry if an indexed column is missing or has another type.
import { compareKeys, type Key } from './key.ts';
import { RowStore, type StoredRow } from './row-store.ts';
import type { IndexSchema, KeyColumnSchema } from './schema.ts';
import { typeOf, type KeyValue } from './values.ts';

interface Lagging {
  due: number;
  before: StoredRow | undefined;
  after: StoredRow | undefined;
}

/** What an index is made of. */
export interface IndexParts {
  /** As it was given. */
  schema: IndexSchema;
  /** The whole key: the key columns of the table complete it. */
  keySchema: readonly KeyColumnSchema[];
  tableKey: readonly KeyColumnSchema[];
  /** The delay of the entries. With 0, they follow the table at once. */
  lagMs: number;
  readyAt: number;
}

/** The rows of one index of one table. */
export class IndexTable {
  readonly schema: IndexSchema;
  readonly keySchema: readonly KeyColumnSchema[];
  readonly rows = new RowStore();
  /** A table with an index keeps one version. */
  readonly maxVersions = 1;
  /** Epoch milliseconds. Until then the index is being built. */
  readonly readyAt: number;
  readonly #tableKey: readonly string[];
  readonly #lagMs: number;
  readonly #lagging: Lagging[] = [];

  constructor({ schema, keySchema, tableKey, lagMs, readyAt }: IndexParts) {
    this.schema = schema;
    this.keySchema = keySchema;
    this.readyAt = readyAt;
    this.#tableKey = tableKey.map(({ name }) => name);
    this.#lagMs = lagMs;
  }

  /** Follows a write to the table. */
  follow(before: StoredRow | undefined, after: StoredRow | undefined, now: number): void {
    if (this.#lagMs === 0) this.#replace(before, after);
    else this.#lagging.push({ due: now + this.#lagMs, before, after });
  }

  /** Applies the writes that are due, in their order. */
  catchUp(now: number): void {
    while (this.#lagging[0] !== undefined && this.#lagging[0].due <= now) {
      const { before, after } = this.#lagging[0];
      this.#lagging.shift();
      this.#replace(before, after);
    }
  }

  #replace(before: StoredRow | undefined, after: StoredRow | undefined): void {
    const left = before && this.#entryOf(before);
    const entry = after && this.#entryOf(after);
    if (left !== undefined && (entry === undefined || compareKeys(left.key, entry.key) !== 0)) {
      this.rows.delete(left.key);
    }
    if (entry !== undefined) this.rows.set(entry);
  }

  #entryOf(row: StoredRow): StoredRow | undefined {
    const key: KeyValue[] = [];
    for (const column of this.keySchema) {
      const value = this.#valueIn(row, column.name);
      if (value === undefined || typeof value === 'number' || typeof value === 'boolean') return undefined;
      if (typeOf(value) !== column.type) return undefined;
      key.push(value);
    }
    const carried = new Set(this.schema.definedColumns);
    const cells = new Map([...row.cells].filter(([name]) => carried.has(name)));
    return { key: key satisfies Key, cells };
  }

  #valueIn(row: StoredRow, column: string): KeyValue | number | boolean | undefined {
    const position = this.#tableKey.indexOf(column);
    return position < 0 ? row.cells.get(column)?.value : row.key[position];
  }
}
