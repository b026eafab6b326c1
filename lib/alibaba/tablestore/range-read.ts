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
    if (page.next !== undefined && sameKey(page.next, from)) {
      throw new StoreReadFailed(
        `Tablestore GetRange on ${request.table} does not move on from its start key.`,
      );
    }
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

function sameKey(a: KeyBound, b: KeyBound): boolean {
  return Object.entries(a).every(([name, value]) => b[name] === value);
}
