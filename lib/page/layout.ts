// The sizes of the two drawings of each chart, in pixels: one for screens and paper, a narrow one for phones.

/** One drawing. */
export interface Layout {
  /** Its name, as a class. */
  name: 'wide' | 'narrow';
  width: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  rowHeight: number;
  fontSize: number;
  /** Characters of a name that fit on the left. */
  nameLength: number;
  /** True where the status stands as a word at the end of its row. */
  hasStatus: boolean;
  /** Pixels from one tick of the axis to the next, at least. */
  tickWidth: number;
}

/** Both drawings. */
export const layouts: readonly Layout[] = [
  {
    ...{ name: 'wide', width: 1000, left: 176, right: 152, top: 54, bottom: 22 },
    ...{ rowHeight: 24, fontSize: 12, nameLength: 24, hasStatus: true, tickWidth: 52 },
  },
  {
    ...{ name: 'narrow', width: 358, left: 104, right: 22, top: 54, bottom: 22 },
    ...{ rowHeight: 28, fontSize: 12, nameLength: 14, hasStatus: false, tickWidth: 44 },
  },
];

/** For a picture that stands alone, with room for a legend below. */
export const pictureLayout: Layout = {
  ...{ name: 'wide', width: 880, left: 132, right: 132, top: 60, bottom: 48 },
  ...{ rowHeight: 28, fontSize: 13, nameLength: 18, hasStatus: true, tickWidth: 56 },
};

/** The height of a drawing with so many rows. */
export function heightOf({ top, bottom, rowHeight }: Layout, rows: number): number {
  return top + rows * rowHeight + bottom;
}

/** The text in one line, cut where it is longer than that. More lines would stand over the rows of others. */
export function shortened(text: string, length: number): string {
  const line = text.replace(/[\s\u0085]+/g, ' ');
  const characters = Array.from(line);
  return characters.length <= length ? line : `${characters.slice(0, length - 1).join('')}…`;
}

/** Characters of a status that fit: AwaitingApproval, and what somebody wrote in place of one as far as that. */
export const statusLength = 17;
