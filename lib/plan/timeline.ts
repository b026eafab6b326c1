// The timeline of a plan: what happened to it, kept in its row.
import type { Instant } from './calendar/instant.ts';
import { isSameStatement, type Statement } from './statement.ts';

/** One thing that happened to a plan. */
export interface TimelineEntry {
  at: Instant;
  /** `plan`, `execute`, or `operator:NAME`. */
  by: string;
  what: Statement;
  /** The request id of the call to ECS that the entry is about. */
  requestId?: string;
}

/** Entries that a row keeps: the first and the newest. Keeps a row far below Tablestore's 2 MB per cell. */
const timelineLimit = 200;

/** The timeline with one entry more. The same statement again only moves the time of the last entry. */
export function withEntry(
  timeline: readonly TimelineEntry[],
  entry: TimelineEntry,
): readonly TimelineEntry[] {
  const last = timeline.at(-1);
  const isSaidAgain = last?.by === entry.by && isSameStatement(last.what, entry.what);
  const kept = isSaidAgain ? timeline.slice(0, -1) : timeline;
  if (kept.length < timelineLimit) return [...kept, entry];
  return [...kept.slice(0, 1), ...kept.slice(kept.length - timelineLimit + 2), entry];
}
