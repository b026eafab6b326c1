// One write of a person's command: on a condition, and so that its outcome is known.
import { messageOf } from '../../failures.ts';
import type { Clock } from '../../ports.ts';
import { sortWriteFault, TablestoreFault, type RowWrite, type Tablestore } from './api.ts';
import { sentenceOn } from './refusals.ts';

/** What came of an edit. `changed`: the row is not the one that the person saw; `now` is what it is. */
export type EditOutcome<T> =
  { kind: 'written' } | { kind: 'changed'; now: T | undefined } | { kind: 'failed'; message: string };

/** Pauses before an edit that was certainly not applied is tried again. */
const pausesMs = [50, 200, 800] as const;

/**
 * Writes it. Where the answer is lost, the row says what happened.
 * @param look reads the row again; undefined where there is none
 * @param shows true where the row has what was to be written
 */
export async function editOnce<T>(
  { tablestore, table, clock }: { tablestore: Tablestore; table: string; clock: Clock },
  write: RowWrite,
  { look, shows }: { look: () => Promise<T | undefined>; shows: (now: T) => boolean },
): Promise<EditOutcome<T>> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await tablestore.write(table, write);
      return { kind: 'written' };
    } catch (thrown) {
      const fault = thrown instanceof TablestoreFault ? thrown : undefined;
      const sort = sortWriteFault(fault?.code);
      const message = fault === undefined ? messageOf(thrown) : sentenceOn(fault, table);
      const pause = pausesMs[attempt];
      if (sort === 'refused' || sort === 'throttled') return { kind: 'failed', message };
      if (sort === 'not-applied') {
        if (pause === undefined) return { kind: 'failed', message };
        await clock.sleep(pause);
        continue;
      }
      // Lost, or without an answer: the row says what happened.
      const now = await look();
      if (now !== undefined && shows(now)) return { kind: 'written' };
      return sort === 'lost' ? { kind: 'changed', now } : { kind: 'failed', message };
    }
  }
}
