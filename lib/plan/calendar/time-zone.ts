// Reads the name of a time zone.
import { Temporal } from 'temporal-polyfill';
import { halfWidth } from './half-width.ts';
import type { Parsed } from './parsed.ts';
import { remembered } from './remembered.ts';
import { isMisleading, zoneHint } from './zone-hints.ts';

/**
 * Accepts names that Temporal knows, in any letter case, and gives their usual spelling. Refuses offsets like +08:00, because
 * they ignore daylight saving, EST and MST, which do so, too, and names like Etc/GMT+8, because it is UTC-8.
 */
export const parseTimeZone = remembered(readTimeZone);

function readTimeZone(text: string): Parsed<string> {
  const name = nameOf(text);
  if (name !== undefined && !isMisleading(name)) return { ok: true, value: name };
  const { zone, why } = zoneHint(halfWidth(text).trim());
  return { ok: false, expected: `an IANA time zone as in ${zone}${why === undefined ? '' : `: ${why}`}` };
}

/** True for the name of a time zone, also for one that is refused because it misleads. */
export function isTimeZone(text: string): boolean {
  return nameOf(text) !== undefined;
}

function nameOf(text: string): string | undefined {
  // Temporal also reads whole times with a zone, and offsets.
  if (!/^[A-Za-z][\w/+-]*$/.test(text)) return undefined;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text).timeZoneId;
  } catch {
    return undefined;
  }
}
