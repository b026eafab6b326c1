// What was told, and to whom. Rows of plans get it in columns of its own, `told` and `untold_since`, which no write of a plan
// touches: whoever works on the plan loses no write because somebody tells. What is known of the channels is one row of the
// history table, under a key that no instance has.
import pMap from 'p-map';
import { iso, isAfter, parseInstant, type Instant } from '../../plan/calendar/instant.ts';
import type { NewsItem, NewsKind } from '../../plan/news-item.ts';
import type { Statement } from '../../plan/statement.ts';
import type { ToldChange } from '../../plan/told.ts';
import type { ChannelRecords, Clock, NoticeBoard, UntoldRow, WriteOutcome } from '../../ports.ts';
import { infMax, infMin, type Cell, type Cells, type Key, type Row, type Tablestore } from './api.ts';
import { parseJson } from './cell-reader.ts';
import { decodeRecords, encodeRecords } from './channel-records.ts';
import { ConfirmedWrites } from './confirmed-writes.ts';
import { decodeNews, decodeTold } from './news-cell.ts';
import { readRange } from './range-read.ts';
import { retryingReads } from './read-retry.ts';
import { hasText } from './row-filters.ts';
import { decodeReason } from './statement-cells.ts';
import type { TableNames } from './tables.ts';
import { toldWrite } from './told-writes.ts';

/** What the board needs. */
export interface NoticeBoardParts {
  tablestore: Tablestore;
  tables: TableNames;
  clock: Clock;
  /** A name that no other board has: a claim that carries it is ours. */
  writer: string;
}

/** The row of the channels. No id of an instance has a parenthesis. */
const recordsKey: Key = { instance_id: '(notices)', plan_id: 'channels' };

const rowsPerGet = 100;

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

  async claim(until: Instant): Promise<ChannelRecords | undefined> {
    const cells = await this.#recordCells();
    const claimed = cells['claimed_until'];
    const heldUntil = typeof claimed === 'string' ? parseInstant(claimed) : undefined;
    if (heldUntil !== undefined && isAfter(heldUntil, this.#parts.clock.now())) return undefined;
    const outcome = await this.#writeRecords(cells, { claimed_until: iso(until) });
    return outcome.kind === 'written' ? decodeRecords(cells) : undefined;
  }

  release(records: ChannelRecords): Promise<WriteOutcome> {
    return this.#writeRecords(this.#held, { channels: encodeRecords(records) }, ['claimed_until']);
  }

  async recordTold(changes: readonly ToldChange[]): Promise<readonly WriteOutcome[]> {
    const outcomes = new Map<ToldChange, WriteOutcome>();
    let open = changes.map((change) => ({ change, row: change.row }));
    for (let round = 0; round < rounds && open.length > 0; round += 1) {
      const lost: typeof open = [];
      const record = async (one: (typeof open)[number]): Promise<void> => {
        const outcome = await this.#recordOne(one.change, one.row);
        outcomes.set(one.change, outcome);
        if (outcome.kind === 'lost') lost.push(one);
      };
      await pMap(open, record, { concurrency: writesAtOnce });
      open = await this.#readAgain(lost);
    }
    return changes.map((change) => outcomes.get(change) ?? { kind: 'lost' });
  }

  async #recordOne(change: ToldChange, row: UntoldRow): Promise<WriteOutcome> {
    const { tablestore, tables, clock } = this.#parts;
    return toldWrite({ tablestore, table: tables.plans, clock }, change, {
      row,
      cells: this.#seen.get(row) ?? {},
    });
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

  #untold({ key, cells }: Row): UntoldRow {
    const { status, instance_name: name } = cells;
    const row: UntoldRow = {
      regionId: String(key['region_id']),
      instanceId: String(key['instance_id']),
      ...(typeof name === 'string' ? { instanceName: name } : {}),
      ...(typeof status === 'string' ? { status } : {}),
      news: newsOf(cells),
      told: decodeTold(cells['told']),
    };
    this.#seen.set(row, cells);
    return row;
  }
}

const untoldColumns = [
  'region_id',
  'instance_id',
  'instance_name',
  'status',
  'reason',
  'reason_code',
  'reason_values',
  'plan_id',
  'version',
  'news',
  'told',
  'untold_since',
] as const;

/** The news of a row. Where somebody edited that cell, the status of the row is the news. */
function newsOf(cells: Cells): readonly NewsItem[] {
  const news = decodeNews(cells['news']);
  const isEdited = news === undefined && cells['news'] !== undefined;
  const kind = isEdited ? kindOfStatus.get(cells['status']) : undefined;
  const at = parseInstant(String(cells['untold_since']));
  if (kind === undefined || at === undefined) return news ?? [];
  return [{ kind, at, planId: String(cells['plan_id'] ?? ''), why: reasonIn(cells) }];
}

const kindOfStatus = new Map<Cell | undefined, NewsKind>([
  ['Escalated', 'escalated'],
  ['Missed', 'missed'],
  ['Avoided', 'up-again'],
  ['AwaitingApproval', 'approval'],
]);

function reasonIn({ reason, reason_code: code, reason_values: values }: Cells): Statement {
  const json = typeof values === 'string' ? parseJson(values) : {};
  return decodeReason(typeof reason === 'string' ? reason : undefined, code, json);
}

function isSameRow(a: UntoldRow, b: UntoldRow): boolean {
  return a.regionId === b.regionId && a.instanceId === b.instanceId;
}
