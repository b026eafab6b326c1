// One write of a person's command: on a condition, and so that its outcome is known.
import type { RowWrite } from './api.ts';
import { triedWrite, type WriteParts } from './tried-write.ts';

/** What came of an edit. `changed`: the row is not the one that the person saw; `now` is what it is. */
export type EditOutcome<T> =
  { kind: 'written' } | { kind: 'changed'; now: T | undefined } | { kind: 'failed'; message: string };

/**
 * Writes it. Where the answer is lost, the row says what happened.
 * @param look reads the row again; undefined where there is none
 * @param shows true where the row has what was to be written
 */
export async function editOnce<T>(
  parts: WriteParts,
  write: RowWrite,
  { look, shows }: { look: () => Promise<T | undefined>; shows: (now: T) => boolean },
): Promise<EditOutcome<T>> {
  const end = await triedWrite(parts, write);
  if (end.kind === 'written') return end;
  if (end.kind === 'failed') return { kind: 'failed', message: end.message };
  const now = await look();
  if (now !== undefined && shows(now)) return { kind: 'written' };
  return end.kind === 'lost' ? { kind: 'changed', now } : { kind: 'failed', message: end.message };
}
