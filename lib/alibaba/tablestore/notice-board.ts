// What was told, and to whom. Rows of plans get it in columns of its own, `told` and `untold_since`, which no write of a plan
// touches: whoever works on the plan loses no write because somebody tells. What is known of the channels is one row of the
// history table, under a key that no instance has.
import pMap from 'p-map';
import { iso, isAfter, parseInstant, plus, type Instant } from '../../plan/calendar/instant.ts';
import type { NewsKind } from '../../plan/news-item.ts';
import type { ToldChange } from '../../plan/told.ts';
import type {
  ChannelRecords,
  Clock,
  NoticeBoard,
  NoticeClaim,
  UntoldRow,
  WriteOutcome,
} from '../../ports.ts';
import { infMax, infMin, type Cells, type Key, type Row, type Tablestore } from './api.ts';
import { decodeRecords, encodeRecords } from './channel-records.ts';
import { ConfirmedWrites } from './confirmed-writes.ts';
import { readRange } from './range-read.ts';
import { retryingReads } from './read-retry.ts';
import { hasText } from './row-filters.ts';
import type { TableNames } from './tables.ts';
import { toldWrite } from './told-writes.ts';
import type { WriteEnd } from './tried-write.ts';
import { untoldColumns, untoldRow } from './untold-rows.ts';

/** What the board needs. */
export interface NoticeBoardParts {
  tablestore: Tablestore;
  tables: TableNames;
  clock: Clock;
  /** A name that no other board has: a claim that carries it is ours. */
  writer: string;
  /** The news that people are told; all, unless it is given. It is asked where a row does not say its news any more. */
  tells?: readonly NewsKind[];
}

/** The row of the channels. No id of an instance has a parenthesis. */
const recordsKey: Key = { instance_id: '(notices)', plan_id: 'channels' };

const rowsPerGet = 100;

/** A claim that ends later than this was edited. Clocks of functions are apart by less. */
const longestClaimMs = 10 * 60_000;

/** Rows that are written at the same time. */
const writesAtOnce = 10;

/** How often a row is read again and written, where it changed meanwhile. */
const rounds = 3;

/** Opens the board for one invocation. */
export function openNoticeBoard(parts: NoticeBoardParts): NoticeBoard {
  return new TablestoreBoard(parts);
}

class TablestoreBoard implements NoticeBoard {
  readonly #parts: NoticeBoardParts;
  readonly #reads: Pick<Tablestore, 'getRange' | 'batchGet'>;
  /** The columns that the next write of a row is conditional on. */
  readonly #seen = new WeakMap<UntoldRow, Cells>();
  #held: Cells = {};
  #claims = 0;

  constructor(parts: NoticeBoardParts) {
    this.#parts = parts;
    this.#reads = retryingReads(parts.tablestore, parts.clock);
  }

  async readUntold(): Promise<readonly UntoldRow[]> {
    const rows = await readRange(this.#reads, {
      table: this.#parts.tables.plans,
      from: { region_id: infMin, instance_id: infMin },
      to: { region_id: infMax, instance_id: infMax },
      columns: [...untoldColumns],
      where: hasText('untold_since'),
    });
    return rows.map((row) => this.#untold(row));
  }

  async readRecords(): Promise<ChannelRecords> {
    return decodeRecords(await this.#recordCells());
  }

  async claim(until: Instant): Promise<NoticeClaim> {
    const cells = await this.#recordCells();
    const claimed = cells['claimed_until'];
    const heldUntil = typeof claimed === 'string' ? parseInstant(claimed) : undefined;
    if (heldUntil !== undefined && this.#isHeld(heldUntil)) return { kind: 'taken' };
    const outcome = await this.#writeRecords(cells, { claimed_until: iso(until) });
    switch (outcome.kind) {
      case 'written':
        return { kind: 'claimed', records: decodeRecords(cells) };
      case 'lost':
        return { kind: 'taken' };
      case 'failed':
        return outcome;
    }
  }

  /** No run claims for longer than a minute. A time far ahead was edited, and nobody would be told anything until then. */
  #isHeld(until: Instant): boolean {
    const now = this.#parts.clock.now();
    return isAfter(until, now) && !isAfter(until, plus(now, longestClaimMs));
  }

  release(records: ChannelRecords): Promise<WriteOutcome> {
    return this.#writeRecords(this.#held, { channels: encodeRecords(records) }, ['claimed_until']);
  }

  async recordTold(changes: readonly ToldChange[]): Promise<readonly WriteOutcome[]> {
    const ends = new Map<ToldChange, WriteEnd>();
    let open = changes.map((change) => ({ change, row: change.row }));
    for (let round = 0; round < rounds && open.length > 0; round += 1) {
      const undecided: typeof open = [];
      const record = async (one: (typeof open)[number]): Promise<void> => {
        const end = await this.#recordOne(one.change, one.row);
        ends.set(one.change, end);
        if (end.kind === 'lost' || end.kind === 'unknown') undecided.push(one);
      };
      await pMap(open, record, { concurrency: writesAtOnce });
      try {
        open = await this.#readAgain(undecided);
      } catch {
        // The next run tells these again. What it says of the rows counts, not why they could not be read here.
        open = undecided;
        break;
      }
    }
    const left = new Set(open.map(({ change }) => change));
    return changes.map((change) => outcomeOf(ends.get(change), left.has(change)));
  }

  async #recordOne(change: ToldChange, row: UntoldRow): Promise<WriteEnd> {
    const { tablestore, tables, clock } = this.#parts;
    const cells = this.#seen.get(row) ?? {};
    return toldWrite({ tablestore, table: tables.plans, clock }, change, { row, cells });
  }

  async #readAgain<T extends { row: UntoldRow }>(lost: readonly T[]): Promise<T[]> {
    const again: T[] = [];
    for (let at = 0; at < lost.length; at += rowsPerGet) {
      const part = lost.slice(at, at + rowsPerGet);
      const keys = part.map(({ row }) => ({ region_id: row.regionId, instance_id: row.instanceId }));
      const rows = (await this.#reads.batchGet(this.#parts.tables.plans, keys)).map((row) =>
        this.#untold(row),
      );
      for (const one of part) {
        const row = rows.find((now) => isSameRow(now, one.row));
        // A row that somebody deleted tells nothing any more.
        if (row !== undefined) again.push({ ...one, row });
      }
    }
    return again;
  }

  async #recordCells(): Promise<Cells> {
    const [row] = await this.#reads.batchGet(this.#parts.tables.history, [recordsKey]);
    return row?.cells ?? {};
  }

  async #writeRecords(before: Cells, put: Cells, remove: readonly string[] = []): Promise<WriteOutcome> {
    const { tablestore, tables, clock, writer } = this.#parts;
    const token = `${writer}-notices-${(this.#claims += 1)}`;
    const seen = before['write_token'];
    const next = { ...put, write_token: token };
    const isFirst = Object.keys(before).length === 0;
    const outcome = await new ConfirmedWrites(tablestore, tables.history, clock).one({
      kind: isFirst ? 'put' : 'update',
      key: recordsKey,
      put: next,
      ...(isFirst ? {} : { remove: remove.filter((name) => before[name] !== undefined) }),
      condition: isFirst
        ? { row: 'must-not-exist' }
        : seen === undefined
          ? { row: 'must-exist', absent: ['write_token'] }
          : { row: 'must-exist', equals: { write_token: seen } },
      token,
    });
    if (outcome.kind === 'written') this.#held = { ...before, ...next };
    return outcome;
  }

  #untold(row: Row): UntoldRow {
    const untold = untoldRow(row, this.#parts.tells);
    this.#seen.set(untold, row.cells);
    return untold;
  }
}

/** A row that is gone tells nothing any more. One that changed at each try does not say what was told of it. */
function outcomeOf(end: WriteEnd | undefined, isLeft: boolean): WriteOutcome {
  if (end === undefined || end.kind === 'written') return { kind: 'written' };
  return end.kind === 'failed' || isLeft ? { kind: 'failed', message: end.message } : { kind: 'lost' };
}

function isSameRow(a: UntoldRow, b: UntoldRow): boolean {
  return a.regionId === b.regionId && a.instanceId === b.instanceId;
}
