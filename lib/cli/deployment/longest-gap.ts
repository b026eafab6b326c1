// How long a timer may be silent: START_ROOM is measured by it.
import type { Milliseconds } from '../../plan/calendar/instant.ts';
import type { Parsed } from '../../plan/calendar/parsed.ts';
import { remembered } from '../../plan/calendar/remembered.ts';
import { cronOf, expressionOf } from '../../settings/timer.ts';

/** A Thursday, from which the firings are looked at. Any other day would do. */
const begin = new Date('2026-01-01T00:00:00Z');

/**
 * The longest time from one firing of a timer's expression to the next one. A command asks for the same few timers again and
 * again, and each answer takes hundreds of firings.
 */
export const longestGap = remembered(readGap);

function readGap(text: string): Parsed<Milliseconds> {
  const read = expressionOf(text);
  if (!read.ok) return read;
  const { value } = read;
  return { ok: true, value: value.kind === 'every' ? value.lengthMs : gapOf(value.fields, value.timeZone) };
}

/**
 * A day is like another one, so the longest gap is within a day, or over days without a firing. The same holds for hours where
 * the expression leaves out none.
 */
function gapOf(fields: string, timeZone: string): Milliseconds {
  const [, minute, hour, ...days] = fields.split(/\s+/);
  const firings = (pattern: string, count: number, from = begin): number[] =>
    cronOf(pattern, timeZone)
      .nextRuns(count, from)
      .map((time) => time.getTime());
  const perMinute = `0 ${minute} ${hour} ${days.join(' ')}`;
  const byMinute = firings(perMinute, hour === '*' ? 61 : minutesOfDay + 1);
  const within = longest(firings(fields, 100)).gap;
  // Without the seconds a gap may seem longer, but by less than a minute.
  const day = longest(byMinute).gap;
  const found = day - within < 60_000 ? within : day;
  const { from, gap } = longest(firings(`0 0 0 ${days.join(' ')}`, 400));
  if (gap <= 25 * 3_600_000) return found;
  const midnight = new Date(from - 1);
  const last = firings(perMinute, minutesOfDay, midnight).filter((time) => time < from + 86_400_000);
  const [next = from] = firings(perMinute, 1, new Date(from + gap - 1));
  return Math.max(found, next - (last.at(-1) ?? from));
}

const minutesOfDay = 1_440;

/** The longest gap, and where it begins. */
function longest(times: readonly number[]): { from: number; gap: number } {
  const gaps = times
    .slice(1)
    .map((time, index) => ({ from: times[index] ?? time, gap: time - (times[index] ?? time) }));
  return gaps.reduce((most, one) => (one.gap > most.gap ? one : most), { from: 0, gap: 0 });
}
