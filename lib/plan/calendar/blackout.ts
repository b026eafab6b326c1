// Reads blackouts, the times without reboots: `2026-12-31/2027-01-03, 2027-02-05`, with hours as in
// `2026-12-24 18:00/2026-12-27 08:00`, and every year as in `10-01/10-07`. closed-times.ts turns them into instants.
import { Temporal } from 'temporal-polyfill';
import { halfWidth } from './half-width.ts';
import { allRead, misread, type Misreading, type Parsed } from './parsed.ts';
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
  const parts = piece.split(betweenDays).map((part) => part.trim());
  const hasForm = parts.length <= 2 && !parts.includes('');
  const roles = parts.length === 1 ? (['alone'] as const) : (['start', 'end'] as const);
  const sides = parts.map((part, index) => readSide(part, roles[index] ?? 'end'));
  // Where the piece as a whole has another form, the form of its parts says nothing.
  const faults = sides.flatMap((side) => (hasForm || side.moment ? side.faults : []));
  if (!hasForm) faults.unshift({ expected, at: piece });
  const moments = sides.flatMap(({ moment }) => moment ?? []);
  const [start, end = start] = moments;
  const range = start && end && moments.length === parts.length ? { start, end } : undefined;
  if (range !== undefined && hasForm) {
    const together = faultsTogether(range, faults.length === 0);
    faults.push(...together.map((one) => ({ expected: one, at: piece })));
  }
  const [first = { expected, at: piece }, ...others] = faults;
  if (faults.length > 0 || range === undefined) return misread(first, ...others);
  return { ok: true, value: { start: startOf(range), end: endOf(untilOf(range)) } };
}

/** A moment whose hour may be missing, or cannot be read. */
type WrittenMoment = Omit<BlackoutMoment, 'minute'> & { minute?: number };

/** One side of a range, and its faults. `moment` is absent where the text has not the form of a day, with or without an hour. */
interface Side {
  moment?: WrittenMoment;
  faults: Misreading[];
}

const hoursExpected = {
  alone: 'a time between 00:00 and 24:00',
  start: 'a start between 00:00 and 23:59',
  end: 'an end between 00:00 and 24:00',
};

function readSide(written: string, role: keyof typeof hoursExpected): Side {
  const found = /^((?:(\d{4})-)?(\d{2})-(\d{2}))(?:(?:\s+|T)((\d{1,2}):(\d{2})))?$/.exec(halfWidth(written));
  if (found === null) return { faults: [{ expected, at: written }] };
  const [, dayText = '', year, month, day, hourText, hours, minutes] = found;
  const date = {
    ...(year === undefined ? {} : { year: Number(year) }),
    month: Number(month),
    day: Number(day),
  };
  const faults: Misreading[] = [];
  const missing = missingDay(date);
  if (missing !== undefined) faults.push({ expected: missing, at: written.slice(0, dayText.length) });
  if (hourText === undefined) return { moment: date, faults };
  const minute = Number(hours) * 60 + Number(minutes);
  const last = role === 'start' ? minutesADay - 1 : minutesADay;
  if (Number(minutes) > 59 || minute > last) {
    faults.push({ expected: hoursExpected[role], at: written.slice(-hourText.length) });
  }
  return { moment: { ...date, minute }, faults };
}

interface WrittenRange {
  start: WrittenMoment;
  end: WrittenMoment;
}

/** Faults of both sides together. Their order counts only where each of them is right. */
function faultsTogether(range: WrittenRange, isEachRight: boolean): string[] {
  const { start, end } = range;
  const hasHours = start.minute !== undefined || end.minute !== undefined;
  if ((start.year === undefined) !== (end.year === undefined)) {
    return ['a year on both sides, or on neither for every year'];
  }
  if (start === end && hasHours) {
    return ['a range where it has hours, as in 2026-12-24 18:00/2026-12-27 08:00'];
  }
  if (!isEachRight || !isBackwards(startOf(range), untilOf(range))) return [];
  return [hasHours ? 'a range that begins before it ends' : 'a range whose first day is not after its last'];
}

function startOf({ start }: WrittenRange): BlackoutMoment {
  return { ...start, minute: start.minute ?? 0 };
}

function untilOf({ end }: WrittenRange): BlackoutMoment {
  return { ...end, minute: end.minute ?? minutesADay };
}

/** What is expected instead of a day that does not exist. A yearly February 29 exists in some years. */
function missingDay({ year, month, day }: Omit<BlackoutMoment, 'minute'>): string | undefined {
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
