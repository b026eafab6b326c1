// The only place where rows change. It changes the table, its indexes and the journal together.
import type { Instance, Table } from './instance.ts';
import { attributesOf, type AppliedWrite } from './journal.ts';
import { named, type Key } from './key.ts';
import { view } from './projection.ts';
import type { ReturnContent } from './requests.ts';
import type { StoredRow } from './row-store.ts';
import type { Row } from './schema.ts';

/** The change of one row. */
export interface Change {
  table: Table;
  key: Key;
  operation: AppliedWrite['operation'];
  before: StoredRow | undefined;
  after: StoredRow | undefined;
}

/** Applies a change. */
export function commit(instance: Instance, { table, key, operation, before, after }: Change): void {
  const now = instance.now();
  if (after === undefined) table.rows.delete(key);
  else table.rows.set(after);
  for (const index of table.indexes.values()) index.follow(before, after, now);
  const primaryKey = Object.fromEntries(
    named(table.schema.primaryKey, key).map(({ name, value }) => [name, value]),
  );
  const { tableName } = table.schema;
  instance.record.push({
    at: now,
    order: instance.sequence(),
    table: tableName,
    primaryKey,
    operation,
    before: attributesOf(before),
    after: attributesOf(after),
  });
}

/** The row that a write returns, if the call asks for it. */
export function returned({ table, key, after }: Change, content: ReturnContent | undefined): { row?: Row } {
  if (content === undefined || content.returnType === 'NONE') return {};
  const schema = table.schema.primaryKey;
  if (content.returnType === 'PRIMARY_KEY') return { row: { primaryKey: named(schema, key), columns: [] } };
  if (after === undefined) return {};
  const wanted = new Set(content.returnColumns);
  return { row: view(schema, after, new Map([...after.cells].filter(([name]) => wanted.has(name)))) };
}
