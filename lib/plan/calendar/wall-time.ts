// A time as people write it into a row: with an offset, or as a wall time in a zone. `2026-12-01 02:30`,
// `Tue 2026-12-01 02:30 Asia/Shanghai`. A wall time that a change of clocks skips is not understood. One that it repeats needs
// its offset, as `inZone` writes it: `Sun 2026-10-25 02:30+01:00 Europe/Berlin`.
import { Temporal } from 'temporal-polyfill';
import { halfWidth } from './half-width.ts';
import { isSame, parseInstant, type Instant } from './instant.ts';
import { parseTimeZone } from './time-zone.ts';

const wallTime =
  /^(?:(?<day>[a-z]{3})[a-z]*,?\s+)?(?<date>\d{4}-\d{2}-\d{2})(?:\s+|T)(?<time>\d{1,2}:\d{2}(?::\d{2})?)(?<offset>[+-]\d{2}:\d{2})?(?:\s+(?<zone>[a-z][\w/+-]*))?$/i;

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** The parts of a text that has the form of a wall time. */
interface Written {
  day: string | undefined;
  /** As in `2026-10-25T02:30`. */
  wall: string;
  offset: string | undefined;
  /** The zone that is named, else the offset, else the usual one. Undefined where there is none, or it is no zone. */
  zone: string | undefined;
}

/** Undefined where the text has another form. */
function writtenIn(plain: string, timeZone: string | undefined): Written | undefined {
  const groups = wallTime.exec(plain)?.groups;
  if (groups === undefined) return undefined;
  const { day, date = '', time = '', offset, zone } = groups;
  const wall = `${date}T${/^\d:/.test(time) ? '0' : ''}${time}`;
  if (zone === undefined) return { day, wall, offset, zone: offset ?? timeZone };
  const parsed = parseTimeZone(zone);
  return { day, wall, offset, zone: parsed.ok ? parsed.value : undefined };
}

/**
 * The instant; undefined where the text is no time, or could mean two.
 * @param timeZone the zone of a wall time that names none; undefined where none is known
 */
export function parseWallTime(text: string, timeZone: string | undefined): Instant | undefined {
  const plain = halfWidth(text).trim();
  const written = writtenIn(plain, timeZone);
  if (written === undefined) return parseInstant(plain.toUpperCase());
  const { day, wall, offset = '', zone } = written;
  if (zone === undefined) return undefined;
  const instant = instantOf(`${wall}${offset}[${zone}]`, 'reject');
  if (instant === undefined || day === undefined) return instant;
  const weekday = days[instant.toZonedDateTimeISO(zone).dayOfWeek - 1];
  return weekday === day.toLowerCase() ? instant : undefined;
}

/** What is expected instead of a wall time that a change of clocks skips or repeats. Undefined for every other text. */
export function expectedAtChange(text: string, timeZone: string | undefined): string | undefined {
  const { wall = '', offset, zone } = writtenIn(halfWidth(text).trim(), timeZone) ?? {};
  if (zone === undefined || offset !== undefined) return undefined;
  const earlier = instantOf(`${wall}[${zone}]`, 'earlier');
  const later = instantOf(`${wall}[${zone}]`, 'later');
  if (earlier === undefined || later === undefined || isSame(earlier, later)) return undefined;
  const [first, second] = [earlier, later].map((instant) => instant.toZonedDateTimeISO(zone));
  const shown = first?.toPlainDateTime().toString();
  if (first === undefined || second === undefined || shown !== second.toPlainDateTime().toString()) {
    return `another time: the clocks of ${zone} skip this one`;
  }
  return `${wall}${first.offset} or ${wall}${second.offset}: the clocks of ${zone} show this time twice`;
}

function instantOf(wall: string, disambiguation: 'reject' | 'earlier' | 'later'): Instant | undefined {
  try {
    const rules = { overflow: 'reject', offset: 'reject', disambiguation } as const;
    return Temporal.ZonedDateTime.from(wall, rules).toInstant();
  } catch {
    return undefined;
  }
}
