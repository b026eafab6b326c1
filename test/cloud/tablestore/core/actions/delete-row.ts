// DeleteRow: deletes the whole row. Deleting a missing row succeeds, unless the condition requires the row.
import { meter, rowSize, writeCost } from '../capacity.ts';
import { commit, returned, type Change } from '../commit.ts';
import { checkCondition, reads } from '../condition.ts';
import { writable, type Instance } from '../instance.ts';
import { keyOf } from '../key.ts';
import { checkWrite } from '../request-rules.ts';
import type { DeleteRowRequest, WriteResponse } from '../requests.ts';

/** Deletes a row. @throws OTSObjectNotExist, OTSTableNotReady, OTSInvalidPK, OTSConditionCheckFail */
export function deleteRow(instance: Instance, request: DeleteRowRequest): WriteResponse {
  checkWrite(request, []);
  const table = writable(instance, request.tableName);
  const schema = table.schema.primaryKey;
  const key = keyOf(schema, request.primaryKey);

  const before = table.rows.get(key);
  checkCondition(instance.used, schema, before, request.condition);

  const change: Change = { table, key, operation: 'DeleteRow', before, after: undefined };
  commit(instance, change);
  const readBytes = reads(request.condition) ? (before ? rowSize(schema, before) : 0) : undefined;
  return {
    consumed: meter(instance.used, writeCost(schema, key, new Map(), readBytes)),
    ...returned(change, request.returnContent),
  };
}
