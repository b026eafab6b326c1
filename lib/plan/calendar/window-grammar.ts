// Reads maintenance windows: `daily 02:00-05:00`, `Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00`, `always`. calendar.ts turns
// them into instants.
import type { Parsed } from './parsed.ts';

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const minutesADay = 24 * 60;

/** One range of wall time that starts on some days of the week. */
export interface DayRange {
  /** ISO days of the week, 1 = Monday, on which the range starts. */
  days: ReadonlySet<number>;
  /** Minutes after midnight, 0–1439. */
  start: number;
  /** Minutes after midnight, 0–1440. On the next day where it is not after `start`. */
  end: number;
}

/** When reboots are allowed: at any time, or in ranges of wall time. */
export type Windows = 'always' | readonly DayRange[];

/** Reads the whole setting. A fault names the part of the text that cannot be read. */
export function parseWindows(text: string): Parsed<Windows> {
  const trimmed = text.trim();
  if (trimmed.toLowerCase() === 'always') return { ok: true, value: 'always' };
  const pieces = trimmed.split(';').map((piece) => piece.trim());
  if (pieces.at(-1) === '' && pieces.length > 1) pieces.pop();
  const ranges: DayRange[] = [];
  for (const piece of pieces) {
    const range = parseRange(piece);
    if (!range.ok) return range;
    ranges.push(...range.value);
  }
  return { ok: true, value: ranges };
}

/** Windows, with the text from which they were read. */
export interface WrittenWindows {
  text: string;
  windows: Windows;
}

/** Reads windows and keeps their text. Reasons quote it, and a changed text shows that the windows changed. */
export function parseWrittenWindows(text: string): Parsed<WrittenWindows> {
  const parsed = parseWindows(text);
  return parsed.ok ? { ok: true, value: { text, windows: parsed.value } } : parsed;
}

const example =
  'days and times as in "daily 02:00-05:00" or "Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00", or "always"';

function parseRange(piece: string): Parsed<DayRange[]> {
  const [, dayText, timeText] = /^(.*?[A-Za-z])\s+(\d.*)$/.exec(piece) ?? [];
  if (dayText === undefined || timeText === undefined) return { ok: false, expected: example, at: piece };
  const days = parseDays(dayText);
  if (!days.ok) return days;
  const ranges: DayRange[] = [];
  for (const text of timeText.split(',')) {
    const times = parseTimes(text.trim());
    if (!times.ok) return times;
    ranges.push({ days: days.value, ...times.value });
  }
  return { ok: true, value: ranges };
}

function parseDays(text: string): Parsed<ReadonlySet<number>> {
  if (text.toLowerCase() === 'daily') return { ok: true, value: new Set([1, 2, 3, 4, 5, 6, 7]) };
  const days = new Set<number>();
  for (const item of text.split(',')) {
    const [, first = '', last = first] = /^\s*([A-Za-z]+)(?:\s*-\s*([A-Za-z]+))?\s*$/.exec(item) ?? [];
    const from = dayNumber(first);
    const to = dayNumber(last);
    if (from === undefined || to === undefined) {
      return { ok: false, expected: 'daily, or days of the week as in Mon-Fri or Sat,Sun', at: item.trim() };
    }
    for (let day = from; ; day = (day % 7) + 1) {
      days.add(day);
      if (day === to) break;
    }
  }
  return { ok: true, value: days };
}

function dayNumber(name: string): number | undefined {
  const index = dayNames.findIndex((day) => day.toLowerCase() === name.toLowerCase());
  return index < 0 ? undefined : index + 1;
}

function parseTimes(text: string): Parsed<{ start: number; end: number }> {
  const [, startText, endText] = /^(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})$/.exec(text) ?? [];
  if (startText === undefined || endText === undefined) {
    return { ok: false, expected: 'times as in 02:00-05:00', at: text };
  }
  const start = parseTime(startText);
  const end = parseTime(endText);
  if (start === undefined || start === minutesADay) {
    return { ok: false, expected: 'a start between 00:00 and 23:59', at: startText };
  }
  if (end === undefined) return { ok: false, expected: 'an end between 00:00 and 24:00', at: endText };
  if (start === end) {
    return { ok: false, expected: 'a range that is not empty; a whole day is 00:00-24:00', at: text };
  }
  return { ok: true, value: { start, end } };
}

function parseTime(text: string): number | undefined {
  const [hours = NaN, minutes = NaN] = text.split(':').map(Number);
  const total = hours * 60 + minutes;
  return minutes < 60 && total <= minutesADay ? total : undefined;
}
