// Columns under each other, without lines. A Chinese character takes two columns of a terminal.
import Table from 'cli-table3';

const noBorders = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '' },
  ...{ bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' },
  ...{ left: '', 'left-mid': '', mid: '', 'mid-mid': '' },
  ...{ right: '', 'right-mid': '', middle: '' },
};

/** The lines. A width counts the `gap` to the next column; a text that is longer is cut. No width: as wide as its texts. */
export function aligned(
  rows: readonly (readonly string[])[],
  { gap, widths = [] }: { gap: number; widths?: readonly (number | null)[] },
): string[] {
  if (rows.length === 0) return [];
  const table = new Table({
    chars: noBorders,
    style: { 'padding-left': 0, 'padding-right': gap, head: [], border: [] },
    colWidths: [...widths],
  });
  for (const row of rows) table.push([...row]);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}
