// Times for people: the wall time in the zone of the plan, and how far away it is.
import { elapsed, inZone, type Instant, type Milliseconds } from '../../../plan/calendar/instant.ts';
import type { Voice } from '../words/voice.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `in 3 h 12 min`, `12 min ago`, `now`. */
function relative(time: Instant, now: Instant, voice: Voice): string {
  const ms = elapsed(now, time);
  if (Math.abs(ms) < minute) return voice.say('now');
  const length = lengthOf(Math.abs(ms), voice);
  return ms > 0 ? voice.say('ahead', { length }) : voice.say('ago', { length });
}

/** The same for a column whose head says that it is ahead: `3 h 12 min`. */
export function distance(time: Instant, now: Instant, voice: Voice): string {
  const ms = elapsed(now, time);
  return ms >= minute ? lengthOf(ms, voice) : relative(time, now, voice);
}

function lengthOf(ms: Milliseconds, voice: Voice): string {
  const [big, small] = ms >= day ? (['day', 'hour'] as const) : (['hour', 'minute'] as const);
  const [size, part] = ms >= day ? [day, hour] : [hour, minute];
  const whole = Math.floor(ms / size);
  const rest = Math.floor((ms % size) / part);
  return [
    ...(whole > 0 ? [voice.say(big, { count: String(whole) })] : []),
    ...(rest > 0 ? [voice.say(small, { count: String(rest) })] : []),
  ].join(' ');
}

/** `Wed 2026-12-02 03:00`, without the zone. */
export function wall(time: Instant, timeZone: string, voice: Voice): string {
  return voice.time(time, timeZone).replace(` ${timeZone}`, '');
}

/** `12-02 03:00`, as short as a column of a narrow table needs it. */
export function shortWall(time: Instant, timeZone: string): string {
  return inZone(time, timeZone).slice('Wed 2026-'.length).replace(` ${timeZone}`, '');
}

/** `Wed 2026-12-02 03:00 Asia/Shanghai, in 3 h 12 min`. */
export function wallAndRelative(
  at: Instant,
  { timeZone, now, voice }: { timeZone: string; now: Instant; voice: Voice },
): string {
  const values = { time: voice.time(at, timeZone), relative: relative(at, now, voice) };
  return voice.say('time-and-relative', values);
}
