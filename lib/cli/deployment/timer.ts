// The expression of a timer trigger: `second minute hour day month weekday` in UTC, the same after `CRON_TZ=…` in another zone,
// or `@every 4m`. Function Compute takes no expression of five fields, and `s` checks none of it.
import { Cron } from 'croner';
import { messageOf } from '../../failures.ts';
import type { Milliseconds } from '../../plan/calendar/instant.ts';
import type { Parsed } from '../../plan/calendar/parsed.ts';
import { isTimeZone } from '../../plan/calendar/time-zone.ts';

const expected =
  'six fields (second minute hour day month weekday), as in 0 */15 * * * *, perhaps after CRON_TZ=Asia/Shanghai, or @every 15m';

/** A Thursday, from which the firings are looked at. Any other day would do. */
const begin = new Date('2026-01-01T00:00:00Z');

/** Reads an expression. The value is the longest time from one firing to the next one. */
export function longestGap(text: string): Parsed<Milliseconds> {
  const every = /^@every\s+(\d+)(s|m|h)$/.exec(text);
  if (every !== null) {
    const gap = Number(every[1]) * { s: 1_000, m: 60_000, h: 3_600_000 }[every[2] as 's' | 'm' | 'h'];
    return gap > 0 ? { ok: true, value: gap } : { ok: false, expected };
  }
  const [, zone = 'UTC', fields = ''] = /^(?:CRON_TZ=(\S+)\s+)?(.*)$/.exec(text) ?? [];
  if (fields.trim().split(/\s+/).length !== 6) return { ok: false, expected };
  if (!isTimeZone(zone)) return { ok: false, expected: `${expected}: the zone is not known`, at: zone };
  return gapOf(fields.trim(), zone);
}

/**
 * A day is like another one, so the longest gap is within a day, or over days without a firing. The same holds for hours where
 * the expression leaves out none.
 */
function gapOf(fields: string, timezone: string): Parsed<Milliseconds> {
  const [, minute, hour, ...days] = fields.split(/\s+/);
  try {
    const firings = (pattern: string, count: number, from = begin): number[] =>
      new Cron(pattern, { mode: '6-part', timezone, paused: true })
        .nextRuns(count, from)
        .map((time) => time.getTime());
    const perMinute = `0 ${minute} ${hour} ${days.join(' ')}`;
    const byMinute = firings(perMinute, hour === '*' ? 61 : minutesOfDay + 1);
    if (byMinute.length < 2) return { ok: false, expected: `${expected}: this one never fires` };
    const within = longest(firings(fields, 100)).gap;
    // Without the seconds a gap may seem longer, but by less than a minute.
    const day = longest(byMinute).gap;
    const found = day - within < 60_000 ? within : day;
    const { from, gap } = longest(firings(`0 0 0 ${days.join(' ')}`, 400));
    if (gap <= 25 * 3_600_000) return { ok: true, value: found };
    const midnight = new Date(from - 1);
    const last = firings(perMinute, minutesOfDay, midnight).filter((time) => time < from + 86_400_000);
    const [next = from] = firings(perMinute, 1, new Date(from + gap - 1));
    return { ok: true, value: Math.max(found, next - (last.at(-1) ?? from)) };
  } catch (thrown) {
    return { ok: false, expected: `${expected} (${messageOf(thrown)})` };
  }
}

const minutesOfDay = 1_440;

/** The longest gap, and where it begins. */
function longest(times: readonly number[]): { from: number; gap: number } {
  const gaps = times
    .slice(1)
    .map((time, index) => ({ from: times[index] ?? time, gap: time - (times[index] ?? time) }));
  return gaps.reduce((most, one) => (one.gap > most.gap ? one : most), { from: 0, gap: 0 });
}
