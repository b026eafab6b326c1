// Capacity units: what an operation uses, 4 KB a unit, rounded up. Index maintenance is not metered.
import { CAPACITY_UNIT_BYTES } from './limits.ts';
import type { Key } from './key.ts';
import { cellsSize, type Cell, type StoredRow } from './row-store.ts';
import type { CapacityUnit, KeyColumnSchema } from './schema.ts';
import { sizeOf } from './values.ts';

/** What a write whose condition failed costs. */
export const FAILED_CONDITION: CapacityUnit = { read: 1, write: 1 };

/** Units for so many bytes; never less than one. */
export function unitsFor(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / CAPACITY_UNIT_BYTES));
}

/** Bytes of a key: names and values. */
export function keySize(schema: readonly KeyColumnSchema[], key: Key): number {
  return schema.reduce((size, { name }, i) => {
    return size + Buffer.byteLength(name) + sizeOf(key[i] ?? '');
  }, 0);
}

/** Bytes of a row. */
export function rowSize(schema: readonly KeyColumnSchema[], row: StoredRow): number {
  return keySize(schema, row.key) + cellsSize(row.cells);
}

/** What a write costs: the key and the cells it carries, and a read where it had to look at the row first. */
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

/** Adds to a meter and passes on what was added. */
export function meter(used: CapacityUnit, consumed: CapacityUnit): CapacityUnit {
  used.read += consumed.read;
  used.write += consumed.write;
  return consumed;
}
