// The result of a run: the numbers of `--json`, and the plan table for people.
import Table from 'cli-table3';
import {
  listIn,
  rebootEvents,
  rowHistories,
  sendingsIn,
  type Evidence,
  type RowState,
} from '../observer/evidence.ts';
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
  for (const { state } of rows) {
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

interface LatestRow {
  instanceId: string;
  state: RowState;
}

function latestRows(evidence: Evidence): LatestRow[] {
  return [...rowHistories(evidence)].flatMap(([instanceId, moments]) => {
    const state = moments.at(-1)?.state;
    return state === undefined ? [] : [{ instanceId, state }];
  });
}

/** The plans as a table, one row per instance, in the order of their restarts. */
export function planTable(evidence: Evidence, timeZone: string, width: number): string {
  const columns = [20, 26, 11, 15];
  const rest = Math.max(30, width - columns.reduce((sum, column) => sum + column, 0) - 6);
  const table = new Table({
    head: ['instance', 'event', 'status', 'when', 'why'],
    colWidths: [...columns, rest],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  const rows = latestRows(evidence).sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  for (const { instanceId, state } of rows) {
    table.push([
      `${textIn(state, 'instance_name')}\n${instanceId}`,
      listIn(state, 'event_ids')
        .map((id) => `${id}\n${endOf(evidence, id)}`)
        .join('\n'),
      String(state['status']),
      whenOf(state, timeZone),
      String(state['reason']),
    ]);
  }
  return table.toString();
}

function sortKey({ instanceId, state }: LatestRow): string {
  return `${textIn(state, 'intent_at') || 'none'} ${textIn(state, 'instance_name')} ${instanceId}`;
}

function textIn(state: RowState, column: string): string {
  const value = state[column];
  return typeof value === 'string' ? value : '';
}

function endOf(evidence: Evidence, eventId: string): string {
  return `  is ${evidence.ecs.events().find((event) => event.id === eventId)?.status ?? 'unknown'}`;
}

function whenOf(state: RowState, timeZone: string): string {
  const sent = state['intent_at'];
  if (typeof sent !== 'string') return 'not restarted';
  return `restarted\n${wallTime(sent, timeZone)}`;
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
