// The records of a review in Tablestore: plans of both tables, and the events that reviews keep. Everything is read page by page,
// and what is not needed of a page is gone before the next one comes.
import { messageOf } from '../../failures.ts';
import type { EpochMs, ReviewedPlan } from '../../plan/review/records.ts';
import { isoOf } from '../../plan/review/records.ts';
import type { ReviewStore } from '../../plan/review/sources.ts';
import type { Clock } from '../../ports.ts';
import { infMax, infMin, sortWriteFault, TablestoreFault, type RowWrite, type Tablestore } from './api.ts';
import { decodeKept, keepingOf, keptRange } from './kept-events.ts';
import { rangePages } from './range-read.ts';
import { retryingReads } from './read-retry.ts';
import { sentenceOn } from './refusals.ts';
import { decodeReviewed, reviewedColumns } from './reviewed-row.ts';
import { everything } from './stop-rows.ts';
import type { TableNames } from './tables.ts';

/** BatchWriteRow takes no more rows. */
const rowsAWrite = 200;

/** Pauses before rows that failed are written again. A repetition has no other effect. */
const pausesMs = [200, 1_000, 3_000] as const;

/** Keys in parentheses, and `*`, come before this one. They are no plans. */
const firstInstance = '+';

/** What the store needs. */
export interface ReviewStoreParts {
  tablestore: Tablestore;
  tables: TableNames;
  clock: Clock;
}

/** Opens the store for one review. */
export function openReviewStore({ tablestore, tables, clock }: ReviewStoreParts): ReviewStore {
  const reads = retryingReads(tablestore, clock);

  async function* plans(endedSince: EpochMs): AsyncGenerator<readonly ReviewedPlan[]> {
    const current = new Set<string>();
    const columns = ['instance_id', ...reviewedColumns];
    for await (const rows of rangePages(reads, {
      table: tables.plans,
      from: { region_id: infMin, instance_id: infMin },
      to: { region_id: infMax, instance_id: infMax },
      columns,
    })) {
      const page = rows.filter(({ key }) => key['region_id'] !== everything).map(decodeReviewed);
      for (const plan of page) current.add(nameOf(plan));
      yield page;
    }
    for await (const rows of rangePages(reads, {
      table: tables.history,
      from: { instance_id: firstInstance, plan_id: infMin },
      to: { instance_id: infMax, plan_id: infMax },
      columns,
      where: { column: 'finished_at', atLeast: isoOf(endedSince).slice(0, 'yyyy-mm-ddThh:mm:ss'.length) },
    })) {
      yield rows.map(decodeReviewed).filter((plan) => !current.has(nameOf(plan)));
    }
  }

  return {
    plans,

    async *kept(regionId, time) {
      const range = keptRange(regionId, time);
      for await (const rows of rangePages(reads, { table: tables.history, ...range })) {
        yield rows.flatMap(decodeKept);
      }
    },

    async keptNames(regionId, since) {
      const names = new Set<string>();
      const request = { table: tables.history, ...keptRange(regionId, { since }), columns: ['plan_id'] };
      for await (const rows of rangePages(reads, request)) {
        for (const { key } of rows) names.add(String(key['plan_id']));
      }
      return names;
    },

    async keep(regionId, events) {
      let [failed, message] = [0, undefined as string | undefined];
      const writes = events.flatMap((event) => keepingOf(regionId, event) ?? []);
      for (let at = 0; at < writes.length; at += rowsAWrite) {
        const outcome = await written(writes.slice(at, at + rowsAWrite));
        failed += outcome.failed;
        message ??= outcome.message;
      }
      return { failed, ...(message === undefined ? {} : { message }) };
    },
  };

  async function written(writes: readonly RowWrite[]): Promise<{ failed: number; message?: string }> {
    for (let attempt = 0, open = writes; ; attempt += 1) {
      const { left, fault } = await tried(open);
      if (left.length === 0) return { failed: 0 };
      const pause = pausesMs[attempt];
      const isRefused = sortWriteFault(fault?.code) === 'refused';
      if (pause === undefined || isRefused || fault === undefined) {
        const message = fault === undefined ? 'no result' : sentenceOn(fault, tables.history);
        return { failed: left.length, message };
      }
      open = left;
      await clock.sleep(pause);
    }
  }

  /** The writes that are not known to be done, and one of the reasons. */
  async function tried(writes: readonly RowWrite[]): Promise<{ left: readonly RowWrite[]; fault?: TablestoreFault }> {
    try {
      const results = await tablestore.batchWrite(tables.history, writes);
      const left = writes.filter((_, index) => results[index]?.ok !== true);
      const failure = results.find((result) => !result.ok);
      if (failure === undefined || failure.ok) return { left };
      return { left, fault: new TablestoreFault(failure.message, failure.code) };
    } catch (thrown) {
      const fault =
        thrown instanceof TablestoreFault ? thrown : new TablestoreFault(messageOf(thrown), undefined, thrown);
      return { left: writes, fault };
    }
  }
}

function nameOf({ regionId, instanceId, planId }: ReviewedPlan): string {
  return `${regionId} ${instanceId} ${planId}`;
}
