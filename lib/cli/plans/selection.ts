// Which rows the ids of a call mean: an instance, its name, or the beginning of either where only one row has it.
import type { HandRow } from '../../alibaba/tablestore/hand-edits.ts';

/** One id of the call, and the row that it means. */
export type Selected = { id: string } & ({ row: HandRow } | { fault: string });

/** Finds the row of each id. */
export function select(ids: readonly string[], rows: readonly HandRow[]): Selected[] {
  return [...new Set(ids)].map((id) => ({ id, ...meant(id, rows) }));
}

function meant(id: string, rows: readonly HandRow[]): { row: HandRow } | { fault: string } {
  if (id === '') return { fault: 'An id is empty.' };
  const tiers = [
    rows.filter(({ instanceId }) => instanceId === id),
    rows.filter((row) => nameOf(row) === id),
    rows.filter((row) => row.instanceId.startsWith(id) || nameOf(row)?.startsWith(id) === true),
  ];
  const found = tiers.find((tier) => tier.length > 0) ?? [];
  const [row] = found;
  if (row === undefined)
    return { fault: `No plan has the id or the name ${JSON.stringify(id)}, or begins with it.` };
  if (found.length === 1) return { row };
  const names = found.slice(0, mostNamed).map(described);
  const more = found.length > mostNamed ? ` and ${found.length - mostNamed} more` : '';
  return { fault: `${JSON.stringify(id)} may mean ${names.join(', ')}${more}. Type more of it.` };
}

const mostNamed = 5;

function nameOf({ cells }: HandRow): string | undefined {
  const name = cells['instance_name'];
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function described(row: HandRow): string {
  const name = nameOf(row);
  return `${row.instanceId} (${name === undefined ? '' : `${name}, `}${row.regionId})`;
}
