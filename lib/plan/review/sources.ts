// Where a review gets its records from. lib/alibaba implements both.
import type { EpochMs, EventPage, RecordedEvent, ReviewedPlan } from './records.ts';

/** ECS's own record. */
export interface EventHistory {
  /**
   * Every event of the region that ECS still lists, of every type and in every status, page by page. ECS keeps an event for 30
   * days after its end. Reads retry, and throw an EcsReadFailed when they give up.
   */
  pages(regionId: string): AsyncIterable<EventPage>;
}

/** What the tables have. Reads throw a StoreReadFailed when they give up. */
export interface ReviewStore {
  /** The plans of all regions: those in the plans table, and those of the history that ended since then. Each plan comes once. */
  plans(endedSince: EpochMs): AsyncIterable<readonly ReviewedPlan[]>;
  /** The events of the region that reviews kept and that were over in this time, `until` excluded. */
  kept(regionId: string, time: { since: EpochMs; until: EpochMs }): AsyncIterable<readonly RecordedEvent[]>;
  /** The names of the events that were kept and over since then. */
  keptNames(regionId: string, since: EpochMs): Promise<ReadonlySet<string>>;
  /**
   * Keeps events that are over. Keeping one again changes nothing. It never throws: `failed` counts those that could not be
   * written, and `message` says why.
   */
  keep(regionId: string, events: readonly RecordedEvent[]): Promise<{ failed: number; message?: string }>;
  /** The channels that were told the review of this day, as in `2026-12-01`. */
  toldOf(day: string): Promise<readonly string[]>;
  /** Records them. Returns why it could not; undefined where it could. It never throws. */
  recordTold(day: string, channels: readonly string[]): Promise<string | undefined>;
}

/** The name under which an event is kept: its end, so that a time is a range, and its id. */
export function keptName(eventId: string, overAt: EpochMs): string {
  return `${new Date(overAt).toISOString()} ${eventId}`;
}
