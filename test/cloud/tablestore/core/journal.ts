// All writes in order, for observers. A client of the service cannot see this. It contains every applied write, even
// one that changed nothing. It does not contain refused writes.
import type { StoredRow } from './row-store.ts';
import type { ColumnValue, KeyValue } from './values.ts';

/** One write that took effect. */
export interface AppliedWrite {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Orders the writes, also within the same millisecond. */
  readonly order: number;
  readonly table: string;
  readonly primaryKey: Readonly<Record<string, KeyValue>>;
  readonly operation: 'PutRow' | 'UpdateRow' | 'DeleteRow';
  /** The attributes before the write. Undefined if there was no row. */
  readonly before: Readonly<Record<string, ColumnValue>> | undefined;
  /** The attributes after the write. Undefined if there is no row. */
  readonly after: Readonly<Record<string, ColumnValue>> | undefined;
}

/** The attributes of a row as a plain object. */
export function attributesOf(row: StoredRow | undefined): Record<string, ColumnValue> | undefined {
  if (row === undefined) return undefined;
  return Object.fromEntries([...row.cells].map(([name, cell]) => [name, cell.value]));
}
