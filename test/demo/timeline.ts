// What a plan's row tells of itself, entry by entry, and for people as the story of a night.
import { rowHistories, type Evidence } from '../observer/evidence.ts';
import { wallTime } from './summary.ts';

/** One thing that a row says happened. */
export interface Entry {
  at: string;
  by: string;
  what: string;
  requestId?: string;
}

/** The column `timeline` of a row. */
export function timelineOf(column: unknown): Entry[] {
  return typeof column === 'string' ? (JSON.parse(column) as Entry[]) : [];
}

/** The timeline of an instance's row, a line an entry: wall time, by whom, what. */
export function nightStory(evidence: Evidence, instanceId: string, timeZone: string): string[] {
  const row = rowHistories(evidence).get(instanceId)?.at(-1)?.state ?? {};
  const entries = timelineOf(row['timeline']);
  const widest = Math.max(0, ...entries.map(({ by }) => by.length));
  return entries.map(({ at, by, what }) => `${wallTime(at, timeZone)}  ${by.padEnd(widest)}  ${what}`);
}
