// GetRow: one row of a table or an index by its whole key. A missing or filtered row is not an error.
import { meter, rowSize, unitsFor } from '../capacity.ts';
import { readable, type Instance } from '../instance.ts';
import { keyOf } from '../key.ts';
import { project } from '../projection.ts';
import { checkRead } from '../request-rules.ts';
import type { GetRowRequest, GetRowResponse } from '../requests.ts';

/** Reads a row. @throws OTSObjectNotExist, OTSTableNotReady, OTSInvalidPK, OTSParameterInvalid */
export function getRow(instance: Instance, request: GetRowRequest): GetRowResponse {
  checkRead(request.tableName, request);
  const source = readable(instance, request.tableName);
  const { keySchema, rows } = source;
  const key = keyOf(keySchema, request.primaryKey);

  const stored = rows.get(key);
  const row = stored && project(source, stored, request);
  const read = unitsFor(stored ? rowSize(keySchema, stored) : 0);
  return { consumed: meter(instance.used, { read, write: 0 }), ...(row && { row }) };
}
