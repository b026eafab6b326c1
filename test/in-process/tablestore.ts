// Tablestore without sockets: the local cloud's core behind the same interface as the client. The caller gives the carrier
// of the calls, so that a simulation can delay and lose them.
import {
  infMax,
  infMin,
  TablestoreFault,
  type Cell,
  type Condition,
  type Key,
  type KeyBound,
  type Row,
  type RowFilter,
  type RowResult,
  type RowWrite,
  type Tablestore,
} from '../../lib/alibaba/tablestore/api.ts';
import { TablestoreError } from '../cloud/tablestore/core/ots-errors.ts';
import type * as Requests from '../cloud/tablestore/core/requests.ts';
import type * as Schema from '../cloud/tablestore/core/schema.ts';
import type { TablestoreCore } from '../cloud/tablestore/core/tablestore-core.ts';
import { INF_MAX, INF_MIN, type KeyValue } from '../cloud/tablestore/core/values.ts';

/**
 * Carries a call. `work` runs it on the core, when the carrier decides. If no answer comes back, the carrier throws a
 * TablestoreFault without a code; otherwise it gives or throws what `work` does.
 */
export type TablestoreCarrier = <T>(operation: string, work: () => T) => Promise<T>;

export function inProcessTablestore(core: TablestoreCore, carry: TablestoreCarrier): Tablestore {
  const send = <T>(operation: string, work: () => T): Promise<T> =>
    carry(operation, () => translated(operation, work));
  return {
    getRange: ({ table, from, to, columns, where, limit }) =>
      send('GetRange', () => {
        const answer = core.getRange({
          tableName: table,
          direction: 'FORWARD',
          start: keyRange(from),
          end: keyRange(to),
          maxVersions: 1,
          ...(columns === undefined ? {} : { columnsToGet: columns }),
          ...(where === undefined ? {} : { filter: filterOf(where) }),
          ...(limit === undefined ? {} : { limit }),
        });
        return {
          rows: answer.rows.map(rowOf),
          ...(answer.next === undefined ? {} : { next: keyOf(answer.next) }),
        };
      }),

    batchGet: (table, keys) =>
      send('BatchGetRow', () => {
        const request = { tableName: table, primaryKeys: keys.map(keyRange), maxVersions: 1 };
        const [answer] = core.batchGetRow({ tables: [request] }).tables;
        return (answer?.rows ?? []).flatMap((result) => {
          if (!result.ok)
            throw new TablestoreFault(`BatchGetRow: ${result.code} ${result.message}`, result.code);
          return result.row === undefined ? [] : [rowOf(result.row)];
        });
      }),

    write: (table, write) =>
      send(write.kind === 'put' ? 'PutRow' : 'UpdateRow', () => {
        const request = { tableName: table, ...writeOf(write) };
        if (request.type === 'PUT') core.putRow(request);
        else core.updateRow(request);
      }),

    batchWrite: (table, writes) =>
      send('BatchWriteRow', () => {
        const [answer] = core.batchWriteRow({
          tables: [{ tableName: table, rows: writes.map(writeOf) }],
        }).tables;
        return resultsOf(answer);
      }),

    batchDelete: (table, deletes) =>
      send('BatchWriteRow', () => {
        const rows = deletes.map(({ key, condition }) => ({
          type: 'DELETE' as const,
          primaryKey: keyRange(key),
          condition: conditionOf(condition),
        }));
        const [answer] = core.batchWriteRow({ tables: [{ tableName: table, rows }] }).tables;
        return resultsOf(answer);
      }),
  };
}

function resultsOf(
  answer: ReturnType<TablestoreCore['batchWriteRow']>['tables'][number] | undefined,
): RowResult[] {
  return (answer?.rows ?? []).map((result): RowResult =>
    result.ok ? { ok: true } : { ok: false, code: result.code, message: result.message },
  );
}

function translated<T>(operation: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    if (!(thrown instanceof TablestoreError)) throw thrown;
    throw new TablestoreFault(`Tablestore ${operation}: ${thrown.code} ${thrown.message}`, thrown.code);
  }
}

function writeOf(
  write: RowWrite,
):
  | ({ type: 'PUT' } & Omit<Requests.PutRowRequest, 'tableName'>)
  | ({ type: 'UPDATE' } & Omit<Requests.UpdateRowRequest, 'tableName'>) {
  const common = { primaryKey: keyRange(write.key), condition: conditionOf(write.condition) };
  const columns = Object.entries(write.put).map(([name, value]) => ({ name, value }));
  if (write.kind === 'put') return { type: 'PUT', ...common, columns };
  const changes: Schema.ColumnChange[] = [
    ...columns.map(({ name, value }) => ({ type: 'PUT' as const, name, value })),
    ...(write.remove ?? []).map((name) => ({ type: 'DELETE_ALL' as const, name })),
  ];
  return { type: 'UPDATE', ...common, changes };
}

function conditionOf({ row, equals = {}, absent = [] }: Condition): Requests.Condition {
  const existence = {
    'must-exist': 'EXPECT_EXIST',
    'must-not-exist': 'EXPECT_NOT_EXIST',
    any: 'IGNORE',
  } as const;
  const clauses = Object.entries(equals).map(([column, value]): Requests.ColumnCondition => ({
    type: 'SINGLE',
    column,
    comparator: 'EQUAL',
    value,
    passIfMissing: false,
  }));
  const missing = absent.map((column): Requests.ColumnCondition => ({
    type: 'SINGLE',
    column,
    comparator: 'EQUAL',
    value: '',
    passIfMissing: true,
  }));
  const all = [...clauses, ...missing];
  return {
    rowExistence: existence[row],
    ...(all.length === 0 ? {} : { columnCondition: composite('AND', all) }),
  };
}

function filterOf(filter: RowFilter): Requests.ColumnCondition {
  if ('allOf' in filter) return composite('AND', filter.allOf.map(filterOf));
  if ('anyOf' in filter) return composite('OR', filter.anyOf.map(filterOf));
  const single = { type: 'SINGLE' } as const;
  const { column } = filter;
  if ('atLeast' in filter)
    return { ...single, column, comparator: 'GREATER_EQUAL', value: filter.atLeast, passIfMissing: false };
  if ('before' in filter)
    return { ...single, column, comparator: 'LESS_THAN', value: filter.before, passIfMissing: false };
  return composite(
    'AND',
    filter.notIn.map((value) => ({ ...single, column, comparator: 'NOT_EQUAL', value, passIfMissing: true })),
  );
}

function composite(
  operator: 'AND' | 'OR',
  conditions: readonly Requests.ColumnCondition[],
): Requests.ColumnCondition {
  const [first] = conditions;
  return conditions.length === 1 && first !== undefined ? first : { type: 'COMPOSITE', operator, conditions };
}

function keyRange(key: Key | KeyBound): Schema.KeyRange {
  return Object.entries(key).map(([name, value]) => ({
    name,
    value: value === infMin ? INF_MIN : value === infMax ? INF_MAX : (value as KeyValue),
  }));
}

function rowOf(row: Schema.Row): Row {
  return {
    key: keyOf(row.primaryKey),
    cells: Object.fromEntries(row.columns.map(({ name, value }) => [name, cellOf(value)])),
  };
}

function keyOf(columns: Schema.PrimaryKey): Record<string, Cell> {
  return Object.fromEntries(columns.map(({ name, value }) => [name, cellOf(value)]));
}

/** A new Buffer, as the client gives it: the core must not share its bytes with a caller. */
function cellOf(value: Cell): Cell {
  return value instanceof Uint8Array ? Buffer.from(value) : value;
}
