// A plan as a review sees it, of the plans table or of the history. People edit rows: a cell that cannot be read counts as absent,
// so that no row is lost. Only the columns that a review needs are read.
import { parseInstant } from '../../plan/calendar/instant.ts';
import { ranOutOfTime } from '../../plan/review/ends.ts';
import type { EpochMs, ReviewedPlan } from '../../plan/review/records.ts';
import type { Cell, Cells, Row } from './api.ts';
import { parseJson } from './cell-reader.ts';
import { isObject, isShallow } from './statement-shapes.ts';

/** The columns that are read, beside the key. */
export const reviewedColumns = [
  'region_id',
  'plan_id',
  'instance_name',
  'status',
  'reason_code',
  'reason_values',
  'group',
  'event_ids',
  'sent_event_ids',
  'later_event_ids',
  'intent_at',
  'avoided_seen_at',
  'finished_at',
  'escalated_at',
  'timeline',
] as const;

/** Reads a row of either table: in the history the plan_id is in the key, in the plans table the region. */
export function decodeReviewed({ key, cells }: Row): ReviewedPlan {
  const eventIds = idsIn(cells['event_ids']);
  const sentAt = timeIn(cells['intent_at']);
  // They are the same list almost always: tens of thousands of plans are in memory.
  const isSameList = cells['sent_event_ids'] === cells['event_ids'];
  const sentIds = isSameList ? eventIds : idsIn(cells['sent_event_ids']);
  const entries = plannedEntries(cells);
  const named = new Set(entries.flatMap(({ values }) => (isShallow(values) ? idsNamedIn(values) : none)));
  const past = [...named].filter((id) => !eventIds.includes(id));
  return {
    regionId: textOf(key['region_id'] ?? cells['region_id']),
    instanceId: textOf(key['instance_id']),
    ...present('instanceName', textIn(cells['instance_name'])),
    planId: textOf(key['plan_id'] ?? cells['plan_id']),
    status: textIn(cells['status']) ?? 'unknown',
    reasonCode: textIn(cells['reason_code']) ?? 'as-written',
    ...present('waitedFor', waitedFor(cells)),
    ...present('group', textIn(cells['group'])),
    eventIds,
    // Somebody may have removed them. A restart was for the events of its plan.
    sentEventIds: sentAt === undefined ? none : sentIds.length > 0 ? sentIds : eventIds,
    laterEventIds: idsIn(cells['later_event_ids']),
    pastEventIds: past.length === 0 ? none : past,
    plannedAt: entries.flatMap(({ at }) => timeIn(at) ?? []),
    ...present('sentAt', sentAt),
    ...present('avoidedSeenAt', timeIn(cells['avoided_seen_at'])),
    ...present('finishedAt', timeIn(cells['finished_at']) ?? timeIn(cells['escalated_at'])),
  };
}

/** Only a reason that names nothing but the time says it after that, before the columns and commands that go on. */
function waitedFor({ reason_code: reason, reason_values: values }: Cells): string | undefined {
  if (typeof reason !== 'string' || !ranOutOfTime.includes(reason) || typeof values !== 'string') {
    return undefined;
  }
  const json = parseJson(values);
  const also: unknown = isObject(json) ? json['also'] : undefined;
  const codes = (Array.isArray(also) ? (also as unknown[]) : []).flatMap((one) => {
    const code = isObject(one) ? one['code'] : undefined;
    return typeof code === 'string' ? [code] : [];
  });
  return codes.find((code) => !saidAfter.includes(code));
}

/** What is told after the reason of an end, and does not say what came before it. */
const saidAfter: readonly string[] = ['next-steps', 'restart-by-hand', 'undo-pre-command', 'also-open'];

/** What the plan function wrote in the timeline: when, and the values of its statement. */
function plannedEntries({ timeline }: Cells): { at?: Cell; values?: unknown }[] {
  const entries = typeof timeline === 'string' ? parseJson(timeline) : undefined;
  if (!Array.isArray(entries)) return [];
  return (entries as unknown[]).filter((entry) => isObject(entry) && entry['by'] === 'plan') as object[];
}

/** The ids in every `eventIds` and `eventId` of a statement, and of those inside of it. */
function idsNamedIn(values: unknown): readonly string[] {
  if (typeof values !== 'object' || values === null) return none;
  return Object.entries(values).flatMap(([name, value]: [string, unknown]) => {
    if (name === 'eventId' && typeof value === 'string') return [value];
    if (name === 'eventIds' && Array.isArray(value))
      return (value as unknown[]).filter((id) => typeof id === 'string');
    return idsNamedIn(value);
  });
}

const none: readonly string[] = [];

function idsIn(cell: Cell | undefined): readonly string[] {
  if (typeof cell !== 'string') return none;
  const ids = parseJson(cell);
  return Array.isArray(ids) ? (ids as unknown[]).filter((id) => typeof id === 'string') : none;
}

function timeIn(cell: Cell | undefined): EpochMs | undefined {
  return typeof cell === 'string' ? parseInstant(cell)?.epochMilliseconds : undefined;
}

function textIn(cell: Cell | undefined): string | undefined {
  return typeof cell === 'string' && cell !== '' ? cell : undefined;
}

function textOf(cell: Cell | undefined): string {
  return typeof cell === 'string' ? cell : '';
}

function present<K extends string, T>(name: K, value: T | undefined): Partial<Record<K, T>> {
  return value === undefined ? {} : ({ [name]: value } as Record<K, T>);
}
