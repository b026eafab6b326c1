// Reads the timeline of a plan's row, and prints it for people.
import { rowHistories, type Evidence } from '../observer/evidence.ts';
import { wallTime } from './summary.ts';

/** One entry of a timeline: something that happened to the plan. */
export interface Entry {
  at: string;
  by: string;
  what: string;
  requestId?: string;
}

/** Reads the column `timeline` of a row. */
export function timelineOf(column: unknown): Entry[] {
  return typeof column === 'string' ? (JSON.parse(column) as Entry[]) : [];
}

/** The timeline of an instance's row, one line per entry: wall time, who, what. */
export function nightStory(evidence: Evidence, instanceId: string, timeZone: string): string[] {
  const row = rowHistories(evidence).get(instanceId)?.at(-1)?.state ?? {};
  const entries = timelineOf(row['timeline']);
  const widest = Math.max(0, ...entries.map(({ by }) => by.length));
  return entries.map(({ at, by, what }) => `${wallTime(at, timeZone)}  ${by.padEnd(widest)}  ${what}`);
}
