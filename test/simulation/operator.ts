// People who edit rows in the console of Tablestore, without any condition. Some edits make sense, others do not.
import type { TablestoreCore } from '../cloud/tablestore/core/tablestore-core.ts';
import type { ColumnChange } from '../cloud/tablestore/core/schema.ts';
import type { ColumnValue } from '../cloud/tablestore/core/values.ts';
import type { OperatorEdit, RowState } from '../observer/evidence.ts';
import type { Random } from './random.ts';

/** Columns to set; `undefined` removes one. */
type Edit = Readonly<Record<string, ColumnValue | undefined>>;

interface EditKind {
  name: string;
  /** The columns to set; undefined when the edit does not fit this row. */
  of: (row: RowState, now: number, random: Random) => Edit | undefined;
}

const waiting = ['Planned', 'AwaitingApproval'];

const iso = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');

const edits: readonly [EditKind, ...EditKind[]] = [
  { name: 'calls it off', of: () => ({ status: 'Skipped' }) },
  {
    name: 'approves it',
    of: (row) => (row['status'] === 'AwaitingApproval' ? { approval: 'granted' } : undefined),
  },
  {
    name: 'pins another time',
    of: (row, now, random) =>
      waiting.includes(String(row['status']))
        ? { pinned: 'true', execute_at: iso(now + random.whole(1, 60) * 60_000) }
        : undefined,
  },
  {
    name: 'moves execute_at without pinning',
    of: (_, now, random) => ({ execute_at: iso(now + random.whole(-30, 90) * 60_000) }),
  },
  { name: 'demands an approval', of: () => ({ approval: 'required' }) },
  { name: 'removes due_at', of: () => ({ due_at: undefined }) },
  { name: 'sets due_at to now', of: (_, now) => ({ due_at: BigInt(now) }) },
  { name: 'sets due_at far ahead', of: (_, now) => ({ due_at: BigInt(now + 40 * 86_400_000) }) },
  {
    name: 'sets a lease far ahead',
    of: (_, now) => ({ owner: 'me', lease_until: iso(now + 40 * 86_400_000) }),
  },
  { name: 'misspells the status', of: () => ({ status: 'Plannned' }) },
  { name: 'removes the status', of: () => ({ status: undefined }) },
  { name: 'sets Planned whatever the status is', of: () => ({ status: 'Planned' }) },
  { name: 'sets Preparing whatever the status is', of: () => ({ status: 'Preparing' }) },
  { name: 'sets Rebooting whatever the status is', of: () => ({ status: 'Rebooting' }) },
  { name: 'sets Verifying whatever the status is', of: () => ({ status: 'Verifying' }) },
  { name: 'writes the version as a DOUBLE', of: (row) => ({ version: Number(row['version']) || 1 }) },
  { name: 'removes the version', of: () => ({ version: undefined }) },
  { name: 'writes nonsense into event_ids', of: () => ({ event_ids: 'e-1 and e-2' }) },
  { name: 'writes ids that are not ids', of: () => ({ event_ids: '["", "e 1"]' }) },
  { name: 'writes nonsense into latest_start', of: () => ({ latest_start: 'tomorrow' }) },
  { name: 'writes nonsense into not_before', of: () => ({ not_before: '2026-13-45' }) },
  { name: 'writes nonsense into the timeline', of: () => ({ timeline: '[1, 2' }) },
  { name: 'writes nonsense into pinned', of: () => ({ pinned: 'perhaps' }) },
  { name: 'adds a note', of: () => ({ note: 'the team knows' }) },
];

/** How people stop a plan. */
const stops: readonly [EditKind, ...EditKind[]] = [
  { name: 'holds it', of: () => ({ hold: 'the month is being closed' }) },
  { name: 'holds it', of: () => ({ hold: ' ? ' }) },
  { name: 'demands an approval', of: () => ({ approval: 'required' }) },
  { name: 'demands an approval', of: () => ({ approval: ' Required' }) },
];

/** What people want of a plan, as they write it: some of them in a hurry. */
const wishes: readonly [EditKind, ...EditKind[]] = [
  ...stops,
  { name: 'takes the hold away', of: () => ({ hold: '' }) },
  { name: 'takes the hold away', of: () => ({ hold: undefined }) },
  { name: 'approves it', of: () => ({ approval: 'granted' }) },
  { name: 'approves it', of: () => ({ approval: 'Granted ' }) },
  { name: 'approves it, if that is a word', of: () => ({ approval: 'yes please' }) },
  { name: 'sets Preparing whatever the status is', of: () => ({ status: 'Preparing' }) },
  { name: 'says go on', of: (_, now) => ({ acknowledged: iso(now) }) },
];

/** The rows that people edit. */
export interface Console {
  core: TablestoreCore;
  table: string;
}

/** Whose row, and when. */
interface Visit {
  regionId: string;
  instanceId: string;
  now: number;
}

/** What a person did. */
export type DoneEdit = OperatorEdit & { name: string };

/** Makes a random edit of one row. Undefined when there was nothing to edit. */
export function editRow(console: Console, visit: Visit, random: Random): DoneEdit | undefined {
  return edit(console, visit, random, edits);
}

/** Writes a wish into a row, at random. Undefined when there is no row. */
export function wishInRow(console: Console, visit: Visit, random: Random): DoneEdit | undefined {
  return edit(console, visit, random, wishes);
}

/** Stops the plan of a row, in one of the ways that people have. Undefined when there is no row. */
export function stopInRow(console: Console, visit: Visit, random: Random): DoneEdit | undefined {
  return edit(console, visit, random, stops);
}

function edit(
  { core, table }: Console,
  { regionId, instanceId, now }: Visit,
  random: Random,
  kinds: readonly [EditKind, ...EditKind[]],
): DoneEdit | undefined {
  const primaryKey = [
    { name: 'region_id', value: regionId },
    { name: 'instance_id', value: instanceId },
  ];
  const { row } = core.getRow({ tableName: table, primaryKey, maxVersions: 1 });
  const { name, of } = random.pick(kinds);
  if (row === undefined) return undefined;
  const saw = Object.fromEntries(row.columns.map(({ name: column, value }) => [column, value]));
  const wrote = of(saw, now, random);
  if (wrote === undefined) return undefined;
  const changes = Object.entries(wrote).map(([column, value]): ColumnChange =>
    value === undefined ? { type: 'DELETE_ALL', name: column } : { type: 'PUT', name: column, value },
  );
  core.updateRow({ tableName: table, primaryKey, condition: { rowExistence: 'IGNORE' }, changes });
  const order = core.record.at(-1)?.order ?? 0;
  return { name, at: now, order, instanceId, wrote, saw };
}
