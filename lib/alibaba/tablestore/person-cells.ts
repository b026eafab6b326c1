// Cells that hold a person's own words, which are taken as they are.
import type { CellReader } from './cell-reader.ts';

/**
 * Words of a person, whatever their type: a hold of any type holds, because who wrote it wants nothing to be restarted. Blank
 * text is none, and so is a BOOLEAN false.
 */
export function readWords(cells: CellReader, column: string): string | undefined {
  const cell = cells.any(column);
  if (cell === undefined || cell === false) return undefined;
  const text = cell instanceof Uint8Array ? `${cell.length} bytes` : String(cell).trim();
  return text === '' ? undefined : text;
}

/** The name that a person wrote beside an edit. */
export function readName(cells: CellReader): string | undefined {
  const name = cells.anyText('edited_by')?.trim().slice(0, longestName);
  return name === '' ? undefined : name;
}

/** Longest name that the timeline repeats. */
const longestName = 60;
