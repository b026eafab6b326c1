// One small question of Tablestore for each right of a role. Nothing is written: each write has a condition that no row meets.
import type { RightShown } from '../../plan/right.ts';
import type { Probe } from '../../ports.ts';
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
  key: readonly string[];
}

/** The questions about these rights of Tablestore: on both tables, on the index, or on the history alone. */
export function tableProbes(
  tablestore: Tablestore,
  names: TableNames,
  needed: readonly { right: string; on: 'tables' | 'index' | 'history' }[],
): Probe[] {
  const history: Table = { name: names.history, key: ['instance_id', 'plan_id'] };
  const places: Readonly<Record<'tables' | 'index' | 'history', readonly Table[]>> = {
    tables: [{ name: names.plans, key: ['region_id', 'instance_id'] }, history],
    index: [{ name: dueIndexOf(names.plans), key: ['region_id', 'due_at', 'instance_id'] }],
    history: [history],
  };
  return needed.flatMap(({ right, on }) =>
    places[on].map((table) => ({
      right,
      where: `on the ${on === 'index' ? 'index' : 'table'} ${table.name}`,
      ask: () => asked(tablestore, right, table),
    })),
  );
}

async function asked(tablestore: Tablestore, right: string, table: Table): Promise<RightShown> {
  const ask = questions[right.replace(/^ots:/, '')];
  if (ask === undefined) return { kind: 'unclear', why: `The check knows no question about ${right}.` };
  const row = Object.fromEntries(table.key.map((column) => [column, nobody]));
  try {
    await ask(tablestore, table, row);
    return { kind: 'granted' };
  } catch (thrown) {
    return tableOutcome(thrown, table.name);
  }
}

/** The smallest call of each operation. */
const questions: Readonly<
  Record<string, (tablestore: Tablestore, table: Table, row: Key) => Promise<unknown>>
> = {
  GetRange: onePage,
  BatchGetRow: (tablestore, { name }, key) => tablestore.batchGet(name, [key]),
  PutRow: (tablestore, { name }, key) =>
    tablestore.write(name, { kind: 'put', key, put: {}, condition: never }),
  UpdateRow: (tablestore, { name }, key) =>
    tablestore.write(name, { kind: 'update', key, put: mark, condition: never }),
  BatchWriteRow: async (tablestore, { name }, key) => {
    const write = { kind: 'update', key, put: mark, condition: never } as const;
    const [result] = await tablestore.batchWrite(name, [write]);
    if (result?.ok === false) throw new TablestoreFault(result.message, result.code);
  },
};

function onePage(tablestore: Tablestore, { name, key }: Table): Promise<unknown> {
  const at = (bound: typeof infMin | typeof infMax): KeyBound =>
    Object.fromEntries(key.map((column) => [column, bound]));
  return tablestore.getRange({
    table: name,
    from: at(infMin),
    to: at(infMax),
    columns: [...key],
    limit: 1,
  });
}

const mark = { self_check: 'never written' };

/** The row must exist, and have a column that no row has: either fails. */
const never: Condition = { row: 'must-exist', equals: { self_check: 'there is no such column' } };
