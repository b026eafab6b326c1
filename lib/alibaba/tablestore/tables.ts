// The design of the tables and the index. `npm run setup` creates them, and the store reads them by these names.

import type { Milliseconds } from '../../plan/calendar/instant.ts';

/** The names of both tables. */
export interface TableNames {
  plans: string;
  history: string;
}

type ColumnType = 'STRING' | 'INTEGER';

/** A table as it should be. */
export interface TableDesign {
  name: string;
  primaryKey: readonly { name: string; type: ColumnType }[];
  /** The columns that an index uses. Tablestore requires their types. */
  definedColumns: readonly { name: string; type: ColumnType }[];
  /** Seconds; -1 keeps rows for ever. */
  timeToLive: number;
  /** Local and synchronous: an index entry exists as soon as its row exists. */
  localIndex?: { name: string; primaryKey: readonly string[] };
}

/** The local index on due_at. Its name contains the table's, because index names must be unique per Tablestore instance. */
export function dueIndexOf(plansTable: string): string {
  return `${plansTable}_due`;
}

/** The tables of a deployment. */
export interface Tables extends TableNames {
  /** KEEP_HISTORY: how long finished plans stay in the history; a year unless given. */
  keepHistory?: Milliseconds;
}

const year: Milliseconds = 365 * 86_400_000;

/** Both tables, with the names of the configuration. */
export function tableDesigns({ keepHistory = year, ...names }: Tables): readonly TableDesign[] {
  return [
    {
      name: names.plans,
      primaryKey: [
        { name: 'region_id', type: 'STRING' },
        { name: 'instance_id', type: 'STRING' },
      ],
      definedColumns: [{ name: 'due_at', type: 'INTEGER' }],
      timeToLive: -1,
      localIndex: { name: dueIndexOf(names.plans), primaryKey: ['region_id', 'due_at', 'instance_id'] },
    },
    {
      name: names.history,
      primaryKey: [
        { name: 'instance_id', type: 'STRING' },
        { name: 'plan_id', type: 'STRING' },
      ],
      definedColumns: [],
      timeToLive: Math.round(keepHistory / 1_000),
    },
  ];
}
