// Reads the plans of some instances in the history. Most instances have none there, so that one page usually covers many
// instances: the walk goes from each page to the next instance that is asked for.
import type { Key, KeyBound, Row, Tablestore } from './api.ts';
import { infMax, infMin } from './api.ts';
import { pastColumns } from './past-row.ts';
import { assertMovesOn } from './range-read.ts';

/** A page may hold rows of instances that nobody asks for: few enough to waste little, many enough to save calls. */
const rowsAPage = 50;

/** The rows of these instances in the table `history`. */
export async function readHistory(
  tablestore: Pick<Tablestore, 'getRange'>,
  history: string,
  instanceIds: readonly string[],
): Promise<Row[]> {
  const asked = [...new Set(instanceIds)].sort(byBytes);
  const last = asked.at(-1);
  if (last === undefined) return [];
  const wanted = new Set(asked);
  const rows: Row[] = [];
  let index = 0;
  let from: KeyBound | undefined = startOf(asked[0]);
  while (from !== undefined) {
    const page: { rows: Row[]; next?: KeyBound } = await tablestore.getRange({
      table: history,
      from,
      to: { instance_id: last, plan_id: infMax },
      columns: ['instance_id', ...pastColumns],
      limit: rowsAPage,
    });
    assertMovesOn(history, from, page.next);
    rows.push(...page.rows.filter(({ key }) => wanted.has(instanceOf(key))));
    const { next } = page;
    const reached = String(next?.['instance_id']);
    while (index < asked.length && byBytes(asked[index] ?? '', reached) < 0) index += 1;
    from = next === undefined || asked[index] === reached ? next : startOf(asked[index]);
  }
  return rows;
}

function startOf(instanceId: string | undefined): KeyBound | undefined {
  return instanceId === undefined ? undefined : { instance_id: instanceId, plan_id: infMin };
}

function instanceOf(key: Key): string {
  return String(key['instance_id']);
}

/** The order of Tablestore's keys. */
function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
