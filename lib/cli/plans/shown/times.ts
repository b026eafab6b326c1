// Times for people: the wall time in the zone of the plan, and how far away it is.
import { elapsed, inZone, type Instant, type Milliseconds } from '../../../plan/calendar/instant.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `in 3 h 12 min`, `12 min ago`, `now`. */
export function relative(time: Instant, now: Instant): string {
  const ms = elapsed(now, time);
  const size = Math.abs(ms);
  if (size < minute) return 'now';
  return ms > 0 ? `in ${lengthOf(size)}` : `${lengthOf(size)} ago`;
}

function lengthOf(ms: Milliseconds): string {
  const [big, small] = ms >= day ? (['d', 'h'] as const) : (['h', 'min'] as const);
  const [size, part] = ms >= day ? [day, hour] : [hour, minute];
  const whole = Math.floor(ms / size);
  const rest = Math.floor((ms % size) / part);
  return [...(whole > 0 ? [`${whole} ${big}`] : []), ...(rest > 0 ? [`${rest} ${small}`] : [])].join(' ');
}

/** `Wed 2026-12-02 03:00`, without the zone. */
export function wall(time: Instant, timeZone: string): string {
  return inZone(time, timeZone).replace(` ${timeZone}`, '');
}

/** `12-02 03:00`, as short as a column of a narrow table needs it. */
export function shortWall(time: Instant, timeZone: string): string {
  return wall(time, timeZone).slice('Wed 2026-'.length);
}

/** `Wed 2026-12-02 03:00 Asia/Shanghai, in 3 h 12 min`. */
export function wallAndRelative(time: Instant, timeZone: string, now: Instant): string {
  return `${inZone(time, timeZone)}, ${relative(time, now)}`;
}
