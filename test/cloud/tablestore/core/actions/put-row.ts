// PutRow: replaces the whole row. Columns that the call does not contain are deleted.
import { meter, rowSize, writeCost } from '../capacity.ts';
import { checkColumns } from '../columns.ts';
import { commit, returned, type Change } from '../commit.ts';
import { checkCondition, reads } from '../condition.ts';
import { writable, type Instance } from '../instance.ts';
import { keyOf } from '../key.ts';
import { checkWrite } from '../request-rules.ts';
import type { PutRowRequest, WriteResponse } from '../requests.ts';
import type { Cell } from '../row-store.ts';
import { frozen } from '../values.ts';
import { withVersion } from '../versions.ts';

/**
 * Writes a row.
 * @throws OTSObjectNotExist, OTSTableNotReady, OTSInvalidPK, OTSParameterInvalid, OTSConditionCheckFail
 */
export function putRow(instance: Instance, request: PutRowRequest): WriteResponse {
  checkWrite(request, request.columns);
  const table = writable(instance, request.tableName);
  const schema = table.schema.primaryKey;
  const key = keyOf(schema, request.primaryKey);
  const now = instance.now();
  checkColumns(request.columns, table.schema, table.options, now);

  const before = table.rows.get(key);
  checkCondition(instance.used, schema, before, request.condition);

  const cells = new Map<string, Cell>();
  for (const { name, value, timestamp = now } of request.columns) {
    const version = { value: frozen(value), timestamp };
    cells.set(name, withVersion(cells.get(name), version, table.options.maxVersions));
  }
  const change: Change = { table, key, operation: 'PutRow', before, after: { key, cells } };
  commit(instance, change);
  const readBytes = reads(request.condition) ? (before ? rowSize(schema, before) : 0) : undefined;
  return {
    consumed: meter(instance.used, writeCost(schema, key, cells, readBytes)),
    ...returned(change, request.returnContent),
  };
}
