// The design of the tables and the index. `npm run setup` creates them, and the store reads them by these names.

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

/** Finished plans stay in the history for two years. */
const historyTtlSeconds = 2 * 365 * 86_400;

/** Both tables, with the names of the configuration. */
export function tableDesigns(names: TableNames): readonly TableDesign[] {
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
      timeToLive: historyTtlSeconds,
    },
  ];
}
