// Which news of which rows a channel is to be told now.
import { isOpenAt } from '../../plan/calendar/calendar.ts';
import { isAfter, plus, type Instant, type Milliseconds } from '../../plan/calendar/instant.ts';
import { isOvertaken, needsPerson, newsKey, type NewsItem } from '../../plan/news-item.ts';
import type { ChannelRecord, ChannelRecords, Telling, UntoldRow } from '../../ports.ts';
import { unknownChannel } from './pauses.ts';

/** A row, and what one channel is to be told of it. */
export interface Pending {
  row: UntoldRow;
  items: readonly NewsItem[];
}

/** The news that the channel was not told, of the rows that have any. In quiet hours only what needs a person. */
export function pendingFor(name: string, rows: readonly UntoldRow[], isQuiet: boolean): Pending[] {
  return rows
    .map((row) => ({
      row,
      items: untold(name, row).filter(({ kind }) => !isQuiet || needsPerson(kind)),
    }))
    .filter(({ items }) => items.length > 0);
}

function untold(name: string, { news, told, status }: UntoldRow): NewsItem[] {
  const known = new Set(told[name]);
  return news.filter((item) => !known.has(newsKey(item)) && !isOvertaken(item, news, status));
}

/** True where no channel that is still there is to be told more of the row. */
export function isAllTold(row: UntoldRow, names: readonly string[]): boolean {
  return names.every((name) => untold(name, row).length === 0);
}

/** The record of a channel. */
export function recordOf(records: ChannelRecords, name: string): ChannelRecord {
  return records[name] ?? unknownChannel;
}

/** True where the channel takes nothing before a later time, or never again. A time more than two days ahead was edited. */
export function isPaused({ isGone, notBefore }: ChannelRecord, now: Instant): boolean {
  if (isGone || notBefore === undefined) return isGone;
  return isAfter(notBefore, now) && !isAfter(notBefore, plus(now, longestPauseMs));
}

/** Longer than the longest pause of a receiver, which is a day. */
const longestPauseMs: Milliseconds = 48 * 3_600_000;

/** True where now only what needs a person is told. */
export function isQuiet({ quietHours }: Telling, now: Instant): boolean {
  return quietHours !== undefined && isOpenAt(quietHours, now);
}
