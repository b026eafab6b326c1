// Converts values, keys and rows between the core's form and the Node SDK's.
import type { KeyRange, PrimaryKey, Row } from '../core/schema.ts';
import { INF_MAX, INF_MIN, type ColumnValue, type KeyBound, type KeyValue } from '../core/values.ts';
import { sdk, type SdkLong, type SdkRow } from './sdk.ts';

/** A value for the SDK. */
export function toSdk(value: ColumnValue | KeyBound): unknown {
  if (value === INF_MIN) return sdk.INF_MIN;
  if (value === INF_MAX) return sdk.INF_MAX;
  if (typeof value === 'bigint') return sdk.Long.fromString(String(value));
  return value instanceof Uint8Array ? Buffer.from(value) : value;
}

function isLong(value: unknown): value is SdkLong {
  return typeof value === 'object' && value !== null && !Buffer.isBuffer(value) && 'toBuffer' in value;
}

/** A value from the SDK. */
export function fromSdk(value: unknown): ColumnValue {
  if (isLong(value)) return value.toBuffer().readBigInt64LE();
  return Buffer.isBuffer(value) ? new Uint8Array(value) : (value as string | number | boolean);
}

/** A key for the SDK. */
export function keyToSdk(key: KeyRange): object[] {
  return key.map(({ name, value }) => ({ [name]: toSdk(value) }));
}

/** A key from the SDK. */
export function keyFromSdk(key: NonNullable<SdkRow['primaryKey']>): PrimaryKey {
  return key.map(({ name, value }) => ({ name, value: fromSdk(value) as KeyValue }));
}

/** A row from the SDK. Undefined if there is no row, for which the SDK returns an empty object. */
export function rowFromSdk(row: SdkRow): Row | undefined {
  if (row.primaryKey === undefined) return undefined;
  return {
    primaryKey: keyFromSdk(row.primaryKey),
    columns: (row.attributes ?? []).map(({ columnName, columnValue, timestamp }) => ({
      name: columnName,
      value: fromSdk(columnValue),
      timestamp: Number(timestamp.toBuffer().readBigInt64LE()),
    })),
  };
}
