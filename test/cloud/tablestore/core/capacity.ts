// Capacity units: what an operation uses, in units of 4 KB, rounded up. Index maintenance is not counted.
import { CAPACITY_UNIT_BYTES } from './limits.ts';
import type { Key } from './key.ts';
import { cellsSize, type Cell, type StoredRow } from './row-store.ts';
import type { CapacityUnit, KeyColumnSchema } from './schema.ts';
import { sizeOf } from './values.ts';

/** The cost of a write whose condition failed. */
export const FAILED_CONDITION: CapacityUnit = { read: 1, write: 1 };

/** The units for a number of bytes, at least one. */
export function unitsFor(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / CAPACITY_UNIT_BYTES));
}

/** The bytes of a key: names and values. */
function keySize(schema: readonly KeyColumnSchema[], key: Key): number {
  return schema.reduce((size, { name }, i) => {
    return size + Buffer.byteLength(name) + sizeOf(key[i] ?? '');
  }, 0);
}

/** The bytes of a row. */
export function rowSize(schema: readonly KeyColumnSchema[], row: StoredRow): number {
  return keySize(schema, row.key) + cellsSize(row.cells);
}

/** The cost of a write: a write of its key and cells, and a read if it had to read the row first. */
export function writeCost(
  schema: readonly KeyColumnSchema[],
  key: Key,
  carried: ReadonlyMap<string, Cell>,
  readBytes: number | undefined,
): CapacityUnit {
  return {
    read: readBytes === undefined ? 0 : unitsFor(readBytes),
    write: unitsFor(keySize(schema, key) + cellsSize(carried)),
  };
}

/** Adds units to a meter and returns them. */
export function meter(used: CapacityUnit, consumed: CapacityUnit): CapacityUnit {
  used.read += consumed.read;
  used.write += consumed.write;
  return consumed;
}
