// Reads a range, page by page.
import { StoreReadFailed } from '../../failures.ts';
import type { KeyBound, Row, Tablestore } from './api.ts';

/**
 * The rows of the range, as the pages come.
 * @throws StoreReadFailed where Tablestore returns a page that ends at its own start
 */
export async function* rangePages(
  tablestore: Pick<Tablestore, 'getRange'>,
  request: Parameters<Tablestore['getRange']>[0],
): AsyncGenerator<readonly Row[]> {
  let from: KeyBound | undefined = request.from;
  while (from !== undefined) {
    const page: { rows: Row[]; next?: KeyBound } = await tablestore.getRange({ ...request, from });
    assertMovesOn(request.table, from, page.next);
    yield page.rows;
    from = page.next;
  }
}

/**
 * Every row of the range.
 * @throws StoreReadFailed as rangePages does
 */
export async function readRange(
  tablestore: Pick<Tablestore, 'getRange'>,
  request: Parameters<Tablestore['getRange']>[0],
): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const page of rangePages(tablestore, request)) rows.push(...page);
  return rows;
}

/**
 * For whoever reads page by page: a read that stands still would use up the whole invocation.
 * @throws StoreReadFailed where the next page begins where this one did
 */
export function assertMovesOn(table: string, from: KeyBound, next: KeyBound | undefined): void {
  if (next === undefined || !sameKey(next, from)) return;
  throw new StoreReadFailed(`Tablestore GetRange on ${table} does not move on from its start key.`);
}

function sameKey(a: KeyBound, b: KeyBound): boolean {
  return Object.entries(a).every(([name, value]) => b[name] === value);
}
