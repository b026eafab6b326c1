// Conditional writes that always end with a known outcome or a failure. A write without an answer is confirmed by reading the
// token that it would have left. It is never repeated blindly: only a write that was certainly not applied is tried again.
import { messageOf } from '../../failures.ts';
import type { Clock, WriteOutcome } from '../../ports.ts';
import { sortWriteFault, TablestoreFault, type Key, type RowWrite, type Tablestore } from './api.ts';
import { sentenceOn } from './refusals.ts';

/** The most that one call takes, by the documentation. */
const rowsAWrite = 200;
const rowsAGet = 100;
const bytesAWrite = 3 * 1024 * 1024;

/** Pauses before a write that was certainly not applied is tried again. Conflicts pass within milliseconds. */
const pausesMs = [50, 200, 800] as const;

/** A write and the token that it leaves in the column write_token. */
export type TokenWrite = RowWrite & { token: string };

/** Writes to one table. */
export class ConfirmedWrites {
  readonly #tablestore: Tablestore;
  readonly #table: string;
  readonly #clock: Clock;

  constructor(tablestore: Tablestore, table: string, clock: Clock) {
    this.#tablestore = tablestore;
    this.#table = table;
    this.#clock = clock;
  }

  /** Writes one row, with one PutRow or UpdateRow per attempt. */
  async one(write: TokenWrite): Promise<WriteOutcome> {
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await this.#attempt(write);
      const pause = pausesMs[attempt];
      if (outcome.kind !== 'not-applied') return outcome;
      if (pause === undefined) return { kind: 'failed', message: outcome.message };
      await this.#clock.sleep(pause);
    }
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
      results = await this.#tablestore.batchWrite(this.#table, writes);
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
    if (fault === 'throttled') {
      return writes.map((): WriteOutcome => ({ kind: 'failed', message: this.#said(thrown) }));
    }
    if (fault !== 'unknown') return inTurn(writes, (write) => this.one(write));
    const tokens = await this.#tokensOf(writes);
    return writes.map((write): WriteOutcome => {
      if (tokens?.get(keyText(write.key)) === write.token) return { kind: 'written' };
      return { kind: 'failed', message: unconfirmed(this.#said(thrown), tokens !== undefined) };
    });
  }

  async #confirmThenOne(write: TokenWrite, thrown: unknown): Promise<WriteOutcome> {
    const outcome = await this.#sort(write, thrown);
    return outcome.kind === 'not-applied' ? this.one(write) : outcome;
  }

  async #attempt(write: TokenWrite): Promise<WriteOutcome | { kind: 'not-applied'; message: string }> {
    try {
      await this.#tablestore.write(this.#table, write);
      return { kind: 'written' };
    } catch (thrown) {
      return this.#sort(write, thrown);
    }
  }

  async #sort(
    write: TokenWrite,
    thrown: unknown,
  ): Promise<WriteOutcome | { kind: 'not-applied'; message: string }> {
    const message = this.#said(thrown);
    const code = thrown instanceof TablestoreFault ? thrown.code : undefined;
    switch (sortWriteFault(code)) {
      case 'lost':
        // Our own earlier attempt may have changed the row.
        return (await this.#isOurs(write)) === true ? { kind: 'written' } : { kind: 'lost' };
      case 'not-applied':
        return { kind: 'not-applied', message };
      case 'throttled':
      case 'refused':
        return { kind: 'failed', message };
      case 'unknown': {
        const ours = await this.#isOurs(write);
        if (ours === true) return { kind: 'written' };
        return { kind: 'failed', message: unconfirmed(message, ours === false) };
      }
    }
  }

  /** What a person can do about the fault, where we know it. */
  #said(thrown: unknown): string {
    return thrown instanceof TablestoreFault ? sentenceOn(thrown, this.#table) : messageOf(thrown);
  }

  /** Whether the row has the write's token; undefined if the row cannot be read. */
  async #isOurs(write: TokenWrite): Promise<boolean | undefined> {
    const tokens = await this.#tokensOf([write]);
    return tokens === undefined ? undefined : tokens.get(keyText(write.key)) === write.token;
  }

  /** The tokens in these rows by key; undefined if they cannot be read. */
  async #tokensOf(writes: readonly TokenWrite[]): Promise<Map<string, unknown> | undefined> {
    for (const pause of pausesMs) {
      try {
        const keys = writes.map((write) => write.key);
        const halves = [keys.slice(0, rowsAGet), keys.slice(rowsAGet)].filter((half) => half.length > 0);
        const rows = await Promise.all(halves.map((half) => this.#tablestore.batchGet(this.#table, half)));
        return new Map(rows.flat().map((row) => [keyText(row.key), row.cells['write_token']]));
      } catch {
        // The fault of the write is already reported. Here it only matters whether the rows can be read.
        await this.#clock.sleep(pause);
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
