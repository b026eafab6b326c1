// What was written, in order: an observer's view that no reader or writer of the service has. Refused writes are
// not in it; a write that was applied and changed nothing is.
import type { StoredRow } from './row-store.ts';
import type { ColumnValue, KeyValue } from './values.ts';

/** One write that took effect. */
export interface AppliedWrite {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Its place among all that happened, where two happened in the same millisecond. */
  readonly order: number;
  readonly table: string;
  readonly primaryKey: Readonly<Record<string, KeyValue>>;
  readonly operation: 'PutRow' | 'UpdateRow' | 'DeleteRow';
  /** The attributes before; undefined where there was no row. */
  readonly before: Readonly<Record<string, ColumnValue>> | undefined;
  /** The attributes after; undefined where there is no row. */
  readonly after: Readonly<Record<string, ColumnValue>> | undefined;
}

/** A row's attributes as a plain object. */
export function attributesOf(row: StoredRow | undefined): Record<string, ColumnValue> | undefined {
  if (row === undefined) return undefined;
  return Object.fromEntries([...row.cells].map(([name, cell]) => [name, cell.value]));
}
