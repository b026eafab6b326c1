// What is known of the events of one region: ECS's own list, and what earlier reviews kept of those that it no longer lists. Where
// ECS cannot be read, what was kept is all there is, and the report says so.
import { messageOf } from '../../failures.ts';
import type { Milliseconds } from '../../plan/calendar/instant.ts';
import { newerOf, type EpochMs, type RecordedEvent } from '../../plan/review/records.ts';
import type { RegionRecord } from '../../plan/review/review.ts';
import { state } from '../../plan/statement.ts';
import { Keeper } from './keeper.ts';
import type { ReviewRun } from './review-ports.ts';

const dayMs: Milliseconds = 86_400_000;

/** ECS keeps an event for 30 days after its end, by its documentation. A day less, because clocks and days differ. */
const listedForMs = 29 * dayMs;
/** Nothing that ECS lists was over earlier than this. */
const longestListedMs = 32 * dayMs;

/** The events of a region, by id. */
export type RegionEvents = Pick<RegionRecord, 'regionId' | 'source' | 'known' | 'completeSince'>;

/**
 * Reads them, and keeps those that are over.
 * @throws EcsReadFailed, StoreReadFailed where neither ECS nor what was kept can be read
 */
export async function readRegion(run: ReviewRun, regionId: string): Promise<RegionEvents> {
  const now = run.now.epochMilliseconds;
  const since = now - run.question.periodMs;
  const known = new Map<string, RecordedEvent>();
  const failure = await readListed(run, regionId, known);
  if (failure !== undefined) {
    // Half a list would make numbers that look whole.
    known.clear();
    await readKept(run, regionId, { since, until: now }, known);
    const message = messageOf(failure.thrown);
    run.problems.add({ regionId }, state('region-from-kept', { message }), failure.thrown);
    return { regionId, source: 'kept', known };
  }
  const listedSince = now - listedForMs;
  if (since < listedSince) await tryKept(run, regionId, { since, until: listedSince }, known);
  return { regionId, source: 'ecs', known, completeSince: listedSince };
}

/** Reads ECS's list. Returns what made it fail. */
async function readListed(
  run: ReviewRun,
  regionId: string,
  known: Map<string, RecordedEvent>,
): Promise<{ thrown: unknown } | undefined> {
  const keeper = await Keeper.open(run, regionId, run.now.epochMilliseconds - longestListedMs);
  let unread = 0;
  try {
    for await (const page of run.history.pages(regionId)) {
      unread += page.unread;
      add(known, page.events);
      await keeper.take(page.events);
    }
    if (unread > 0) run.problems.add({ regionId }, state('events-unread', { events: unread }));
    return undefined;
  } catch (thrown) {
    return { thrown };
  } finally {
    await keeper.end();
  }
}

interface Time {
  since: EpochMs;
  until: EpochMs;
}

async function readKept(
  { reviews }: ReviewRun,
  regionId: string,
  time: Time,
  known: Map<string, RecordedEvent>,
): Promise<void> {
  for await (const events of reviews.kept(regionId, time)) add(known, events);
}

/** ECS has the newer part of the period. Without the older one the numbers are too small, and the report says so. */
async function tryKept(
  run: ReviewRun,
  regionId: string,
  time: Time,
  known: Map<string, RecordedEvent>,
): Promise<void> {
  try {
    await readKept(run, regionId, time, known);
  } catch (thrown) {
    run.problems.add({ regionId }, state('kept-unreadable', { message: messageOf(thrown) }), thrown);
  }
}

/** An event can stand on two pages, and may have been kept: it counts once. */
function add(known: Map<string, RecordedEvent>, events: readonly RecordedEvent[]): void {
  for (const event of events) {
    const before = known.get(event.eventId);
    known.set(event.eventId, before === undefined ? event : newerOf(before, event));
  }
}
