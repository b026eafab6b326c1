// Column values as the engine stores them, their order and their size. A bigint is an INTEGER and a number is a
// DOUBLE. So a 64-bit integer keeps every digit, and the two types are never confused.

/** A value of an attribute column: STRING, INTEGER, DOUBLE, BOOLEAN or BINARY. */
export type ColumnValue = string | bigint | number | boolean | Uint8Array;

/** A value of a primary-key column: STRING, INTEGER or BINARY. */
export type KeyValue = string | bigint | Uint8Array;

/** Lower than every value of a primary-key column. Only the keys of a range contain it. */
export const INF_MIN = Symbol('INF_MIN');

/** Higher than every value of a primary-key column. Only the keys of a range contain it. */
export const INF_MAX = Symbol('INF_MAX');

/** One end of a range in one primary-key column. */
export type KeyBound = KeyValue | typeof INF_MIN | typeof INF_MAX;

/** The type of a value, as the schema names it. */
export type ValueType = 'STRING' | 'INTEGER' | 'DOUBLE' | 'BOOLEAN' | 'BINARY';

/** The type of a value. */
export function typeOf(value: ColumnValue): ValueType {
  switch (typeof value) {
    case 'string':
      return 'STRING';
    case 'bigint':
      return 'INTEGER';
    case 'number':
      return 'DOUBLE';
    case 'boolean':
      return 'BOOLEAN';
    default:
      return 'BINARY';
  }
}

/** A copy that the caller cannot change. */
export function frozen<V extends ColumnValue>(value: V): V {
  return (value instanceof Uint8Array ? new Uint8Array(value) : value) as V;
}

/** The size of a value in bytes, as Tablestore counts it: 8 for numbers, 1 for booleans, UTF-8 for strings. */
export function sizeOf(value: ColumnValue): number {
  switch (typeof value) {
    case 'string':
      return Buffer.byteLength(value);
    case 'boolean':
      return 1;
    case 'object':
      return value.byteLength;
    default:
      return 8;
  }
}

// UTF-16 code units sort like UTF-8 bytes, except that surrogates must come after U+E000 to U+FFFF.
function rank(codeUnit: number): number {
  if (codeUnit < 0xd800) return codeUnit;
  return codeUnit < 0xe000 ? codeUnit + 0x2000 : codeUnit - 0x800;
}

/** Compares two strings by their UTF-8 bytes, as Tablestore does. */
export function compareStrings(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const difference = rank(a.charCodeAt(i)) - rank(b.charCodeAt(i));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Compares two values of the same type. Returns undefined for different types, because these have no order. */
export function compareValues(a: ColumnValue, b: ColumnValue): number | undefined {
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b);
  if (typeof a !== typeof b) return undefined;
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Compares two bounds of one primary-key column. The schema guarantees that their types are the same. */
export function compareBounds(a: KeyBound, b: KeyBound): number {
  if (a === b) return 0;
  if (a === INF_MIN || b === INF_MAX) return -1;
  if (a === INF_MAX || b === INF_MIN) return 1;
  return compareValues(a, b) ?? 0;
}
