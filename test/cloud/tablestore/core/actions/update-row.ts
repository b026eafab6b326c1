// UpdateRow: puts, deletes and increments columns, all of them or none. The last change of a column wins. It creates a
// missing row, unless it only deletes columns. A row that loses its last column stays.
import { meter, rowSize, writeCost } from '../capacity.ts';
import { checkColumns } from '../columns.ts';
import { commit, returned, type Change } from '../commit.ts';
import { checkCondition, reads } from '../condition.ts';
import { parameterInvalid } from '../ots-errors.ts';
import { writable, type Instance } from '../instance.ts';
import { keyOf } from '../key.ts';
import { INT64 } from '../limits.ts';
import { checkWrite } from '../request-rules.ts';
import type { UpdateRowRequest, WriteResponse } from '../requests.ts';
import type { Cell } from '../row-store.ts';
import type { ColumnChange } from '../schema.ts';
import { frozen, type ColumnValue } from '../values.ts';
import { withoutVersion, withVersion } from '../versions.ts';

function incremented(name: string, present: ColumnValue, by: ColumnValue): bigint {
  if (typeof present !== 'bigint' || typeof by !== 'bigint') {
    throw parameterInvalid(`INCREMENT needs integers, column: '${name}'.`);
  }
  const sum = present + by;
  if (sum < INT64.min || sum > INT64.max) {
    throw parameterInvalid(`INCREMENT overflows a 64-bit integer, column: '${name}'.`);
  }
  return sum;
}

/** Applies one change. `kept` is how many versions the table keeps. */
function apply(cells: Map<string, Cell>, change: ColumnChange, now: number, kept: number): void {
  const present = cells.get(change.name);
  if (change.type === 'DELETE_ALL') {
    cells.delete(change.name);
  } else if (change.type === 'DELETE') {
    const left = present && withoutVersion(present, change.timestamp);
    if (left === undefined) cells.delete(change.name);
    else cells.set(change.name, left);
  } else {
    const value =
      change.type === 'PUT'
        ? frozen(change.value)
        : incremented(change.name, present?.value ?? 0n, change.value);
    const { timestamp = now } = change;
    cells.set(change.name, withVersion(present, { value, timestamp }, kept));
  }
}

function cellsOf(changes: readonly ColumnChange[]): Map<string, Cell> {
  return new Map(
    changes.map((change) => [change.name, { value: 'value' in change ? change.value : '', timestamp: 0 }]),
  );
}

/**
 * Updates a row.
 * @throws OTSObjectNotExist, OTSTableNotReady, OTSInvalidPK, OTSParameterInvalid, OTSConditionCheckFail
 */
export function updateRow(instance: Instance, request: UpdateRowRequest): WriteResponse {
  checkWrite(request, request.changes);
  const table = writable(instance, request.tableName);
  const schema = table.schema.primaryKey;
  const key = keyOf(schema, request.primaryKey);
  const now = instance.now();
  if (!table.options.allowUpdate) {
    throw parameterInvalid('UpdateRow is not allowed for a table whose allowUpdate is false.');
  }
  if (request.changes.length === 0) throw parameterInvalid('Attribute column is missing.');
  checkColumns(request.changes, table.schema, table.options, now);

  const before = table.rows.get(key);
  checkCondition(instance.used, schema, before, request.condition);

  const cells = new Map(before?.cells);
  for (const change of request.changes) apply(cells, change, now, table.options.maxVersions);
  const onlyDeletes = request.changes.every(({ type }) => type === 'DELETE' || type === 'DELETE_ALL');
  const after = before === undefined && onlyDeletes ? undefined : { key, cells };
  const change: Change = { table, key, operation: 'UpdateRow', before, after };
  commit(instance, change);
  const looks = reads(request.condition) || request.changes.some(({ type }) => type === 'INCREMENT');
  const readBytes = looks ? (before ? rowSize(schema, before) : 0) : undefined;
  return {
    consumed: meter(instance.used, writeCost(schema, key, cellsOf(request.changes), readBytes)),
    ...returned(change, request.returnContent),
  };
}
