// The tables and the index: how `npm run setup` creates them and by which names the store reads them.

export interface TableNames {
  plans: string;
  history: string;
}

export type ColumnType = 'STRING' | 'INTEGER';

/** A table as it should be. */
export interface TableDesign {
  name: string;
  primaryKey: readonly { name: string; type: ColumnType }[];
  /** Columns that an index uses; Tablestore wants their types declared. */
  definedColumns: readonly { name: string; type: ColumnType }[];
  /** Seconds; -1 keeps rows for ever. */
  timeToLive: number;
  /** Local and synchronous: an index entry is there as soon as its row is. */
  localIndex?: { name: string; primaryKey: readonly string[] };
}

/** The local index on due_at. Its name holds the table's, since Tablestore wants index names unique in an instance. */
export function dueIndexOf(plansTable: string): string {
  return `${plansTable}_due`;
}

/** Finished plans stay in the history for two years: longer than anybody asks, and bounded. */
const historyTtlSeconds = 2 * 365 * 86_400;

/** Both tables, by the names of the configuration. */
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
