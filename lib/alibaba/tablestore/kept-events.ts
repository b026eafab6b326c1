// Events beyond ECS's 30 days: rows of the history table whose instance_id is `(events) REGION`, which is no instance, so that
// readers of plans never meet them. Their plan_id is the end of the event and its id: a time is one range. Only events that are
// over are kept, and these do not change any more, so that writing a row again changes nothing.
import { parseInstant } from '../../plan/calendar/instant.ts';
import { isoOf, overAt, type EpochMs, type RecordedEvent } from '../../plan/review/records.ts';
import { keptName } from '../../plan/review/sources.ts';
import { infMax, type Cell, type Cells, type Key, type KeyBound, type Row, type RowWrite } from './api.ts';

/** The instance_id of the rows of a region. */
function placeOf(regionId: string): string {
  return `(events) ${regionId}`;
}

/** The range of the events that were over in this time. */
export function keptRange(
  regionId: string,
  { since, until }: { since: EpochMs; until?: EpochMs },
): { from: KeyBound; to: KeyBound } {
  const place = placeOf(regionId);
  const at = (time: EpochMs): string => new Date(time).toISOString();
  return {
    from: { instance_id: place, plan_id: at(since) },
    to: { instance_id: place, plan_id: until === undefined ? infMax : at(until) },
  };
}

/** The write that keeps the event; undefined for one that is not over. */
export function keepingOf(regionId: string, event: RecordedEvent): RowWrite | undefined {
  const over = overAt(event);
  if (over === undefined) return undefined;
  const { eventId, instanceId, type, status, publishedAt, notBefore, firstNotBefore, finishedAt } = event;
  const key: Key = { instance_id: placeOf(regionId), plan_id: keptName(eventId, over) };
  const put: Cells = {
    region_id: regionId,
    event_id: eventId,
    event_instance_id: instanceId,
    event_type: type,
    event_status: status,
    ...(publishedAt === undefined ? {} : { published_at: isoOf(publishedAt) }),
    ...(notBefore === undefined ? {} : { not_before: isoOf(notBefore) }),
    ...(firstNotBefore === undefined ? {} : { first_not_before: isoOf(firstNotBefore) }),
    ...(finishedAt === undefined ? {} : { finished_at: isoOf(finishedAt) }),
  };
  return { kind: 'put', key, put, condition: { row: 'any' } };
}

/** The event of a row. None where somebody edited its ids away. */
export function decodeKept({ cells }: Row): RecordedEvent[] {
  const [eventId, instanceId] = [cells['event_id'], cells['event_instance_id']];
  if (typeof eventId !== 'string' || typeof instanceId !== 'string') return [];
  const [type, status] = [cells['event_type'], cells['event_status']];
  return [
    {
      eventId,
      instanceId,
      type: typeof type === 'string' ? type : 'unknown',
      status: typeof status === 'string' ? status : 'unknown',
      ...timeOf('publishedAt', cells['published_at']),
      ...timeOf('notBefore', cells['not_before']),
      ...timeOf('firstNotBefore', cells['first_not_before']),
      ...timeOf('finishedAt', cells['finished_at']),
    },
  ];
}

function timeOf<K extends string>(name: K, cell: Cell | undefined): Partial<Record<K, EpochMs>> {
  const at = typeof cell === 'string' ? parseInstant(cell)?.epochMilliseconds : undefined;
  return at === undefined ? {} : ({ [name]: at } as Record<K, EpochMs>);
}
