// Days on which nothing is rebooted: `2026-12-31/2027-01-03, 2027-02-05`, whole days in the window's zone, both ends included.
import { Temporal } from 'temporal-polyfill';
import type { Parsed } from './parsed.ts';

/** A run of whole days; `first` and `last` both belong to it. */
export interface Blackout {
  first: Temporal.PlainDate;
  last: Temporal.PlainDate;
}

const expected = 'days or ranges of days as in 2026-12-31/2027-01-03, 2027-02-05';

/** Reads the setting; an empty text means none. */
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
