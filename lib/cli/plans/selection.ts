// Which rows the ids of a call mean: an instance, its name, or the beginning of either where only one row has it.
import type { HandRow } from '../../alibaba/tablestore/hand-edits.ts';
import { visible } from './words/visible.ts';
import type { Voice } from './words/voice.ts';

/** One id of the call, and the row that it means. */
export type Selected = { id: string } & ({ row: HandRow } | { fault: string });

/** Finds the row of each id. */
export function select(ids: readonly string[], rows: readonly HandRow[], voice: Voice): Selected[] {
  return [...new Set(ids)].map((id) => ({ id, ...meant(id, rows, voice) }));
}

function meant(id: string, rows: readonly HandRow[], voice: Voice): { row: HandRow } | { fault: string } {
  if (id === '') return { fault: voice.say('id-empty') };
  const tiers = [
    rows.filter(({ instanceId }) => instanceId === id),
    rows.filter((row) => nameOf(row) === id),
    rows.filter((row) => row.instanceId.startsWith(id) || nameOf(row)?.startsWith(id) === true),
  ];
  const found = tiers.find((tier) => tier.length > 0) ?? [];
  const [row] = found;
  const quoted = JSON.stringify(id);
  if (row === undefined) return { fault: voice.say('id-none', { id: quoted }) };
  if (found.length === 1) return { row };
  const values = { id: quoted, names: found.slice(0, mostNamed).map(described).join(', ') };
  const rest = found.length - mostNamed;
  return {
    fault:
      rest > 0 ? voice.say('id-many', { ...values, rest: String(rest) }) : voice.say('id-several', values),
  };
}

const mostNamed = 5;

function nameOf({ cells }: HandRow): string | undefined {
  const name = cells['instance_name'];
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function described(row: HandRow): string {
  const name = nameOf(row);
  return visible(`${row.instanceId} (${name === undefined ? '' : `${name}, `}${row.regionId})`);
}
