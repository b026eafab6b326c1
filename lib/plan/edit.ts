// What a person changed in the row since the functions wrote it last. The next write of the row records it in the timeline.
import type { Statement } from './statement.ts';

/** The code of a statement about an edit. */
export type EditCode =
  | 'hold-set'
  | 'hold-lifted'
  | 'approved'
  | 'approval-asked'
  | 'approval-waived'
  | 'status-by-hand'
  | 'pinned-by-hand'
  | 'unpinned-by-hand'
  | 'time-by-hand';

/** One edit. */
export interface Edit {
  /** `operator:NAME`, or `operator` where the row does not say who it was. */
  by: string;
  what: Statement<EditCode> | Statement<'looked-at-earlier'>;
}

/** The edits of a row that was read. */
export interface Edited {
  edits?: readonly Edit[];
  editsAfterEnd?: readonly Edit[];
}

/** Every edit since the last write. */
export function editsOf({ edits = [], editsAfterEnd = [] }: Edited): readonly Edit[] {
  return [...edits, ...editsAfterEnd];
}

/** The edit with this code; undefined where nobody made it since the last write. */
export function editOf(plan: Edited, code: EditCode): Edit | undefined {
  return editsOf(plan).find(({ what }) => what.code === code);
}
