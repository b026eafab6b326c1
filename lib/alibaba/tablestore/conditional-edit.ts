// One write of a person's command: on a condition, and so that its outcome is known.
import { messageOf } from '../../failures.ts';
import type { RowWrite } from './api.ts';
import { triedWrite, type WriteParts } from './tried-write.ts';

/** What came of an edit. */
export type EditOutcome<T> =
  | { kind: 'written' }
  /** Not written: the row is not the one that the person saw. `now` is what it is, and undefined where it is gone. */
  | { kind: 'changed'; now: T | undefined }
  /** The same, and the row cannot be read again. */
  | { kind: 'changed-unread'; message: string }
  /** No answer came, and the row, as it is `now`, does not show the edit: it may still arrive, or a function has obeyed it. */
  | { kind: 'unanswered'; now: T | undefined; message: string }
  /** No answer came, and the row cannot be read. */
  | { kind: 'unanswered-unread'; message: string }
  | { kind: 'failed'; message: string };

/**
 * Writes it. Where the answer is lost, the row says what happened. It never throws: other rows are still to be written, and the
 * person must hear what became of this one.
 * @param look reads the row again; undefined where there is none
 * @param shows true where the row has what was to be written. `isLost`: it was not this write that wrote it
 */
export async function editOnce<T>(
  parts: WriteParts,
  write: RowWrite,
  { look, shows }: { look: () => Promise<T | undefined>; shows: (now: T, isLost: boolean) => boolean },
): Promise<EditOutcome<T>> {
  const end = await triedWrite(parts, write);
  if (end.kind === 'written') return end;
  if (end.kind === 'failed') return { kind: 'failed', message: end.message };
  const isLost = end.kind === 'lost';
  let now: T | undefined;
  try {
    now = await look();
  } catch (thrown) {
    const message = messageOf(thrown);
    return { kind: isLost ? 'changed-unread' : 'unanswered-unread', message };
  }
  if (now !== undefined && shows(now, isLost)) return { kind: 'written' };
  return isLost ? { kind: 'changed', now } : { kind: 'unanswered', now, message: end.message };
}
