// Rows that a function took out of the plans table: each had ended long enough ago, its events were over, and the history has
// had the plan since before. Its events get no other plan afterwards that restarts anything.
import type { AppliedWrite } from '../cloud/tablestore/core/journal.ts';
import { listIn, rebootEvents, type Evidence, type RowState } from './evidence.ts';
import type { Violation } from './violation.ts';

/** An event may have been published after the run listed the open ones: a run lasts no longer than this. */
const runMs = 150_000;

const ends = ['Avoided', 'Cleared', 'Skipped', 'Missed', 'Escalated'];

/** Columns that say what was done: the history must say the same. */
const kept = [
  'status',
  'event_ids',
  'sent_event_ids',
  'intent_at',
  'intent_outcome',
  'timeline',
  'finished_at',
];

/** Every row that left too soon, or without a trace. */
export function leftTooSoon(evidence: Evidence): Violation[] {
  const { keepFinishedMs } = evidence;
  if (keepFinishedMs === undefined) return [];
  return departures(evidence).flatMap((departure) => [
    ...faultsOf(evidence, departure, keepFinishedMs).map((what) => violation(departure, what)),
    ...plannedAgain(evidence, departure),
  ]);
}

interface Departure {
  at: number;
  order: number;
  instanceId: string;
  row: RowState;
}

function departures({ writes, plansTable }: Evidence): Departure[] {
  return writes.flatMap(({ table, operation, before, primaryKey, at, order }) =>
    table === plansTable &&
    operation === 'DeleteRow' &&
    before !== undefined &&
    primaryKey['region_id'] !== '*'
      ? [{ at, order, instanceId: String(primaryKey['instance_id']), row: before }]
      : [],
  );
}

function faultsOf(
  evidence: Evidence,
  { at, order, instanceId, row }: Departure,
  keepFinishedMs: number,
): string[] {
  const status = String(row['status']);
  if (!ends.includes(status)) return [`it was ${status}`];
  const finishedAt = Date.parse(String(row['finished_at']));
  const isOld = finishedAt + keepFinishedMs <= at + (evidence.skewMs ?? 0);
  const copy = copyOf(evidence, { instanceId, planId: row['plan_id'], order });
  const differing = kept.filter((column) => copy?.[column] !== row[column]);
  const open = openEvents(evidence, { instanceId, at, order });
  return [
    ...(isOld ? [] : [`it had ended at ${String(row['finished_at'])}`]),
    ...(copy === undefined ? ['the history does not have its plan'] : []),
    ...(copy !== undefined && differing.length > 0
      ? [`the history has another ${differing.join(', ')}`]
      : []),
    ...(open.length > 0 ? [`${open.join(', ')} was open`] : []),
    ...(typeof row['hold'] === 'string' && row['hold'] !== '' ? ['a person held it'] : []),
    ...(row['drained_since'] === undefined ? [] : ['its instance was still drained']),
  ];
}

/** What the history said of the plan right before. */
function copyOf(
  { writes, historyTable }: Evidence,
  { instanceId, planId, order }: { instanceId: string; planId: unknown; order: number },
): RowState | undefined {
  const ofPlan = (write: AppliedWrite): boolean =>
    write.table === historyTable &&
    write.order < order &&
    write.primaryKey['instance_id'] === instanceId &&
    write.primaryKey['plan_id'] === planId;
  return writes.findLast(ofPlan)?.after;
}

function openEvents(
  { ecs }: Evidence,
  { instanceId, at, order }: { instanceId: string; at: number; order: number },
): string[] {
  return rebootEvents(ecs)
    .filter((event) => event.instanceId === instanceId && event.publishTime < at - runMs)
    .filter(({ id }) => {
      const status = ecs.record
        .cycleOf(id)
        .filter((entry) => entry.order < order)
        .at(-1)?.to;
      return status === 'Scheduled' || status === 'Inquiring' || status === 'Executing';
    })
    .map(({ id }) => id);
}

/** Plans that took up an event of the departed plan, and were not for a person. */
function plannedAgain({ writes, plansTable }: Evidence, departure: Departure): Violation[] {
  const known = new Set(listIn(departure.row, 'event_ids'));
  const again = writes.find(
    ({ table, order, primaryKey, after }) =>
      table === plansTable &&
      order > departure.order &&
      primaryKey['instance_id'] === departure.instanceId &&
      after !== undefined &&
      after['status'] !== 'Escalated' &&
      listIn(after, 'event_ids').some((id) => known.has(id)),
  );
  return again === undefined
    ? []
    : [violation(departure, `plan ${String(again.after?.['plan_id'])} is about its events again`)];
}

function violation({ at, instanceId, row }: Departure, what: string): Violation {
  const when = new Date(at).toISOString();
  return {
    promise: 3,
    instanceId,
    what: `the row of ${String(row['plan_id'])} left the table at ${when}, and ${what}`,
  };
}
