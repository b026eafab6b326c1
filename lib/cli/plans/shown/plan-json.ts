// Rows for programs. The names are those of the columns, and columns that hold JSON are JSON here. Fields are only added.
import { stringify } from 'yaml';
import type { Cell } from '../../../alibaba/tablestore/api.ts';
import { iso } from '../../../plan/calendar/instant.ts';
import type { RunRecord } from '../../../plan/runs.ts';
import type { Stop } from '../../../plan/stop.ts';
import { faultText } from '../../../wording/fault.ts';
import type { PlanView } from './view.ts';

/** The version of this format. */
const version = 1;

/** How a command prints rows. */
export const outputs = ['table', 'wide', 'json', 'yaml', 'name'] as const;

/** One of them. */
export type Output = (typeof outputs)[number];

/** What stands beside the plans. */
export interface Beside {
  stops?: readonly Stop[];
  runs?: readonly RunRecord[];
}

/** One JSON object, in one line. */
export function plansJson(views: readonly PlanView[], beside: Beside = {}): string {
  return JSON.stringify(document(views, beside));
}

/** The same as YAML. */
export function plansYaml(views: readonly PlanView[], beside: Beside = {}): string {
  return stringify(document(views, beside)).trimEnd();
}

function document(views: readonly PlanView[], { stops, runs }: Beside): object {
  return {
    version,
    plans: views.map(planOf),
    ...(stops === undefined ? {} : { stops: stops.map(stopOf) }),
    ...(runs === undefined ? {} : { runs: runs.map(runOf) }),
  };
}

/** What is stopped, as one JSON object. */
export function stopsJson(stops: readonly Stop[]): string {
  return JSON.stringify({ version, stops: stops.map(stopOf) });
}

/** The same as YAML. */
export function stopsYaml(stops: readonly Stop[]): string {
  return stringify({ version, stops: stops.map(stopOf) }).trimEnd();
}

/** The names are those of the columns. `region_id` is absent where all regions are stopped. */
function stopOf({ regionId, why, by, at, faults }: Stop): object {
  return {
    ...(regionId === undefined ? {} : { region_id: regionId }),
    hold: why,
    ...(by === undefined ? {} : { held_by: by }),
    ...(at === undefined ? {} : { held_at: iso(at) }),
    ...(faults.length === 0 ? {} : { faults: faults.map(faultText) }),
  };
}

/** The last run of a function in a region. */
function runOf({ functionName, regionId, beganAt, endedAt, failure, problems }: RunRecord): object {
  return {
    function: functionName,
    region_id: regionId,
    ...(beganAt === undefined ? {} : { began_at: iso(beganAt) }),
    ...(endedAt === undefined ? {} : { succeeded_at: iso(endedAt) }),
    ...(failure === undefined ? {} : { failure }),
    ...(problems === undefined ? {} : { problems }),
  };
}

/** How the functions recognize their own writes. */
const internal: readonly string[] = ['write_token', 'last_written', 'owner'];

const asJson: readonly string[] = [
  'event_ids',
  'former_event_ids',
  'later_event_ids',
  'sent_event_ids',
  'approved_events',
  'reason_values',
  'rules',
  'runbook',
  'steps',
  'timeline',
];

function planOf({ row, needsPerson, faults }: PlanView): object {
  const columns = Object.entries(row.cells)
    .filter(([name]) => !internal.includes(name))
    .map(([name, cell]) => [name, valueOf(name, cell)] as const);
  return {
    region_id: row.regionId,
    instance_id: row.instanceId,
    ...Object.fromEntries(columns),
    needs_person: needsPerson,
    ...(faults.length === 0 ? {} : { faults }),
  };
}

function valueOf(name: string, cell: Cell): unknown {
  if (typeof cell === 'bigint') return Number(cell);
  if (cell instanceof Uint8Array) return Buffer.from(cell).toString('base64');
  if (typeof cell !== 'string' || !asJson.includes(name)) return cell;
  try {
    return JSON.parse(cell) as unknown;
  } catch {
    return cell;
  }
}
