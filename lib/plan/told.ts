// What is kept of what people were told, in the rows and of each channel, and how they want to be told.
import type { Calendar } from './calendar/calendar.ts';
import type { Instant } from './calendar/instant.ts';
import type { NewsItem } from './news-item.ts';
import type { DeliveryProblem } from './notice.ts';
import type { StandingKind } from './standing.ts';

/** A row with news that somebody may not have been told. */
export interface UntoldRow {
  regionId: string;
  instanceId: string;
  instanceName?: string;
  status?: string;
  news: readonly NewsItem[];
  told: Told;
}

/** By channel, the keys of the news that it was told. */
export type Told = Readonly<Record<string, readonly string[]>>;

/** Both, each key once. */
export function joinedTold(before: Told, now: Told): Told {
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  return Object.fromEntries(
    [...names].map((name) => [name, [...new Set([...(before[name] ?? []), ...(now[name] ?? [])])]]),
  );
}

/** What was told of a row. */
export interface ToldChange {
  row: UntoldRow;
  /** What was told now. */
  told: Told;
  /** True where nobody is to be told more of the row as it was read. */
  isDone: boolean;
}

/** What is known of a channel from earlier runs. */
export interface ChannelRecord {
  /** Tries in a row that were not taken. */
  failures: number;
  /** When the first of them was. */
  since?: Instant;
  /** No try before this. */
  notBefore?: Instant;
  problem?: DeliveryProblem;
  /** True where the receiver is gone for good. */
  isGone: boolean;
  /** Keys of what stands in the way of the planner, of which the channel was told. */
  standing: readonly string[];
}

/** What all runs know of all channels, by name. */
export type ChannelRecords = Readonly<Record<string, ChannelRecord>>;

/** How people are told. */
export interface NoticeWishes {
  language: 'en' | 'zh';
  /** Of the times in notices. */
  timeZone: string;
  /** What they want to hear of what stands in the way of the planner. */
  standing: readonly StandingKind[];
  /** When only what needs a person is told. Absent where there are no such hours. */
  quietHours?: Calendar;
}
