// The part of Tablestore that this project uses, with types: sdk-api.ts speaks it through Alibaba's client.

/** A cell's value. INTEGER is `bigint`, DOUBLE is `number`: a version written as 3.0 by hand is told apart from 3. */
export type Cell = string | bigint | number | boolean | Uint8Array;

/** Columns by name. */
export type Cells = Readonly<Record<string, Cell>>;

/** Primary key columns by name, in the table's order. */
export type Key = Readonly<Record<string, Cell>>;

/** The end of a range: a key whose last columns may be the smallest or the largest of all. */
export type KeyBound = Readonly<Record<string, Cell | typeof infMin | typeof infMax>>;
export const infMin = Symbol('INF_MIN');
export const infMax = Symbol('INF_MAX');

export interface Row {
  key: Key;
  cells: Cells;
}

/** What must hold for a write to be applied. Row existence is checked first. */
export interface Condition {
  row: 'must-exist' | 'must-not-exist' | 'any';
  /** Each column must be there and have this value. */
  equals?: Cells;
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

/** What came of one row of a batch. */
export type RowResult = { ok: true } | { ok: false; code: string; message: string };

/** Which rows of a range are read. */
export type RowFilter =
  /** The column has none of these values, or is missing. */
  | { column: string; notIn: readonly string[] }
  /** The column is there, with a text, be it empty. */
  | { has: string }
  | { allOf: readonly RowFilter[] }
  | { anyOf: readonly RowFilter[] };

export interface Tablestore {
  getRange(request: {
    table: string;
    from: KeyBound;
    to: KeyBound;
    /** Only these columns, key columns too, which keep a row that has none of the others; all where absent. */
    columns?: readonly string[];
    /** Only these rows. The filter sees no column that is not read. */
    where?: RowFilter;
    limit?: number;
  }): Promise<{ rows: Row[]; next?: KeyBound }>;
  /** Up to 100 rows. Those that do not exist are left out. */
  batchGet(table: string, keys: readonly Key[]): Promise<Row[]>;
  /** One PutRow or UpdateRow. */
  write(table: string, write: RowWrite): Promise<void>;
  /** Up to 200 rows; a row that fails stops no other. */
  batchWrite(table: string, writes: readonly RowWrite[]): Promise<RowResult[]>;
}

/**
 * Tablestore refused or failed a call. `code` is OTS's own where an answer came; without one (a reset, our deadline),
 * what became of the call is not known.
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

/** Codes after which nobody can tell whether a write was applied. */
const ambiguous = new Set(['OTSTimeout', 'OTSServerUnavailable', 'OTSInternalServerError']);

/** How a failed write is to be taken. */
export type WriteFault = 'lost' | 'not-applied' | 'unknown' | 'refused';

/** Sorts a code; no code at all means that no answer came. */
export function sortWriteFault(code: string | undefined): WriteFault {
  if (code === undefined || ambiguous.has(code)) return 'unknown';
  if (code === 'OTSConditionCheckFail') return 'lost';
  return notApplied.has(code) ? 'not-applied' : 'refused';
}

/** True where a read may succeed when it is repeated. */
export function isPassing(code: string | undefined): boolean {
  const fault = sortWriteFault(code);
  return fault === 'unknown' || fault === 'not-applied';
}
