// The part of Tablestore that this project uses, with types. sdk-api.ts sends it through Alibaba's client.

/** A cell's value. INTEGER is `bigint` and DOUBLE is `number`, so a version that a person wrote as 3.0 differs from 3. */
export type Cell = string | bigint | number | boolean | Uint8Array;

/** Columns by name. */
export type Cells = Readonly<Record<string, Cell>>;

/** Primary key columns by name, in the table's order. */
export type Key = Readonly<Record<string, Cell>>;

/** The end of a range: a key whose last columns may be the smallest or the largest possible value. */
export type KeyBound = Readonly<Record<string, Cell | typeof infMin | typeof infMax>>;

/** The key before all other keys. */
export const infMin = Symbol('INF_MIN');

/** The key after all other keys. */
export const infMax = Symbol('INF_MAX');

/** A row: its key and its cells. */
export interface Row {
  key: Key;
  cells: Cells;
}

/** What must hold for a write to be applied. Tablestore checks the existence of the row first. */
export interface Condition {
  row: 'must-exist' | 'must-not-exist' | 'any';
  /** Each column must exist and have this value. */
  equals?: Cells;
  /** Each column must be missing, or an empty text. */
  absent?: readonly string[];
}

/** One write to one row. `update` puts and removes single columns, `put` replaces the row. */
export interface RowWrite {
  kind: 'update' | 'put';
  key: Key;
  put: Cells;
  /** Columns to remove; only for `update`. */
  remove?: readonly string[];
  condition: Condition;
}

/** One row to delete. */
export interface RowDelete {
  key: Key;
  condition: Condition;
}

/** The outcome of one row of a batch. */
export type RowResult = { ok: true } | { ok: false; code: string; message: string };

/** Which rows of a range are read. */
export type RowFilter =
  /** The column has none of these values, or is missing. */
  | { column: string; notIn: readonly string[] }
  /** The column is a text that is not before this one in the order of bytes. With an empty text: any text. */
  | { column: string; atLeast: string }
  /** The column is a text that is before this one in the order of bytes. */
  | { column: string; before: string }
  | { allOf: readonly RowFilter[] }
  | { anyOf: readonly RowFilter[] };

/** Tablestore as this project calls it. */
export interface Tablestore {
  getRange(request: {
    table: string;
    from: KeyBound;
    to: KeyBound;
    /** Only these columns. A key column among them keeps rows that have none of the others. All columns if absent. */
    columns?: readonly string[];
    /** Only these rows. The filter sees only columns that are read. */
    where?: RowFilter;
    /** At most so many rows in one page. As many as Tablestore gives if absent. */
    limit?: number;
  }): Promise<{ rows: Row[]; next?: KeyBound }>;
  /** Up to 100 rows. Rows that do not exist are left out. */
  batchGet(table: string, keys: readonly Key[]): Promise<Row[]>;
  /** One PutRow or UpdateRow. */
  write(table: string, write: RowWrite): Promise<void>;
  /** Up to 200 rows. A row that fails does not stop the others. */
  batchWrite(table: string, writes: readonly RowWrite[]): Promise<RowResult[]>;
  /** Up to 200 rows, with BatchWriteRow. A row that fails does not stop the others. */
  batchDelete(table: string, deletes: readonly RowDelete[]): Promise<RowResult[]>;
}

/**
 * Tablestore refused or failed a call. `code` is OTS's own code. Without an answer (a reset, our deadline) there is no code,
 * and the outcome of the call is not known.
 */
export class TablestoreFault extends Error {
  override readonly name = 'TablestoreFault';
  readonly code: string | undefined;

  constructor(message: string, code: string | undefined, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** Codes that prove that a write was not applied and may be tried again. */
const notApplied = new Set([
  'OTSRowOperationConflict',
  'OTSNotEnoughCapacityUnit',
  'OTSTableNotReady',
  'OTSServerBusy',
  'OTSPartitionUnavailable',
]);

/** Codes after which a write may or may not have been applied. */
const ambiguous = new Set([
  'OTSTimeout',
  'OTSServerUnavailable',
  'OTSInternalServerError',
  'OTSStorageServerBusy', // a 500, as the SDK for Go knows it
]);

/**
 * Codes of throttling: the account or the table has used up what it may. They last longer than the pauses between the attempts
 * of a write, which would only add to the load. Nothing was applied.
 */
const throttling = new Set([
  'OTSOperationThrottled',
  'OTSCapacityUnitExhausted',
  'OTSFlowControl',
  'OTSQuotaExhausted', // of the frequency; the quota of tables concerns CreateTable only
]);

/** True for every code with which Tablestore says that it has too much to do. */
export function isThrottling(code: string): boolean {
  return throttling.has(code) || loaded.has(code);
}

/** Codes of load that pass within a moment. */
const loaded = new Set(['OTSServerBusy', 'OTSStorageServerBusy', 'OTSNotEnoughCapacityUnit']);

/** What a failed write means. `lost`: somebody else wrote first. `unknown`: it may have been applied. */
export type WriteFault = 'lost' | 'not-applied' | 'throttled' | 'unknown' | 'refused';

/** Sorts a code. No code means that there was no answer. */
export function sortWriteFault(code: string | undefined): WriteFault {
  if (code === undefined || ambiguous.has(code)) return 'unknown';
  if (code === 'OTSConditionCheckFail') return 'lost';
  if (throttling.has(code)) return 'throttled';
  return notApplied.has(code) ? 'not-applied' : 'refused';
}

/** True if a repeated read may succeed. `words` are those of Tablestore. */
export function isPassing(code: string | undefined, words = ''): boolean {
  const fault = sortWriteFault(code);
  return ['unknown', 'not-applied', 'throttled'].includes(fault) || isIndexBuilding(words);
}

/** True for what Tablestore says of a local index that is not complete. The code of that refusal is not published. */
export function isIndexBuilding(words: string): boolean {
  return /Disallow read local index/i.test(words);
}
