// The state that the actions share: tables, journal, meters, and the settings of the instance.
import type { Sequence } from '../../sequence.ts';
import { checkTableName } from './names.ts';
import { localIndexNotReady, objectNotExist, parameterInvalid, tableNotReady } from './ots-errors.ts';
import type { IndexTable } from './index-table.ts';
import type { AppliedWrite } from './journal.ts';
import type { RowSource } from './projection.ts';
import type { GetRangeRequest } from './requests.ts';
import type { RowStore } from './row-store.ts';
import type { CapacityUnit, TableOptions, TableSchema } from './schema.ts';

/** A table with its rows and indexes. */
export interface Table {
  readonly schema: TableSchema;
  options: TableOptions;
  reservedThroughput: CapacityUnit;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds. Before this time, data operations answer OTSTableNotReady. */
  readonly readyAt: number;
  readonly rows: RowStore;
  readonly indexes: Map<string, IndexTable>;
}

/** The settings of an instance. */
export interface CoreSettings {
  /** Milliseconds from CreateTable until data can be read and written. The real service takes up to a minute. */
  tableReadyAfterMs: number;
  /** Milliseconds from the creation of an index until it is built. Until then, a local index cannot be read. */
  indexReadyAfterMs: number;
  /** The lag of global indexes, in milliseconds. */
  globalIndexDelayMs: number;
  /** The largest number of rows that one GetRange scans, at least 1. Undefined means 5,000, as in the service. */
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
  /** The units used since the start. */
  readonly used: CapacityUnit;
}

/** The rows of a table or of an index. */
export interface Readable extends RowSource {
  readonly rows: RowStore;
}

/** The index with this name, on any table. */
export function findIndex(instance: Instance, name: string): { table: Table; index: IndexTable } | undefined {
  for (const table of instance.tables.values()) {
    const index = table.indexes.get(name);
    if (index !== undefined) return { table, index };
  }
  return undefined;
}

/** The table with this name, ready or not. @throws OTSParameterInvalid, OTSObjectNotExist */
export function tableNamed(instance: Instance, name: string): Table {
  checkTableName(name);
  const table = instance.tables.get(name);
  if (table === undefined) throw objectNotExist();
  return table;
}

function ensureReady(instance: Instance, table: Table): void {
  if (instance.now() < table.readyAt) throw tableNotReady();
}

/** The table for a write. @throws OTSObjectNotExist, OTSTableNotReady, OTSParameterInvalid for an index */
export function writable(instance: Instance, name: string): Table {
  if (findIndex(instance, name) !== undefined) throw parameterInvalid("Can't write index table directly.");
  const table = tableNamed(instance, name);
  ensureReady(instance, table);
  return table;
}

/**
 * The table or index for a read. A global index catches up first.
 * @throws OTSObjectNotExist, OTSTableNotReady, OTSParameterInvalid for a local index that is still being built
 */
export function readable(instance: Instance, name: string): Readable {
  const found = findIndex(instance, name);
  if (found !== undefined) {
    ensureReady(instance, found.table);
    found.index.catchUp(instance.now());
    if (found.index.schema.type === 'LOCAL' && instance.now() < found.index.readyAt)
      throw localIndexNotReady();
    return found.index;
  }
  const table = tableNamed(instance, name);
  ensureReady(instance, table);
  return {
    keySchema: table.schema.primaryKey,
    maxVersions: table.options.maxVersions,
    rows: table.rows,
  };
}
