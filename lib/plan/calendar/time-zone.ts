// Reads the name of a time zone.
import { Temporal } from 'temporal-polyfill';
import type { Parsed } from './parsed.ts';

/** Accepts names that Temporal knows. Refuses offsets like +08:00, because they ignore daylight saving. */
export function parseTimeZone(text: string): Parsed<string> {
  const expected = 'an IANA time zone as in Asia/Shanghai';
  if (!/^[A-Za-z]/.test(text)) return { ok: false, expected };
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text);
    return { ok: true, value: text };
  } catch {
    return { ok: false, expected };
  }
}
