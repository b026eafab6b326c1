// The plans in Tablestore: what is read with which call, and how rows are written.
import pMap from 'p-map';
import { messageOf } from '../../failures.ts';
import { iso, isBefore, type Instant } from '../../plan/calendar/instant.ts';
import type { Stamp } from '../../plan/change.ts';
import { lastRestartEnd, type Plan } from '../../plan/plan.ts';
import type { NewsKind } from '../../plan/news-item.ts';
import type { PastPlan } from '../../plan/planning/past.ts';
import type { RunRecord } from '../../plan/runs.ts';
import type { Statement } from '../../plan/statement.ts';
import type { Stop } from '../../plan/stop.ts';
import type { Clock, PlanRead, PlanStore, PlanWrite, UnreadablePlan, WriteOutcome } from '../../ports.ts';
import type { Language } from '../../wording/languages.ts';
import {
  infMin,
  type Cells,
  type Key,
  type Row,
  type RowFilter,
  type RowWrite,
  type Tablestore,
} from './api.ts';
import { ConfirmedWrites } from './confirmed-writes.ts';
import { encodeNews, newsOfEscalation, withNewsFor } from './news-cell.ts';
import { decodePlan, encodePlan } from './plan-row.ts';
import { readHistory } from './history-read.ts';
import { decodePast } from './past-row.ts';
import { readRange } from './range-read.ts';
import { readRegions } from './regions-read.ts';
import { hasText, hasWish, isSince, isUnfinished, isUnproven, mayBeUnderWay } from './row-filters.ts';
import { removeRows } from './row-removal.ts';
import { retryingReads } from './read-retry.ts';
import { archival, creation, escalation, removal, succession } from './row-writes.ts';
import { instanceOf, instancesWhere, rowsToSee, type RegionRows } from './row-scans.ts';
import { readRuns, writeRuns } from './run-rows.ts';
import { encodeEscalation } from './statement-cells.ts';
import { decodeStop, readStopRows } from './stop-rows.ts';
import { dueIndexOf, type TableNames } from './tables.ts';

/** BatchGetRow takes no more, by its documentation. */
const rowsPerGet = 100;
/** Batches that are read at the same time: enough for speed, and few enough to hold in memory. */
const batchesAtOnce = 8;

/** What the store needs to read and write plans. */
export interface PlanStoreParts {
  tablestore: Tablestore;
  tables: TableNames;
  clock: Clock;
  /** A name that no other store object has: a write that carries it is ours. */
  writer: string;
  /** Of the sentences in rows: English, unless it is given. */
  language?: Language;
  /** The news that people are told: rows keep no other. None, unless it is given. */
  tells?: readonly NewsKind[];
}

/** Opens the store for one invocation or command. */
export function openPlanStore(parts: PlanStoreParts): PlanStore {
  return new TablestorePlans(parts);
}

class TablestorePlans implements PlanStore {
  readonly #parts: PlanStoreParts;
  readonly #reads: Pick<Tablestore, 'getRange' | 'batchGet'>;
  readonly #writes: ConfirmedWrites;
  readonly #language: Language;
  /** Rows as they were read, so that conditions compare with what really stood there, however a person wrote it. */
  readonly #seen = new WeakMap<Plan, Cells>();
  #writeCount = 0;

  constructor(parts: PlanStoreParts) {
    const { tablestore, tables, clock, language = 'en' } = parts;
    this.#parts = parts;
    this.#language = language;
    this.#reads = retryingReads(tablestore, clock);
    this.#writes = new ConfirmedWrites(tablestore, tables.plans, clock);
  }

  async readDue(regionId: string, now: Instant): Promise<readonly PlanRead[]> {
    const due = await readRange(this.#reads, {
      table: dueIndexOf(this.#parts.tables.plans),
      from: { region_id: regionId, due_at: infMin, instance_id: infMin },
      to: { region_id: regionId, due_at: BigInt(now.epochMilliseconds) + 1n, instance_id: infMin },
    });
    return this.readByInstance(regionId, due.map(instanceOf));
  }

  unfinishedInstances(regionId: string): Promise<readonly string[]> {
    const where = { anyOf: [isUnfinished, hasWish] };
    return instancesWhere(this.#scope(regionId), where, ['status', 'retry', 'acknowledged']);
  }

  rowsToSee(regionId: string, endedBefore: Instant): ReturnType<PlanStore['rowsToSee']> {
    return rowsToSee(this.#scope(regionId), endedBefore);
  }

  async readUnderWay(regionId: string): Promise<readonly PlanRead[]> {
    return this.readByInstance(
      regionId,
      await instancesWhere(this.#scope(regionId), mayBeUnderWay, [
        'status',
        'intent_at',
        'steps',
        'drained_since',
      ]),
    );
  }

  async readUnproven(regionId: string): Promise<readonly PlanRead[]> {
    return this.readByInstance(
      regionId,
      await instancesWhere(this.#scope(regionId), isUnproven, ['status', 'intent_at', 'unproven']),
    );
  }

  async readRestartedSince(regionId: string, since: Instant): Promise<readonly Plan[]> {
    const ended: RowFilter = { allOf: [hasText('intent_at'), isSince('finished_at', iso(since))] };
    const where: RowFilter = { anyOf: [ended, isSince('former_ended_at', iso(since))] };
    const columns = ['intent_at', 'finished_at', 'former_ended_at'];
    const rows = await this.readByInstance(
      regionId,
      await instancesWhere(this.#scope(regionId), where, columns),
    );
    return rows.flatMap((row) => {
      const end = row.kind === 'plan' ? lastRestartEnd(row.plan) : undefined;
      return row.kind !== 'plan' || end === undefined || isBefore(end, since) ? [] : [row.plan];
    });
  }

  async readStops(): Promise<readonly Stop[]> {
    const rows = await readStopRows(this.#reads, this.#parts.tables.plans);
    return rows.flatMap((row) => decodeStop(row) ?? []);
  }

  regionsWithRows(): Promise<readonly string[]> {
    return readRegions(this.#reads, this.#parts.tables.plans);
  }

  async readPast(instanceIds: readonly string[]): Promise<ReadonlyMap<string, readonly PastPlan[]>> {
    const past = new Map<string, PastPlan[]>();
    for (const row of await readHistory(this.#reads, this.#parts.tables.history, instanceIds)) {
      const plans = past.get(instanceOf(row)) ?? [];
      past.set(instanceOf(row), [...plans, decodePast(row)]);
    }
    return past;
  }

  async readByInstance(regionId: string, instanceIds: readonly string[]): Promise<readonly PlanRead[]> {
    const readBatch = async (ids: readonly string[]): Promise<PlanRead[]> => {
      const keys = ids.map((instanceId) => keyOf({ regionId, instanceId }));
      return (await this.#reads.batchGet(this.#parts.tables.plans, keys)).map((row) => this.#decode(row));
    };
    const batches = chunked(instanceIds, rowsPerGet);
    return (await pMap(batches, readBatch, { concurrency: batchesAtOnce })).flat();
  }

  async write(write: PlanWrite): Promise<WriteOutcome> {
    const [outcome = noOutcome] = await this.writeAll([write]);
    return outcome;
  }

  async writeAll(all: readonly PlanWrite[]): Promise<readonly WriteOutcome[]> {
    const failures = new Map<PlanWrite, WriteOutcome>();
    const outcomes = await this.#writes.all(this.#encoded(all, failures));
    const next = outcomes.values();
    return all.map((write) => failures.get(write) ?? next.next().value ?? noOutcome);
  }

  /** A row that cannot be encoded fails by itself. The others are written. */
  *#encoded(
    all: readonly PlanWrite[],
    failures: Map<PlanWrite, WriteOutcome>,
  ): Generator<RowWrite & { token: string }> {
    for (const write of all) {
      let encoded: (RowWrite & { token: string }) | undefined;
      try {
        encoded = this.#rowWriteOf(write);
      } catch (thrown) {
        failures.set(write, { kind: 'failed', message: messageOf(thrown) });
      }
      if (encoded !== undefined) yield encoded;
    }
  }

  async escalateUnreadable(row: UnreadablePlan, reason: Statement, stamp: Stamp): Promise<WriteOutcome> {
    const token = this.#nextToken();
    const news = encodeNews(newsOfEscalation(row, reason, stamp.at, this.#parts.tells));
    const cells = { ...encodeEscalation(row, reason, stamp, this.#language), ...news };
    return this.#writes.one({ ...escalation(row, { cells, at: stamp.at, token }), key: keyOf(row), token });
  }

  readRuns(): Promise<readonly RunRecord[]> {
    return readRuns(this.#reads, this.#parts.tables.history);
  }

  recordRuns(runs: readonly RunRecord[]): Promise<readonly WriteOutcome[]> {
    return writeRuns({ ...this.#parts, history: this.#parts.tables.history }, runs);
  }

  async archive(plans: readonly Plan[]): Promise<readonly WriteOutcome[]> {
    const { tablestore, tables, clock } = this.#parts;
    const history = new ConfirmedWrites(tablestore, tables.history, clock);
    return history.all(each(plans, (plan) => archival(plan, this.#nextToken(), this.#language)));
  }

  async remove(plans: readonly Plan[]): Promise<readonly WriteOutcome[]> {
    const { tablestore, tables } = this.#parts;
    const deletes = plans.map((plan) => removal(keyOf(plan), this.#seen.get(plan) ?? encodePlan(plan, '')));
    return removeRows(tablestore, tables.plans, deletes);
  }

  #scope(regionId: string): RegionRows {
    return { reads: this.#reads, plans: this.#parts.tables.plans, regionId };
  }

  #decode(row: Row): PlanRead {
    const read = decodePlan(row);
    if (read.kind === 'plan') this.#seen.set(read.plan, row.cells);
    return read;
  }

  #rowWriteOf({ plan, from }: PlanWrite): RowWrite & { token: string } {
    const token = this.#nextToken();
    const next = encodePlan(withNewsFor(plan, this.#parts.tells), token, this.#language);
    const before = from === undefined ? undefined : (this.#seen.get(from) ?? encodePlan(from, ''));
    this.#seen.set(plan, next);
    return { ...(before === undefined ? creation(next) : succession(before, next)), key: keyOf(plan), token };
  }

  #nextToken(): string {
    return `${this.#parts.writer}-${(this.#writeCount += 1)}`;
  }
}

/** For a write about which Tablestore said nothing. */
const noOutcome: WriteOutcome = { kind: 'failed', message: 'Tablestore gave no outcome for the write' };
/** Makes each item when it is asked for. */
function* each<T, R>(items: readonly T[], make: (item: T) => R): Generator<R> {
  for (const item of items) yield make(item);
}

function keyOf({ regionId, instanceId }: { regionId: string; instanceId: string }): Key {
  return { region_id: regionId, instance_id: instanceId };
}

function chunked<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
