// Reads what the row of a plan says, as codes for tests and as lines for people.
import { rowHistories, type Evidence, type RowState } from '../observer/evidence.ts';
import { wallTime } from './summary.ts';

/** One entry of a timeline: something that happened to the plan. */
export interface Entry {
  at: string;
  by: string;
  what: string;
  requestId?: string;
  code: string;
  values: Readonly<Record<string, unknown>>;
}

/** The reason of a row: its code, and the values of its sentence. */
export interface Reason {
  code: unknown;
  values: unknown;
}

/** Reads the columns `reason_code` and `reason_values` of a row. */
export function reasonOf(row: RowState): Reason {
  const values = row['reason_values'];
  return { code: row['reason_code'], values: typeof values === 'string' ? JSON.parse(values) : undefined };
}

/** Reads the column `timeline` of a row. */
export function timelineOf(column: unknown): Entry[] {
  return typeof column === 'string' ? (JSON.parse(column) as Entry[]) : [];
}

/** The codes of a timeline. A statement with a cause is followed by the code of the cause, as in `ended/avoided`. */
export function codesOf(column: unknown): string[] {
  return timelineOf(column).map(({ code, values }) => {
    const why = (values['why'] as { code: string } | undefined)?.code;
    return why === undefined ? code : `${code}/${why}`;
  });
}

/** The timeline of an instance's row, one line per entry: wall time, who, what. */
export function nightStory(evidence: Evidence, instanceId: string, timeZone: string): string[] {
  const row = rowHistories(evidence).get(instanceId)?.at(-1)?.state ?? {};
  const entries = timelineOf(row['timeline']);
  const widest = Math.max(0, ...entries.map(({ by }) => by.length));
  return entries.map(({ at, by, what }) => `${wallTime(at, timeZone)}  ${by.padEnd(widest)}  ${what}`);
}
