// The write of what was told, into one row. Its condition is the version of the row, so that news that came meanwhile is not
// taken for told. It changes neither the version nor the token of the row: an execution that works on the plan loses nothing.
import { messageOf } from '../../failures.ts';
import { newsKey } from '../../plan/news-item.ts';
import { joinedTold, type Told, type ToldChange } from '../../plan/told.ts';
import type { Clock, UntoldRow, WriteOutcome } from '../../ports.ts';
import { sortWriteFault, TablestoreFault, type Cells, type RowWrite, type Tablestore } from './api.ts';
import { sentenceOn } from './refusals.ts';

/** Pauses before a write that was certainly not applied is tried again. */
const pausesMs = [50, 200] as const;

/**
 * Writes it on the condition that the row is still the one that `now` shows. A write without an answer counts as failed: the same
 * news may be told again, and is not lost.
 */
export async function toldWrite(
  { tablestore, table, clock }: { tablestore: Tablestore; table: string; clock: Clock },
  change: ToldChange,
  now: { row: UntoldRow; cells: Cells },
): Promise<WriteOutcome> {
  const write = writeOf(change, now);
  for (let attempt = 0; ; attempt += 1) {
    try {
      await tablestore.write(table, write);
      return { kind: 'written' };
    } catch (thrown) {
      const fault = thrown instanceof TablestoreFault ? thrown : undefined;
      const sort = sortWriteFault(fault?.code);
      const pause = pausesMs[attempt];
      if (sort === 'lost') return { kind: 'lost' };
      if ((sort === 'not-applied' || sort === 'unknown') && pause !== undefined) {
        // The same write again changes nothing where the first one arrived.
        await clock.sleep(pause);
        continue;
      }
      return {
        kind: 'failed',
        message: fault === undefined ? messageOf(thrown) : sentenceOn(fault, table),
      };
    }
  }
}

function writeOf(
  { told, isDone, row: seen }: ToldChange,
  { row, cells }: { row: UntoldRow; cells: Cells },
): RowWrite {
  const { version } = cells;
  // What came since is not told yet.
  const isUnchanged = row.news.every((item) => seen.news.some((one) => newsKey(one) === newsKey(item)));
  return {
    kind: 'update',
    key: { region_id: row.regionId, instance_id: row.instanceId },
    put: { told: JSON.stringify(merged(row, told)) },
    remove: isDone && isUnchanged ? ['untold_since'] : [],
    condition:
      version === undefined
        ? { row: 'must-exist', absent: ['version'] }
        : { row: 'must-exist', equals: { version } },
  };
}

/** By channel, all that it was told of the news that the row still has. */
function merged(row: UntoldRow, told: Told): Record<string, string[]> {
  const kept = new Set(row.news.map(newsKey));
  const entries = Object.entries(joinedTold(row.told, told)).map(([name, keys]): [string, string[]] => [
    name,
    keys.filter((key) => kept.has(key)),
  ]);
  return Object.fromEntries(entries.filter(([, keys]) => keys.length > 0));
}
