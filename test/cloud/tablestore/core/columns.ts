// Checks the values and timestamps of the columns of a write. request-rules.ts checks their names.
import { parameterInvalid } from './ots-errors.ts';
import { ATTRIBUTE_VALUE_BYTES, INT64 } from './limits.ts';
import type { TableOptions, TableSchema } from './schema.ts';
import { sizeOf, type ColumnValue } from './values.ts';

function checkValue(name: string, value: ColumnValue): void {
  if (typeof value === 'number') {
    if (Number.isNaN(value)) throw parameterInvalid("NaN can't be set to double value.");
    if (!Number.isFinite(value)) throw parameterInvalid("Infinity can't be set to double value.");
  }
  if (typeof value === 'bigint' && (value < INT64.min || value > INT64.max)) {
    throw parameterInvalid(`Value of column '${name}' is not a 64-bit integer.`);
  }
  const size = sizeOf(value);
  if (size > ATTRIBUTE_VALUE_BYTES) {
    throw parameterInvalid(
      `The length of attribute column: '${name}' exceeds the MaxLength:${ATTRIBUTE_VALUE_BYTES} with CurrentLength:${size}.`,
    );
  }
}

// Valid from now minus the deviation (or minus the time to live, if that is shorter) to now plus the deviation.
function checkTimestamp(name: string, timestamp: number, options: TableOptions, now: number): void {
  const { timeToLive, maxTimeDeviation } = options;
  const back = timeToLive === -1 ? maxTimeDeviation : Math.min(timeToLive, maxTimeDeviation);
  if (timestamp < now - back * 1000 || timestamp >= now + maxTimeDeviation * 1000) {
    throw parameterInvalid(`Invalid timestamp. Cell:'${name}'.`);
  }
}

/** Checks the columns. A column may appear more than once. @throws OTSParameterInvalid for the first wrong column */
export function checkColumns(
  columns: readonly { name: string; value?: ColumnValue; timestamp?: number; type?: string }[],
  schema: TableSchema,
  options: TableOptions,
  now: number,
): void {
  for (const { name, value, timestamp, type } of columns) {
    if (schema.primaryKey.some((key) => key.name === name)) {
      throw parameterInvalid(`Duplicated attribute column name with primary key column: '${name}'.`);
    }
    if (value !== undefined) checkValue(name, value);
    if (timestamp !== undefined && type !== 'DELETE') checkTimestamp(name, timestamp, options, now);
  }
}
