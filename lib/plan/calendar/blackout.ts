// Reads blackouts, the times without reboots: `2026-12-31/2027-01-03, 2027-02-05`, with hours as in
// `2026-12-24 18:00/2026-12-27 08:00`, and every year as in `10-01/10-07`. closed-times.ts turns them into instants.
import { Temporal } from 'temporal-polyfill';
import { halfWidth } from './half-width.ts';
import { allRead, type Parsed } from './parsed.ts';
import { remembered } from './remembered.ts';
import { clockText } from './window-text.ts';
import { minutesADay } from './windows.ts';

/** A wall time of a day. Without a year it comes every year. */
export interface BlackoutMoment {
  year?: number;
  month: number;
  day: number;
  /** Minutes after midnight, 0–1440. */
  minute: number;
}

/** A blackout includes `start` and excludes `end`. Either both have a year or neither; a yearly one may run over New Year. */
export interface Blackout {
  start: BlackoutMoment;
  end: BlackoutMoment;
}

/** Reads the setting. An empty text and `none` mean no blackout. */
export const parseBlackouts = remembered(readBlackouts);

function readBlackouts(text: string): Parsed<readonly Blackout[]> {
  if (text.trim() === '' || text.trim().toLowerCase() === 'none') return { ok: true, value: [] };
  // A separator too many is no fault, but a text of separators is.
  const pieces = text.split(separators).map((piece) => piece.trim());
  const named = pieces.filter((piece) => piece !== '');
  return allRead((named.length === 0 ? [''] : named).map(parseBlackout));
}

/** The normal form: `2026-12-31/2027-01-03`, `2027-02-05`, `2026-12-24 18:00/2026-12-27 08:00`, `10-01/10-07`. */
export function blackoutText({ start, end }: Blackout): string {
  if (start.minute !== 0 || end.minute !== minutesADay) {
    return `${dateText(start)} ${clockText(start.minute)}/${dateText(end)} ${clockText(end.minute)}`;
  }
  const [first, last] = [dateText(start), dateText(end)];
  return first === last ? first : `${first}/${last}`;
}

const expected = 'days or ranges of days as in 2026-12-31/2027-01-03, 2027-02-05';

/** Strings, because the bundle is plain ASCII, and it escapes strings only. */
const separators = new RegExp('[,;，；、\\n]');
const betweenDays = new RegExp('[/／]|[~～〜–—]+|至|到');

function parseBlackout(piece: string): Parsed<Blackout> {
  const parts = piece.split(betweenDays);
  const [startText = '', endText = startText, ...more] = parts;
  const start = momentOf(startText);
  const end = momentOf(endText);
  if (start === undefined || end === undefined || more.length > 0) return { ok: false, expected, at: piece };
  const missing = [start, end].map(missingDay).find((fault) => fault !== undefined);
  if (missing !== undefined) return { ok: false, expected: missing, at: piece };
  if ((start.year === undefined) !== (end.year === undefined)) {
    return { ok: false, expected: 'a year on both sides, or on neither for every year', at: piece };
  }
  if (parts.length === 1 && start.minute !== undefined) {
    return {
      ok: false,
      expected: 'a range where it has hours, as in 2026-12-24 18:00/2026-12-27 08:00',
      at: piece,
    };
  }
  if (start.minute === minutesADay)
    return { ok: false, expected: 'a start between 00:00 and 23:59', at: piece };
  const from = { ...start, minute: start.minute ?? 0 };
  const until = { ...end, minute: end.minute ?? minutesADay };
  if (isBackwards(from, until)) {
    const hasHours = start.minute !== undefined || end.minute !== undefined;
    const order = hasHours
      ? 'a range that begins before it ends'
      : 'a range whose first day is not after its last';
    return { ok: false, expected: order, at: piece };
  }
  return { ok: true, value: { start: from, end: endOf(until) } };
}

/** A moment whose hour may be missing. */
type WrittenMoment = Omit<BlackoutMoment, 'minute'> & { minute: number | undefined };

/** Undefined for a text that has not the form of a day, with or without an hour. */
function momentOf(written: string): WrittenMoment | undefined {
  const text = halfWidth(written).trim();
  const found = /^(?:(\d{4})-)?(\d{2})-(\d{2})(?:(?:\s+|T)(\d{1,2}):(\d{2}))?$/.exec(text);
  if (found === null) return undefined;
  const [, year, month, day, hours, minutes] = found;
  const minute = hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
  if (Number(minutes ?? 0) > 59 || (minute ?? 0) > minutesADay) return undefined;
  const date = { month: Number(month), day: Number(day), minute };
  return year === undefined ? date : { year: Number(year), ...date };
}

/** What is expected instead of a day that does not exist. A yearly February 29 exists in some years. */
function missingDay({ year, month, day }: WrittenMoment): string | undefined {
  const exists = (someYear: number): boolean => {
    try {
      Temporal.PlainDate.from({ year: someYear, month, day }, { overflow: 'reject' });
      return true;
    } catch {
      return false;
    }
  };
  const leapYear = 2000;
  if (exists(year ?? leapYear)) return undefined;
  return exists(leapYear) ? `a day that exists: ${year} has no February 29` : expected;
}

/** A range that ends at 00:00 ends with the day before, so that the same range has one form. */
function endOf(end: BlackoutMoment): BlackoutMoment {
  if (end.minute !== 0) return end;
  // In a leap year the day before March 1 is February 29, which a common year takes as its last of February.
  const { year, month, day } = new Temporal.PlainDate(end.year ?? 2000, end.month, end.day).subtract({
    days: 1,
  });
  return { ...(end.year === undefined ? {} : { year }), month, day, minute: minutesADay };
}

/** A yearly range whose last day is before its first runs over New Year. */
function isBackwards(start: BlackoutMoment, end: BlackoutMoment): boolean {
  const dayOf = ({ year = 0, month, day }: BlackoutMoment): number => (year * 12 + month) * 31 + day;
  const days = dayOf(end) - dayOf(start);
  return days === 0 ? end.minute <= start.minute : days < 0 && start.year !== undefined;
}

function dateText({ year, month, day }: BlackoutMoment): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${two(month)}-${two(day)}`;
  return year === undefined ? date : `${String(year).padStart(4, '0')}-${date}`;
}
