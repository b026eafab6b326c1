// A time as people write it into a row: with an offset, or as a wall time in a zone. `2026-12-01 02:30`,
// `Tue 2026-12-01 02:30 Asia/Shanghai`. A wall time that a change of clocks skips is not understood. One that it repeats needs
// its offset, as `inZone` writes it: `Sun 2026-10-25 02:30+01:00 Europe/Berlin`.
import { Temporal } from 'temporal-polyfill';
import { halfWidth } from './half-width.ts';
import { parseInstant, type Instant } from './instant.ts';
import { parseTimeZone } from './time-zone.ts';

const wallTime =
  /^(?:(?<day>[a-z]{3})[a-z]*,?\s+)?(?<date>\d{4}-\d{2}-\d{2})(?:\s+|T)(?<time>\d{1,2}:\d{2}(?::\d{2})?)(?<offset>[+-]\d{2}:\d{2})?(?:\s+(?<zone>[a-z][\w/+-]*))?$/i;

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/**
 * The instant; undefined where the text is no time, or could mean two.
 * @param timeZone the zone of a wall time that names none; undefined where none is known
 */
export function parseWallTime(text: string, timeZone: string | undefined): Instant | undefined {
  const plain = halfWidth(text).trim();
  const groups = wallTime.exec(plain)?.groups;
  if (groups === undefined) return parseInstant(plain.toUpperCase());
  const { day, date = '', time = '', offset, zone } = groups;
  const parsed = zone === undefined ? undefined : parseTimeZone(zone);
  if (parsed?.ok === false) return undefined;
  // An offset alone is a zone.
  const named = parsed?.value ?? offset ?? timeZone;
  if (named === undefined) return undefined;
  const wall = `${date}T${time.padStart(time.length === 4 || time.length === 7 ? time.length + 1 : time.length, '0')}`;
  const instant = instantOf(`${wall}${offset ?? ''}[${named}]`);
  if (instant === undefined || day === undefined) return instant;
  const weekday = days[instant.toZonedDateTimeISO(named).dayOfWeek - 1];
  return weekday === day.toLowerCase() ? instant : undefined;
}

function instantOf(wall: string): Instant | undefined {
  try {
    return Temporal.ZonedDateTime.from(wall, {
      overflow: 'reject',
      disambiguation: 'reject',
      offset: 'reject',
    }).toInstant();
  } catch {
    return undefined;
  }
}
