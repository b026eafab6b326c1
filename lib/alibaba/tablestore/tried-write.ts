// One write, and how it ended. Only a write that was certainly not applied is tried again. Whether one without an answer arrived,
// the row says: whoever writes looks there.
import { messageOf } from '../../failures.ts';
import type { Clock } from '../../ports.ts';
import { sortWriteFault, TablestoreFault, type RowWrite, type Tablestore } from './api.ts';
import { sentenceOn } from './refusals.ts';

/** What a write needs. */
export interface WriteParts {
  tablestore: Tablestore;
  table: string;
  clock: Clock;
}

/** How a write ended. The message says what a person can do, where we know it. */
export type WriteEnd =
  | { kind: 'written' }
  /** `lost`: the condition does not hold. `unknown`: no answer. `failed`: not written. */
  | { kind: 'lost' | 'unknown' | 'failed'; message: string };

/** Pauses before a write that was certainly not applied is tried again. Conflicts pass within milliseconds. */
export const writePausesMs = [50, 200, 800] as const;

/** Writes one row, with one PutRow or UpdateRow per attempt. It never throws. */
export async function triedWrite(
  { tablestore, table, clock }: WriteParts,
  write: RowWrite,
): Promise<WriteEnd> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await tablestore.write(table, write);
      return { kind: 'written' };
    } catch (thrown) {
      const end = endOf(thrown, table);
      const pause = writePausesMs[attempt];
      if (end.kind !== 'not-applied') return end;
      if (pause === undefined) return { kind: 'failed', message: end.message };
      await clock.sleep(pause);
    }
  }
}

/** How one attempt ended that threw this. `not-applied`: another attempt may help. */
export function endOf(
  thrown: unknown,
  table: string,
): Exclude<WriteEnd, { kind: 'written' }> | { kind: 'not-applied'; message: string } {
  const fault = thrown instanceof TablestoreFault ? thrown : undefined;
  const message = fault === undefined ? messageOf(thrown) : sentenceOn(fault, table);
  const sort = sortWriteFault(fault?.code);
  return { kind: sort === 'throttled' || sort === 'refused' ? 'failed' : sort, message };
}
