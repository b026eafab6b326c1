// Reads ECS's record of events for a review. A type or a status that nobody knows is data, and so is a time that is missing: only
// the ids are needed.
import * as v from 'valibot';
import { parseInstant } from '../../plan/calendar/instant.ts';
import type { EpochMs, EventPage, RecordedEvent } from '../../plan/review/records.ts';
import { asObject, nextOf, readPage, text, textIfAny, token, type Page } from './answers.ts';

const historyPage = v.object({
  InstanceSystemEventSet: v.object({ InstanceSystemEventType: v.array(v.unknown()) }),
  NextToken: token,
});

const named = v.fallback(v.object({ Name: v.fallback(text, 'unknown') }), { Name: 'unknown' });

const item = v.object({
  EventId: text,
  InstanceId: text,
  EventType: named,
  EventCycleStatus: named,
  EventPublishTime: textIfAny,
  NotBefore: textIfAny,
  EventFinishTime: textIfAny,
  ExtendedAttribute: v.fallback(v.optional(v.object({ InitialNotBefore: textIfAny })), undefined),
});

/**
 * Reads a page of DescribeInstanceHistoryEvents.
 * @throws EcsReadFailed if the answer as a whole is not such a page
 */
export function readHistoryPage(body: unknown): Page<EventPage> {
  const page = readPage(historyPage, body, 'DescribeInstanceHistoryEvents');
  const items = page.InstanceSystemEventSet.InstanceSystemEventType;
  const events = items.flatMap((one): RecordedEvent[] => {
    const parsed = v.safeParse(item, asObject(one));
    return parsed.success ? [eventOf(parsed.output)] : [];
  });
  return { items: { events, unread: items.length - events.length }, ...nextOf(page.NextToken) };
}

function eventOf(read: v.InferOutput<typeof item>): RecordedEvent {
  const publishedAt = timeOf(read.EventPublishTime);
  const notBefore = timeOf(read.NotBefore);
  const firstNotBefore = timeOf(read.ExtendedAttribute?.InitialNotBefore);
  const finishedAt = timeOf(read.EventFinishTime);
  return {
    eventId: read.EventId,
    instanceId: read.InstanceId,
    type: shared(read.EventType.Name),
    status: shared(read.EventCycleStatus.Name),
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(firstNotBefore === undefined || firstNotBefore === notBefore ? {} : { firstNotBefore }),
    ...(finishedAt === undefined ? {} : { finishedAt }),
  };
}

function timeOf(written: string | undefined): EpochMs | undefined {
  return written === undefined ? undefined : parseInstant(written)?.epochMilliseconds;
}

/** Each answer has its own copy of a word, and tens of thousands of events have the same ten words. */
const words = new Map<string, string>();
const wordsKept = 1_000;

function shared(word: string): string {
  const known = words.get(word);
  if (known !== undefined) return known;
  if (words.size < wordsKept) words.set(word, word);
  return word;
}
