// The tables and the index, as `npm run setup` creates them and the store reads them.

export interface TableNames {
  plans: string;
  history: string;
}

/** The local index on due_at. Its name holds the table's, since Tablestore wants index names unique in an instance. */
export function dueIndexOf(plansTable: string): string {
  return `${plansTable}_due`;
}

/** How long finished plans are kept in the history: two years, in seconds. */
export const historyTtlSeconds = 2 * 365 * 86_400;
