// The write of what was told, into one row. Its condition is the version of the row, so that news that came meanwhile is not
// taken for told, and what was told so far, so that no run takes away what another one wrote. It changes neither the version nor
// the token of the row: an execution that works on the plan loses nothing.
import { newsKey } from '../../plan/news-item.ts';
import { joinedTold, type Told, type ToldChange } from '../../plan/told.ts';
import type { UntoldRow } from '../../ports.ts';
import type { Cells, RowWrite } from './api.ts';
import { triedWrite, type WriteEnd, type WriteParts } from './tried-write.ts';
import { unchanged } from './unchanged.ts';

/**
 * Writes it on the condition that the row is still the one that `now` shows. Whoever loses, or gets no answer, reads the row
 * again: what it says then is what counts.
 */
export function toldWrite(
  parts: WriteParts,
  change: ToldChange,
  now: { row: UntoldRow; cells: Cells },
): Promise<WriteEnd> {
  return triedWrite(parts, writeOf(change, now));
}

function writeOf(
  { told, isDone, row: seen }: ToldChange,
  { row, cells }: { row: UntoldRow; cells: Cells },
): RowWrite {
  // What came since is not told yet.
  const isUnchanged = row.news.every((item) => seen.news.some((one) => newsKey(one) === newsKey(item)));
  return {
    kind: 'update',
    key: { region_id: row.regionId, instance_id: row.instanceId },
    put: { told: JSON.stringify(merged(row, told)) },
    remove: isDone && isUnchanged ? ['untold_since'] : [],
    condition: unchanged(cells, ['version', 'told']),
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
