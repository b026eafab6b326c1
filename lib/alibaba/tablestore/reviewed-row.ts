// A plan as a review sees it, of the plans table or of the history. People edit rows: a cell that cannot be read counts as absent,
// so that no row is lost. Only the columns that a review needs are read.
import { parseInstant } from '../../plan/calendar/instant.ts';
import { ranOutOfTime } from '../../plan/review/ends.ts';
import type { EpochMs, ReviewedPlan } from '../../plan/review/records.ts';
import type { Cell, Cells, Row } from './api.ts';
import { parseJson } from './cell-reader.ts';
import { isObject } from './statement-shapes.ts';

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
    plannedAt: plannedTimes(cells),
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

/** When the plan function wrote entries of the timeline. */
function plannedTimes({ timeline }: Cells): EpochMs[] {
  const entries = typeof timeline === 'string' ? parseJson(timeline) : undefined;
  if (!Array.isArray(entries)) return [];
  return (entries as unknown[]).flatMap((entry) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { by, at } = entry as { by?: unknown; at?: unknown };
    return by === 'plan' && typeof at === 'string' ? (parseInstant(at)?.epochMilliseconds ?? []) : [];
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
