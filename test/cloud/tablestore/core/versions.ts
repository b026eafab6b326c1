// The versions of a column, newest first. Most tables keep one.
import type { Cell, Version } from './row-store.ts';

/** Every version, newest first. */
export function versionsOf({ value, timestamp, older }: Cell): readonly Version[] {
  return older === undefined ? [{ value, timestamp }] : [{ value, timestamp }, ...older];
}

/** The cell with these versions, newest first. Undefined without any. */
export function cellOf([newest, ...older]: readonly Version[]): Cell | undefined {
  if (newest === undefined) return undefined;
  return older.length === 0 ? newest : { ...newest, older };
}

/** The cell after a write: a version with the same timestamp is replaced, and only the newest are kept. */
export function withVersion(cell: Cell | undefined, version: Version, kept: number): Cell {
  const others =
    cell === undefined ? [] : versionsOf(cell).filter((one) => one.timestamp !== version.timestamp);
  const newestFirst = [...others, version].sort((a, b) => b.timestamp - a.timestamp);
  return cellOf(newestFirst.slice(0, kept)) ?? version;
}

/** The cell without the version of exactly this timestamp. Undefined if no other is left. */
export function withoutVersion(cell: Cell, timestamp: number): Cell | undefined {
  return cellOf(versionsOf(cell).filter((version) => version.timestamp !== timestamp));
}
