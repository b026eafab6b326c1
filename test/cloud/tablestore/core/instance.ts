// The state that the actions share: tables, journal, meters, and the settings of this instance.
import type { Sequence } from '../../sequence.ts';
import { objectNotExist, parameterInvalid, tableNotReady } from './ots-errors.ts';
import type { IndexTable } from './index-table.ts';
import type { AppliedWrite } from './journal.ts';
import type { GetRangeRequest } from './requests.ts';
import type { RowStore } from './row-store.ts';
import type { CapacityUnit, KeyColumnSchema, TableOptions, TableSchema } from './schema.ts';

/** A table with its rows and indexes. */
export interface Table {
  readonly schema: TableSchema;
  options: TableOptions;
  reservedThroughput: CapacityUnit;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds: before it, data operations answer OTSTableNotReady. */
  readonly readyAt: number;
  readonly rows: RowStore;
  readonly indexes: Map<string, IndexTable>;
}

/** What of an instance its owner decides. */
export interface CoreSettings {
  /** Milliseconds from CreateTable until data can be read and written; 0 unless given. The real one takes up to a minute. */
  tableReadyAfterMs: number;
  /** Milliseconds by which global indexes lag. */
  globalIndexDelayMs: number;
  /** Rows that one GetRange scans at most (at least 1); undefined leaves it at the service's 5,000. */
  pageRows?: ((request: GetRangeRequest) => number | undefined) | undefined;
}

/** Everything that an action may read and change. */
export interface Instance {
  readonly now: () => number;
  /** Orders the journal. */
  readonly sequence: Sequence;
  readonly settings: CoreSettings;
  readonly tables: Map<string, Table>;
  readonly record: AppliedWrite[];
  /** Units used since the start. */
  readonly used: CapacityUnit;
}

/** Rows that can be read: a table's or an index's. */
export interface Readable {
  readonly keySchema: readonly KeyColumnSchema[];
  readonly rows: RowStore;
}

/** The index of this name, on whatever table. */
export function findIndex(instance: Instance, name: string): { table: Table; index: IndexTable } | undefined {
  for (const table of instance.tables.values()) {
    const index = table.indexes.get(name);
    if (index !== undefined) return { table, index };
  }
  return undefined;
}

/** The table of this name, ready or not. @throws OTSObjectNotExist */
export function tableNamed(instance: Instance, name: string): Table {
  const table = instance.tables.get(name);
  if (table === undefined) throw objectNotExist();
  return table;
}

function ensureReady(instance: Instance, table: Table): void {
  if (instance.now() < table.readyAt) throw tableNotReady();
}

/** The table to write to. @throws OTSObjectNotExist, OTSTableNotReady, OTSParameterInvalid for an index */
export function writable(instance: Instance, name: string): Table {
  if (findIndex(instance, name) !== undefined) throw parameterInvalid("Can't write index table directly.");
  const table = tableNamed(instance, name);
  ensureReady(instance, table);
  return table;
}

/** The table or index to read from; a global index catches up first. @throws OTSObjectNotExist, OTSTableNotReady */
export function readable(instance: Instance, name: string): Readable {
  const found = findIndex(instance, name);
  if (found !== undefined) {
    ensureReady(instance, found.table);
    found.index.catchUp(instance.now());
    return found.index;
  }
  const table = tableNamed(instance, name);
  ensureReady(instance, table);
  return { keySchema: table.schema.primaryKey, rows: table.rows };
}
