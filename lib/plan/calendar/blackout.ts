// Reads blackout dates, the days without reboots: `2026-12-31/2027-01-03, 2027-02-05`. They are whole days in the
// calendar's time zone. calendar.ts takes them out of the windows.
import { Temporal } from 'temporal-polyfill';
import type { Parsed } from './parsed.ts';

/** A range of whole days. It includes both `first` and `last`. */
export interface Blackout {
  first: Temporal.PlainDate;
  last: Temporal.PlainDate;
}

const expected = 'days or ranges of days as in 2026-12-31/2027-01-03, 2027-02-05';

/** Reads the setting. An empty text and `none` mean no blackout. */
export function parseBlackouts(text: string): Parsed<readonly Blackout[]> {
  const blackouts: Blackout[] = [];
  if (text.trim() === '' || text.trim().toLowerCase() === 'none') return { ok: true, value: blackouts };
  for (const piece of text.split(',')) {
    const [firstText = '', lastText = firstText, ...more] = piece.trim().split('/');
    const first = parseDate(firstText.trim());
    const last = parseDate(lastText.trim());
    if (first === undefined || last === undefined || more.length > 0) {
      return { ok: false, expected, at: piece.trim() };
    }
    if (Temporal.PlainDate.compare(first, last) > 0) {
      return { ok: false, expected: 'a range whose first day is not after its last', at: piece.trim() };
    }
    blackouts.push({ first, last });
  }
  return { ok: true, value: blackouts };
}

function parseDate(text: string): Temporal.PlainDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}
