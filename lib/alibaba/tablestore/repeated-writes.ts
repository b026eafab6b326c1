// Writes that may be repeated blindly, because doing them twice has no other effect than doing them once. Writes of plans are none:
// see confirmed-writes.ts.
import { messageOf } from '../../failures.ts';
import type { Clock } from '../../ports.ts';
import { sortWriteFault, TablestoreFault, type RowWrite, type Tablestore } from './api.ts';
import { sentenceOn } from './refusals.ts';

/** BatchWriteRow takes no more rows. */
const rowsAWrite = 200;

/** Pauses before rows that failed are written again. */
const pausesMs = [200, 1_000, 3_000] as const;

/** What came of them: how many rows failed, and why. */
export interface RepeatedOutcome {
  failed: number;
  message?: string;
}

/** Where they go. */
export interface RepeatedParts {
  tablestore: Pick<Tablestore, 'batchWrite'>;
  table: string;
  clock: Clock;
}

/** Writes the rows, and writes those again that failed. It never throws. */
export async function writeRepeatedly(
  parts: RepeatedParts,
  writes: readonly RowWrite[],
): Promise<RepeatedOutcome> {
  let failed = 0;
  let message: string | undefined;
  for (let at = 0; at < writes.length; at += rowsAWrite) {
    const outcome = await writeBatch(parts, writes.slice(at, at + rowsAWrite));
    failed += outcome.failed;
    message ??= outcome.message;
  }
  return { failed, ...(message === undefined ? {} : { message }) };
}

async function writeBatch(parts: RepeatedParts, writes: readonly RowWrite[]): Promise<RepeatedOutcome> {
  let open = writes;
  for (let attempt = 0; ; attempt += 1) {
    const { left, fault } = await tryBatch(parts, open);
    if (left.length === 0) return { failed: 0 };
    const pause = pausesMs[attempt];
    if (pause === undefined || sortWriteFault(fault.code) === 'refused') {
      return { failed: left.length, message: sentenceOn(fault, parts.table) };
    }
    open = left;
    await parts.clock.sleep(pause);
  }
}

/** The writes that are not known to be done, and the reason of the first one. */
async function tryBatch(
  { tablestore, table }: RepeatedParts,
  writes: readonly RowWrite[],
): Promise<{ left: readonly RowWrite[]; fault: TablestoreFault }> {
  try {
    const results = await tablestore.batchWrite(table, writes);
    const left = writes.filter((_, index) => results[index]?.ok !== true);
    const [failure] = results.flatMap((result) => (result.ok ? [] : [result]));
    return { left, fault: new TablestoreFault(failure?.message ?? 'no result', failure?.code) };
  } catch (thrown) {
    const isFault = thrown instanceof TablestoreFault;
    return {
      left: writes,
      fault: isFault ? thrown : new TablestoreFault(messageOf(thrown), undefined, thrown),
    };
  }
}
