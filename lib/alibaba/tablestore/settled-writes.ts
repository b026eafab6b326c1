// Conditional writes whose outcome is always told. A write that got no answer is settled by reading the token that it
// would have left, never by repeating it blindly; only one that is known not to have been applied is tried again.
import { messageOf } from '../../errors.ts';
import type { Clock, WriteOutcome } from '../../ports.ts';
import { sortWriteFault, TablestoreFault, type RowWrite, type Tablestore } from './api.ts';

/** BatchWriteRow takes no more, by its documentation. */
const rowsAWrite = 200;

/** Pauses before a write that is known not to have been applied is tried again; conflicts pass within milliseconds. */
const pausesMs = [50, 200, 800] as const;

/** A write, and the token that it leaves in the column write_token. */
export type TokenWrite = RowWrite & { token: string };

export class SettledWrites {
  readonly #tablestore: Tablestore;
  readonly #table: string;
  readonly #clock: Clock;

  constructor(tablestore: Tablestore, table: string, clock: Clock) {
    this.#tablestore = tablestore;
    this.#table = table;
    this.#clock = clock;
  }

  /** One row, with one PutRow or UpdateRow for each attempt. */
  async one(write: TokenWrite): Promise<WriteOutcome> {
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await this.#attempt(write);
      const pause = pausesMs[attempt];
      if (outcome.kind !== 'not-applied') return outcome;
      if (pause === undefined) return { kind: 'failed', message: outcome.message };
      await this.#clock.sleep(pause);
    }
  }

  /** Many rows, 200 a call; what a call leaves unsettled goes on row by row. Outcomes in the order given. */
  async all(writes: readonly TokenWrite[]): Promise<WriteOutcome[]> {
    const outcomes: WriteOutcome[] = [];
    for (let first = 0; first < writes.length; first += rowsAWrite) {
      outcomes.push(...(await this.#batch(writes.slice(first, first + rowsAWrite))));
    }
    return outcomes;
  }

  async #batch(writes: readonly TokenWrite[]): Promise<WriteOutcome[]> {
    if (writes.length === 1) return Promise.all(writes.map((write) => this.one(write)));
    let results;
    try {
      results = await this.#tablestore.batchWrite(this.#table, writes);
    } catch (thrown) {
      // Nothing is known of any row. Each is settled by itself; the condition makes a late arrival harmless.
      return inTurn(writes, (write) => this.#settleThenOne(write, thrown));
    }
    return inTurn(writes, async (write, index): Promise<WriteOutcome> => {
      const result = results[index];
      if (result?.ok === true) return { kind: 'written' };
      const fault = new TablestoreFault(
        `${result?.code ?? 'no result'}: ${result?.message ?? ''}`,
        result?.code,
      );
      return sortWriteFault(fault.code) === 'lost' ? { kind: 'lost' } : this.#settleThenOne(write, fault);
    });
  }

  async #settleThenOne(write: TokenWrite, thrown: unknown): Promise<WriteOutcome> {
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
    const message = messageOf(thrown);
    const code = thrown instanceof TablestoreFault ? thrown.code : undefined;
    switch (sortWriteFault(code)) {
      case 'lost':
        // Our own earlier attempt may be what changed the row.
        return (await this.#isOurs(write)) === true ? { kind: 'written' } : { kind: 'lost' };
      case 'not-applied':
        return { kind: 'not-applied', message };
      case 'refused':
        return { kind: 'failed', message };
      case 'unknown': {
        const ours = await this.#isOurs(write);
        if (ours === true) return { kind: 'written' };
        return {
          kind: 'failed',
          message:
            ours === false
              ? `${message}; the row does not show the write`
              : `${message}; nor could the row be read`,
        };
      }
    }
  }

  /** Whether the row bears the write's token; undefined where it cannot be read. */
  async #isOurs(write: TokenWrite): Promise<boolean | undefined> {
    for (const pause of pausesMs) {
      try {
        const [row] = await this.#tablestore.batchGet(this.#table, [write.key]);
        return row?.cells['write_token'] === write.token;
      } catch {
        // The reason for asking is a fault already under report; what counts here is only whether an answer comes.
        await this.#clock.sleep(pause);
      }
    }
    return undefined;
  }
}

async function inTurn<T>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<WriteOutcome>,
): Promise<WriteOutcome[]> {
  const outcomes: WriteOutcome[] = [];
  for (const [index, item] of items.entries()) outcomes.push(await work(item, index));
  return outcomes;
}
