// GetRange: rows of a table or an index between two keys, in either direction. It stops at the limit of the caller and
// at the limit of the service (5,000 rows or 4 MB scanned). It then returns the next key, even if it found no row.
import { meter, rowSize, unitsFor } from '../capacity.ts';
import { parameterInvalid } from '../ots-errors.ts';
import { readable, type Instance } from '../instance.ts';
import { boundsOf, compareKeys, named } from '../key.ts';
import { SCAN_BYTES, SCAN_ROWS } from '../limits.ts';
import { project } from '../projection.ts';
import { checkRead } from '../request-rules.ts';
import type { GetRangeRequest, GetRangeResponse } from '../requests.ts';
import type { Row } from '../schema.ts';
import type { KeyBound } from '../values.ts';

function checkOrder(request: GetRangeRequest, start: KeyBound[], end: KeyBound[]): void {
  const order = compareKeys(start, end);
  if (request.direction === 'FORWARD' && order >= 0) {
    throw parameterInvalid('Begin key must less than end key in FORWARD');
  }
  if (request.direction === 'BACKWARD' && order <= 0) {
    throw parameterInvalid('Begin key must more than end key in BACKWARD');
  }
}

/** Reads a range. @throws OTSObjectNotExist, OTSTableNotReady, OTSInvalidPK, OTSParameterInvalid */
export function getRange(instance: Instance, request: GetRangeRequest): GetRangeResponse {
  checkRead(request.tableName, request);
  const { limit = Infinity } = request;
  if (limit <= 0) throw parameterInvalid('The limit must be greater than 0.');
  const source = readable(instance, request.tableName);
  const { keySchema, rows } = source;
  const start = boundsOf(keySchema, request.start);
  const end = boundsOf(keySchema, request.end);
  checkOrder(request, start, end);

  const mostRows = Math.max(1, instance.settings.pageRows?.(request) ?? SCAN_ROWS);
  const range = request.direction === 'FORWARD' ? rows.forward(start, end) : rows.backward(start, end);
  const found: Row[] = [];
  let scanned = 0;
  let bytes = 0;
  let next: Row['primaryKey'] | undefined;
  for (const row of range) {
    const size = rowSize(keySchema, row);
    const isTooMuch = scanned > 0 && bytes + size > SCAN_BYTES;
    if (found.length >= limit || scanned >= mostRows || isTooMuch) {
      next = named(keySchema, row.key);
      break;
    }
    scanned += 1;
    bytes += size;
    const projected = project(source, row, request);
    if (projected !== undefined) found.push(projected);
  }
  const consumed = meter(instance.used, { read: unitsFor(bytes), write: 0 });
  return { consumed, rows: found, ...(next && { next }) };
}
