// Tablestore without a network: synchronous, deterministic, and with the semantics of the server. Its only time is
// that of the given clock. Every operation is atomic, because it is synchronous.
import { batchGetRow } from './actions/batch-get-row.ts';
import { batchWriteRow } from './actions/batch-write-row.ts';
import { createTable } from './actions/create-table.ts';
import { deleteRow } from './actions/delete-row.ts';
import { deleteTable } from './actions/delete-table.ts';
import { describeTable, listSearchIndex, listTable } from './actions/describe-table.ts';
import { getRange } from './actions/get-range.ts';
import { getRow } from './actions/get-row.ts';
import { createIndex, dropIndex } from './actions/indexes.ts';
import { putRow } from './actions/put-row.ts';
import { updateRow } from './actions/update-row.ts';
import { updateTable } from './actions/update-table.ts';
import { newSequence, type Sequence } from '../../sequence.ts';
import type { CoreSettings, Instance } from './instance.ts';
import type { AppliedWrite } from './journal.ts';
import type * as Requests from './requests.ts';
import type { CapacityUnit } from './schema.ts';

/** What a core needs: a clock in epoch milliseconds, and settings, which have defaults. */
export type CoreOptions = {
  now: () => number;
  /** The counter that orders the record. Default: a new one. */
  sequence?: Sequence;
} & Partial<CoreSettings>;

/** The service documents that global indexes follow within milliseconds. So a reader must not rely on a lag of 0. */
const GLOBAL_INDEX_DELAY_MS = 50;

/** One instance of Tablestore. Every method throws a TablestoreError if the service would answer with an error. */
export class TablestoreCore {
  /** The settings. A change of `pageRows` applies at once. The others apply to tables and indexes created later. */
  readonly settings: CoreSettings;
  readonly #instance: Instance;
  #requests = 0;

  constructor({
    now,
    tableReadyAfterMs = 0,
    indexReadyAfterMs = 0,
    globalIndexDelayMs = GLOBAL_INDEX_DELAY_MS,
    pageRows,
    sequence = newSequence(),
  }: CoreOptions) {
    this.settings = { tableReadyAfterMs, indexReadyAfterMs, globalIndexDelayMs, pageRows };
    this.#instance = {
      now,
      sequence,
      settings: this.settings,
      tables: new Map(),
      record: [],
      used: { read: 0, write: 0 },
    };
  }

  /** Every write that took effect, in order. */
  get record(): readonly AppliedWrite[] {
    return this.#instance.record;
  }

  /** The capacity units used so far, including those of failed conditions. */
  get used(): Readonly<CapacityUnit> {
    return this.#instance.used;
  }

  /** The next request id, in the format of real ones. It is a counter, so that every run gives the same ids. */
  nextRequestId(): string {
    this.#requests += 1;
    const count = this.#requests.toString(16).padStart(16, '0');
    return `0005${count.slice(0, 4)}-${count.slice(4, 8)}-${count.slice(8, 12)}-${count.slice(12)}-0a0b0c0d0e0f`;
  }

  createTable(request: Requests.CreateTableRequest): void {
    createTable(this.#instance, request);
  }

  listTable(): string[] {
    return listTable(this.#instance);
  }

  describeTable(request: Requests.TableNameRequest): Requests.DescribeTableResponse {
    return describeTable(this.#instance, request);
  }

  listSearchIndex(request: Requests.TableNameRequest): Requests.ListSearchIndexResponse {
    return listSearchIndex(this.#instance, request);
  }

  updateTable(request: Requests.UpdateTableRequest): Requests.UpdateTableResponse {
    return updateTable(this.#instance, request);
  }

  deleteTable(request: Requests.TableNameRequest): void {
    deleteTable(this.#instance, request);
  }

  createIndex(request: Requests.CreateIndexRequest): void {
    createIndex(this.#instance, request);
  }

  dropIndex(request: Requests.DropIndexRequest): void {
    dropIndex(this.#instance, request);
  }

  getRow(request: Requests.GetRowRequest): Requests.GetRowResponse {
    return getRow(this.#instance, request);
  }

  putRow(request: Requests.PutRowRequest): Requests.WriteResponse {
    return putRow(this.#instance, request);
  }

  updateRow(request: Requests.UpdateRowRequest): Requests.WriteResponse {
    return updateRow(this.#instance, request);
  }

  deleteRow(request: Requests.DeleteRowRequest): Requests.WriteResponse {
    return deleteRow(this.#instance, request);
  }

  getRange(request: Requests.GetRangeRequest): Requests.GetRangeResponse {
    return getRange(this.#instance, request);
  }

  batchGetRow(request: Requests.BatchGetRowRequest): Requests.BatchResponse {
    return batchGetRow(this.#instance, request);
  }

  batchWriteRow(request: Requests.BatchWriteRowRequest): Requests.BatchResponse {
    return batchWriteRow(this.#instance, request);
  }
}
