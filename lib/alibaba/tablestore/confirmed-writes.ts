// Conditional writes that always end with a known outcome or a failure. A write without an answer is confirmed by reading the
// token that it would have left. It is never repeated blindly: only a write that was certainly not applied is tried again.
import type { Clock, WriteOutcome } from '../../ports.ts';
import { sortWriteFault, TablestoreFault, type Key, type RowWrite, type Tablestore } from './api.ts';
import { endOf, triedWrite, writePausesMs, type WriteEnd, type WriteParts } from './tried-write.ts';

/** The most that one call takes, by the documentation. */
const rowsAWrite = 200;
const rowsAGet = 100;
const bytesAWrite = 3 * 1024 * 1024;

/** A write and the token that it leaves in the column write_token. */
export type TokenWrite = RowWrite & { token: string };

/** Writes to one table. */
export class ConfirmedWrites {
  readonly #parts: WriteParts;

  constructor(tablestore: Tablestore, table: string, clock: Clock) {
    this.#parts = { tablestore, table, clock };
  }

  /** Writes one row. */
  async one(write: TokenWrite): Promise<WriteOutcome> {
    const end = await triedWrite(this.#parts, write);
    return end.kind === 'written' ? end : this.#outcomeOf(write, end);
  }

  /**
   * Writes many rows, up to 200 or 4 MB per call. Rows without a clear outcome continue one by one. Outcomes are in the
   * order given. Each write is taken from the iterable when its call is put together, so that thousands do not have to be
   * in memory at the same time.
   */
  async all(writes: Iterable<TokenWrite>): Promise<WriteOutcome[]> {
    const outcomes: WriteOutcome[] = [];
    for (const batch of batches(writes)) outcomes.push(...(await this.#batch(batch)));
    return outcomes;
  }

  async #batch(writes: readonly TokenWrite[]): Promise<WriteOutcome[]> {
    if (writes.length === 1) return Promise.all(writes.map((write) => this.one(write)));
    let results;
    try {
      results = await this.#parts.tablestore.batchWrite(this.#parts.table, writes);
    } catch (thrown) {
      return this.#confirmBatch(writes, thrown);
    }
    return inTurn(writes, async (write, index): Promise<WriteOutcome> => {
      const result = results[index];
      if (result?.ok === true) return { kind: 'written' };
      const fault = new TablestoreFault(
        `${result?.code ?? 'no result'}: ${result?.message ?? ''}`,
        result?.code,
      );
      return sortWriteFault(fault.code) === 'lost' ? { kind: 'lost' } : this.#confirmThenOne(write, fault);
    });
  }

  /**
   * For a batch that failed as a whole. If it was refused, one row may be the reason. If it was throttled, every row would be.
   * Without an answer, the tokens decide.
   */
  async #confirmBatch(writes: readonly TokenWrite[], thrown: unknown): Promise<WriteOutcome[]> {
    const fault = sortWriteFault(thrown instanceof TablestoreFault ? thrown.code : undefined);
    const { message } = endOf(thrown, this.#parts.table);
    if (fault === 'throttled') return writes.map((): WriteOutcome => ({ kind: 'failed', message }));
    if (fault !== 'unknown') return inTurn(writes, (write) => this.one(write));
    const tokens = await this.#tokensOf(writes);
    return writes.map((write): WriteOutcome => {
      if (tokens?.get(keyText(write.key)) === write.token) return { kind: 'written' };
      return { kind: 'failed', message: unconfirmed(message, tokens !== undefined) };
    });
  }

  async #confirmThenOne(write: TokenWrite, thrown: unknown): Promise<WriteOutcome> {
    const end = endOf(thrown, this.#parts.table);
    return end.kind === 'not-applied' ? this.one(write) : this.#outcomeOf(write, end);
  }

  async #outcomeOf(
    write: TokenWrite,
    { kind, message }: Exclude<WriteEnd, { kind: 'written' }>,
  ): Promise<WriteOutcome> {
    switch (kind) {
      case 'lost':
        // Our own earlier attempt may have changed the row.
        return (await this.#isOurs(write)) === true ? { kind: 'written' } : { kind: 'lost' };
      case 'failed':
        return { kind: 'failed', message };
      case 'unknown': {
        const ours = await this.#isOurs(write);
        if (ours === true) return { kind: 'written' };
        return { kind: 'failed', message: unconfirmed(message, ours === false) };
      }
    }
  }

  /** Whether the row has the write's token; undefined if the row cannot be read. */
  async #isOurs(write: TokenWrite): Promise<boolean | undefined> {
    const tokens = await this.#tokensOf([write]);
    return tokens === undefined ? undefined : tokens.get(keyText(write.key)) === write.token;
  }

  /** The tokens in these rows by key; undefined if they cannot be read. */
  async #tokensOf(writes: readonly TokenWrite[]): Promise<Map<string, unknown> | undefined> {
    const { tablestore, table, clock } = this.#parts;
    for (const pause of writePausesMs) {
      try {
        const keys = writes.map((write) => write.key);
        const halves = [keys.slice(0, rowsAGet), keys.slice(rowsAGet)].filter((half) => half.length > 0);
        const rows = await Promise.all(halves.map((half) => tablestore.batchGet(table, half)));
        return new Map(rows.flat().map((row) => [keyText(row.key), row.cells['write_token']]));
      } catch {
        // The fault of the write is already reported. Here it only matters whether the rows can be read.
        await clock.sleep(pause);
      }
    }
    return undefined;
  }
}

function unconfirmed(message: string, wasRead: boolean): string {
  return wasRead ? `${message}; the row does not show the write` : `${message}; nor could the row be read`;
}

function keyText(key: Key): string {
  return Object.values(key).map(String).join(' ');
}

/** BatchWriteRow takes 200 rows and 4 MB. A quarter of that is left for names, keys and conditions. */
function* batches(writes: Iterable<TokenWrite>): Generator<TokenWrite[]> {
  let batch: TokenWrite[] = [];
  let bytes = 0;
  for (const write of writes) {
    const size = Object.values(write.put).reduce<number>(
      (sum, cell) => sum + Buffer.byteLength(String(cell)),
      0,
    );
    if (batch.length === rowsAWrite || (batch.length > 0 && bytes + size > bytesAWrite)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(write);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

async function inTurn<T>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<WriteOutcome>,
): Promise<WriteOutcome[]> {
  const outcomes: WriteOutcome[] = [];
  for (const [index, item] of items.entries()) outcomes.push(await work(item, index));
  return outcomes;
}
