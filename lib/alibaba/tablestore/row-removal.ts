// Takes rows of finished plans out of the plans table. Nothing is lost where the answer is: the next run finds the row again, or
// does not.
import { messageOf } from '../../failures.ts';
import type { WriteOutcome } from '../../ports.ts';
import { sortWriteFault, type RowDelete, type RowResult, type Tablestore } from './api.ts';

/** The most that one BatchWriteRow takes, by its documentation. */
const rowsACall = 200;

/** Deletes each row whose condition still holds. Each call is tried once. Outcomes in the order given. */
export async function removeRows(
  tablestore: Pick<Tablestore, 'batchDelete'>,
  table: string,
  deletes: readonly RowDelete[],
): Promise<readonly WriteOutcome[]> {
  const outcomes: WriteOutcome[] = [];
  for (let first = 0; first < deletes.length; first += rowsACall) {
    outcomes.push(...(await removeBatch(tablestore, table, deletes.slice(first, first + rowsACall))));
  }
  return outcomes;
}

async function removeBatch(
  tablestore: Pick<Tablestore, 'batchDelete'>,
  table: string,
  batch: readonly RowDelete[],
): Promise<WriteOutcome[]> {
  try {
    return (await tablestore.batchDelete(table, batch)).map(outcomeOf);
  } catch (thrown) {
    return batch.map((): WriteOutcome => ({ kind: 'failed', message: messageOf(thrown) }));
  }
}

function outcomeOf(result: RowResult): WriteOutcome {
  if (result.ok) return { kind: 'written' };
  if (sortWriteFault(result.code) === 'lost') return { kind: 'lost' };
  return { kind: 'failed', message: `${result.code}: ${result.message}` };
}
