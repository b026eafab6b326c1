// Primary keys: checks against the schema, and their order. Inside the engine, a key is only its values.
import { invalidPk, parameterInvalid } from './ots-errors.ts';
import { KEY_VALUE_BYTES } from './limits.ts';
import type { KeyColumnSchema, KeyRange, PrimaryKey } from './schema.ts';
import {
  compareBounds,
  frozen,
  INF_MAX,
  INF_MIN,
  sizeOf,
  typeOf,
  type KeyBound,
  type KeyValue,
} from './values.ts';

/** The values of a primary key, in the order of the schema. */
export type Key = readonly KeyValue[];

const VARIANTS = {
  STRING: 'VT_STRING',
  INTEGER: 'VT_INTEGER',
  DOUBLE: 'VT_DOUBLE',
  BOOLEAN: 'VT_BOOLEAN',
  BINARY: 'VT_BLOB',
} as const;

function variantOf(bound: KeyBound): string {
  if (bound === INF_MIN) return 'VT_INF_MIN';
  if (bound === INF_MAX) return 'VT_INF_MAX';
  return VARIANTS[typeOf(bound)];
}

function isInfinite(bound: KeyBound): bound is typeof INF_MIN | typeof INF_MAX {
  return bound === INF_MIN || bound === INF_MAX;
}

/** Checks one end of a range. @throws OTSInvalidPK (size, name, type), OTSParameterInvalid (too long) */
export function boundsOf(schema: readonly KeyColumnSchema[], key: KeyRange): KeyBound[] {
  if (key.length !== schema.length) throw invalidPk('size', key.length, schema.length);
  return schema.map((column, i) => {
    const given = key[i];
    if (given?.name !== column.name) throw invalidPk('name', given?.name ?? '', column.name);
    const { value } = given;
    if (isInfinite(value)) return value;
    const variant = variantOf(value);
    if (variant !== VARIANTS[column.type]) throw invalidPk('type', variant, VARIANTS[column.type]);
    const size = sizeOf(value);
    if (typeof value !== 'bigint' && size > KEY_VALUE_BYTES) {
      throw parameterInvalid(
        `The length of primary key column: '${column.name}' exceeds the MaxLength:${KEY_VALUE_BYTES} with CurrentLength:${size}.`,
      );
    }
    return frozen(value);
  });
}

/** Checks the key of one row. @throws as boundsOf, and OTSInvalidPK for INF_MIN and INF_MAX */
export function keyOf(schema: readonly KeyColumnSchema[], key: KeyRange): Key {
  return boundsOf(schema, key).map((value, i) => {
    if (!isInfinite(value)) return value;
    throw invalidPk('type', variantOf(value), VARIANTS[schema[i]?.type ?? 'STRING']);
  });
}

/** Compares two keys of one schema. */
export function compareKeys(a: readonly KeyBound[], b: readonly KeyBound[]): number {
  for (const [i, bound] of a.entries()) {
    const other = b[i];
    const difference = other === undefined ? 1 : compareBounds(bound, other);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A key with its names, as answers contain it. */
export function named(schema: readonly KeyColumnSchema[], key: Key): PrimaryKey {
  return schema.flatMap(({ name }, i) => {
    const value = key[i];
    return value === undefined ? [] : [{ name, value }];
  });
}
