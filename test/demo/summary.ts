// The result of a run: the numbers of `--json`, and the plan table for people.
import { painter } from '../../lib/cli/plans/shown/colours.ts';
import { planTable as listTable } from '../../lib/cli/plans/shown/plan-table.ts';
import { voiceOf } from '../../lib/cli/plans/words/voice.ts';
import type { Language } from '../../lib/wording/languages.ts';
import { Temporal } from 'temporal-polyfill';
import {
  rebootEvents,
  rowHistories,
  sendingsIn,
  type Evidence,
  type RowState,
} from '../observer/evidence.ts';
import { viewsOf } from './views.ts';
import type { Violation } from '../observer/violation.ts';

/** What `npm start -- --json` prints as its last line. */
export interface Summary {
  events: number;
  plans: number;
  reboots: number;
  statuses: Record<string, number>;
  violations: Violation[];
  virtualHours: number;
  seconds: number;
}

/** Counts the events, plans, restarts and statuses of a run that has ended. */
export function summarize(
  evidence: Evidence,
  violations: Violation[],
  times: { virtualMs: number; realMs: number },
): Summary {
  const statuses: Record<string, number> = {};
  const rows = latestRows(evidence);
  for (const state of rows) {
    const status = String(state['status']);
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
  return {
    events: rebootEvents(evidence.ecs).length,
    plans: rows.length,
    reboots: sendingsIn(evidence).filter((sending) => sending.isEffective).length,
    statuses: Object.fromEntries(Object.entries(statuses).sort(([a], [b]) => (a < b ? -1 : 1))),
    violations,
    virtualHours: Math.round((times.virtualMs / 3_600_000) * 10) / 10,
    seconds: Math.round(times.realMs / 100) / 10,
  };
}

function latestRows(evidence: Evidence): RowState[] {
  return [...rowHistories(evidence).values()].map((moments) => moments.at(-1)?.state ?? {});
}

/** How the table of the plans is shown. */
export interface TableStyle {
  timeZone: string;
  language: Language;
  /** The end of the run, in epoch milliseconds. */
  now: number;
  columns: number;
  hasColours: boolean;
  /** True where Avoided plans are lines of their own. */
  showsAvoided: boolean;
}

/** The plans as `npx reboot-plans list` shows them: those that need a person first, the Avoided ones in one line. */
export function planTable(evidence: Evidence, style: TableStyle): string[] {
  const voice = voiceOf(style.language);
  return listTable(viewsOf(evidence, style.timeZone, voice), {
    now: Temporal.Instant.fromEpochMilliseconds(style.now),
    columns: style.columns,
    isWide: false,
    paint: painter(style.hasColours),
    voice,
    showsAvoided: style.showsAvoided,
  });
}

/** Writes an instant as wall time of the zone: `Wed 02:00:03`. */
export function wallTime(at: string | number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(at));
}
