// One small question of Tablestore for each right of a role. Nothing is written: each write has a condition that no row meets.
import type { RightShown } from '../../plan/right.ts';
import type { Probe } from '../../ports.ts';
import { tableOperations, type TableOperation } from '../rights.ts';
import {
  infMax,
  infMin,
  TablestoreFault,
  type Condition,
  type Key,
  type KeyBound,
  type Tablestore,
} from '../tablestore/api.ts';
import { dueIndexOf, type TableNames } from '../tablestore/tables.ts';
import { tableOutcome } from './outcome.ts';

/** No region, instance or plan has this name. */
const nobody = '(self-check)';

/** A table, and its key columns. */
interface Table {
  name: string;
  key: readonly [string, string];
}

/** The questions about both tables and the index. */
export function tableProbes(tablestore: Tablestore, names: TableNames): Probe[] {
  const tables: readonly Table[] = [
    { name: names.plans, key: ['region_id', 'instance_id'] },
    { name: names.history, key: ['instance_id', 'plan_id'] },
  ];
  const index = dueIndexOf(names.plans);
  return [
    ...tables.flatMap((table) =>
      tableOperations.map((operation) => ({
        right: `ots:${operation}`,
        where: `on the table ${table.name}`,
        ask: () => asked(() => ask(tablestore, operation, table), table.name),
      })),
    ),
    {
      right: 'ots:GetRange',
      where: `on the index ${index}`,
      ask: () => asked(() => onePage(tablestore, index, ['region_id', 'due_at', 'instance_id']), index),
    },
  ];
}

async function asked(send: () => Promise<unknown>, table: string): Promise<RightShown> {
  try {
    await send();
    return { kind: 'granted' };
  } catch (thrown) {
    return tableOutcome(thrown, table);
  }
}

async function ask(
  tablestore: Tablestore,
  operation: TableOperation,
  { name, key }: Table,
): Promise<unknown> {
  const row: Key = Object.fromEntries(key.map((column) => [column, nobody]));
  switch (operation) {
    case 'GetRange':
      return onePage(tablestore, name, key);
    case 'BatchGetRow':
      return tablestore.batchGet(name, [row]);
    case 'PutRow':
      return tablestore.write(name, { kind: 'put', key: row, put: {}, condition: never });
    case 'UpdateRow':
      return tablestore.write(name, { kind: 'update', key: row, put: mark, condition: never });
    case 'BatchWriteRow': {
      const [result] = await tablestore.batchWrite(name, [
        { kind: 'update', key: row, put: mark, condition: never },
      ]);
      if (result?.ok === false) throw new TablestoreFault(result.message, result.code);
      return result;
    }
  }
}

function onePage(tablestore: Tablestore, table: string, key: readonly string[]): Promise<unknown> {
  const at = (bound: typeof infMin | typeof infMax): KeyBound =>
    Object.fromEntries(key.map((column) => [column, bound]));
  return tablestore.getRange({ table, from: at(infMin), to: at(infMax), columns: [...key], limit: 1 });
}

const mark = { self_check: 'never written' };

/** The row must exist, and have a column that no row has: either fails. */
const never: Condition = { row: 'must-exist', equals: { self_check: 'there is no such column' } };
