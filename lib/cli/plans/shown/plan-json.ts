// Rows for programs. The names are those of the columns, and columns that hold JSON are JSON here. Fields are only added.
import { stringify } from 'yaml';
import type { Cell } from '../../../alibaba/tablestore/api.ts';
import type { PlanView } from './view.ts';

/** The version of this format. */
const version = 1;

/** How a command prints rows. */
export const outputs = ['table', 'wide', 'json', 'yaml', 'name'] as const;

/** One of them. */
export type Output = (typeof outputs)[number];

/** One JSON object, in one line. */
export function plansJson(views: readonly PlanView[]): string {
  return JSON.stringify(document(views));
}

/** The same as YAML. */
export function plansYaml(views: readonly PlanView[]): string {
  return stringify(document(views)).trimEnd();
}

function document(views: readonly PlanView[]): object {
  return { version, plans: views.map(planOf) };
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
