// What a person changed in the row since the functions wrote it last. The next write of the row records it in the timeline.
import { isFinalText } from './status.ts';
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
  | 'time-by-hand'
  | 'latest-start-by-hand'
  | 'local-time-by-hand'
  | 'acknowledged-by-hand'
  | 'acknowledgement-withdrawn'
  | 'acknowledge-unclear'
  | 'acknowledge-unneeded'
  | 'retry-refused'
  | 'pin-without-time'
  | 'wish-too-late';

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

/** Who edits the row of this plan: `operator:NAME`, or `operator` where the row does not say it. */
export function operatorOf({ editedBy }: { editedBy?: string }): string {
  return editedBy === undefined ? 'operator' : `operator:${editedBy}`;
}

/** True where a person has just set an ended plan back to a status that goes on. */
export function isTakenBack(plan: Edited): boolean {
  return editsOf(plan).some(
    ({ what }) =>
      what.code === 'status-by-hand' && isFinalText(what.values.from) && !isFinalText(what.values.to),
  );
}
