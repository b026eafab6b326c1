// The records of a review in Tablestore: plans of both tables, and the events that reviews keep. Everything is read page by page,
// and what is not needed of a page is gone before the next one comes.
import type { EpochMs, RecordedEvent, ReviewedPlan } from '../../plan/review/records.ts';
import type { ReviewStore } from '../../plan/review/sources.ts';
import type { Clock } from '../../ports.ts';
import { infMax, infMin, type Key, type RowWrite, type Tablestore } from './api.ts';
import { parseJson } from './cell-reader.ts';
import { decodeKept, keepingOf, keptRange } from './kept-events.ts';
import { endedSince, everyPlan } from './past-plans.ts';
import { rangePages } from './range-read.ts';
import { retryingReads } from './read-retry.ts';
import { writeRepeatedly, type RepeatedOutcome } from './repeated-writes.ts';
import { decodeReviewed, reviewedColumns } from './reviewed-row.ts';
import { everything } from './stop-rows.ts';
import type { TableNames } from './tables.ts';

/** From a key to another one. */
type Range = Pick<Parameters<Tablestore['getRange']>[0], 'from' | 'to'>;

/** What the store needs. */
export interface ReviewStoreParts {
  tablestore: Tablestore;
  tables: TableNames;
  clock: Clock;
}

/** Opens the store for one review. */
export function openReviewStore(parts: ReviewStoreParts): ReviewStore {
  return new TablestoreReviews(parts);
}

class TablestoreReviews implements ReviewStore {
  readonly #parts: ReviewStoreParts;
  readonly #reads: Pick<Tablestore, 'getRange' | 'batchGet'>;

  constructor(parts: ReviewStoreParts) {
    this.#parts = parts;
    this.#reads = retryingReads(parts.tablestore, parts.clock);
  }

  /** The plans table first: a plan that moves to the history meanwhile comes from one of them. */
  async *plans(since: EpochMs): AsyncGenerator<readonly ReviewedPlan[]> {
    const { plans, history } = this.#parts.tables;
    const columns = ['instance_id', ...reviewedColumns];
    const current = new Set<string>();
    const all: Range = {
      from: { region_id: infMin, instance_id: infMin },
      to: { region_id: infMax, instance_id: infMax },
    };
    for await (const rows of rangePages(this.#reads, { table: plans, ...all, columns })) {
      const page = rows.filter(({ key }) => key['region_id'] !== everything).map(decodeReviewed);
      for (const plan of page) current.add(nameOf(plan));
      yield page;
    }
    const where = endedSince(since);
    for await (const rows of rangePages(this.#reads, { table: history, ...everyPlan, columns, where })) {
      yield rows.map(decodeReviewed).filter((plan) => !current.has(nameOf(plan)));
    }
  }

  async *kept(
    regionId: string,
    time: { since: EpochMs; until: EpochMs },
  ): AsyncGenerator<readonly RecordedEvent[]> {
    const request = { table: this.#parts.tables.history, ...keptRange(regionId, time) };
    for await (const rows of rangePages(this.#reads, request)) yield rows.flatMap(decodeKept);
  }

  async keptNames(regionId: string, since: EpochMs): Promise<ReadonlySet<string>> {
    const names = new Set<string>();
    const range = keptRange(regionId, { since });
    const request = { table: this.#parts.tables.history, ...range, columns: ['plan_id'] };
    for await (const rows of rangePages(this.#reads, request)) {
      for (const { key } of rows) names.add(String(key['plan_id']));
    }
    return names;
  }

  keep(regionId: string, events: readonly RecordedEvent[]): Promise<RepeatedOutcome> {
    return this.#write(events.flatMap((event) => keepingOf(regionId, event) ?? []));
  }

  async toldOf(day: string): Promise<readonly string[]> {
    const [row] = await this.#reads.batchGet(this.#parts.tables.history, [toldKey(day)]);
    const told = row?.cells['told'];
    const names = typeof told === 'string' ? parseJson(told) : undefined;
    return Array.isArray(names) ? (names as unknown[]).filter((name) => typeof name === 'string') : [];
  }

  async recordTold(day: string, channels: readonly string[]): Promise<string | undefined> {
    const put = { told: JSON.stringify(channels) };
    const write: RowWrite = { kind: 'put', key: toldKey(day), put, condition: { row: 'any' } };
    return (await this.#write([write])).message;
  }

  #write(writes: readonly RowWrite[]): Promise<RepeatedOutcome> {
    const { tablestore, tables, clock } = this.#parts;
    return writeRepeatedly({ tablestore, table: tables.history, clock }, writes);
  }
}

/** One row per day on which a review was told, so that a repeated run tells nobody twice. */
function toldKey(day: string): Key {
  return { instance_id: '(reviews)', plan_id: day };
}

function nameOf({ regionId, instanceId, planId }: ReviewedPlan): string {
  return `${regionId} ${instanceId} ${planId}`;
}
