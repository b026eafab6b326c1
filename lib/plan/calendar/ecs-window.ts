// Translates windows that owners set in ECS into the planner's own grammar. ECS has two kinds: an instance's maintenance
// window, daily in UTC+8, and O&M windows, daily or weekly in UTC. lib/alibaba decides which of them applies to an
// instance.
import type { Parsed } from './parsed.ts';
import { parseTimeZone } from './time-zone.ts';
import { parseWindows } from './window-grammar.ts';

/** When the owner allows maintenance, according to ECS. */
export interface EcsWindow {
  /** In the grammar of window-grammar.ts: `daily 02:00-06:00`, `Mon 22:00-24:00; Tue 00:00-03:00`. */
  text: string;
  /** IANA name. */
  timeZone: string;
}

/** One range as ECS writes it. Each end is `02:00:00`, `22:00`, or `Monday,22:00`. */
export interface EcsRange {
  start: string;
  end: string;
}

const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const minutesADay = 24 * 60;
const minutesAWeek = 7 * minutesADay;

/** The window as rows store it: `daily 02:00-06:00 Asia/Shanghai`. */
export function ecsWindowText({ text, timeZone }: EcsWindow): string {
  return `${text} ${timeZone}`;
}

/** Reads what `ecsWindowText` wrote. The last word is the time zone. */
export function parseEcsWindow(text: string): Parsed<EcsWindow> {
  const [, windowsText, zoneText] = /^\s*(\S.*?)\s+(\S+)\s*$/.exec(text) ?? [];
  if (windowsText === undefined || zoneText === undefined) {
    return {
      ok: false,
      expected: 'windows and a time zone, as in "daily 02:00-06:00 Asia/Shanghai"',
      at: text,
    };
  }
  const zone = parseTimeZone(zoneText);
  if (!zone.ok) return { ...zone, at: zoneText };
  const windows = parseWindows(windowsText);
  return windows.ok ? { ok: true, value: { text: windowsText, timeZone: zone.value } } : windows;
}

/** Translates an instance's maintenance window. ECS stores it in UTC+8, which is Shanghai's time all year. */
export function instanceWindow(ranges: readonly EcsRange[]): Parsed<EcsWindow> {
  return windowOf(ranges, daily, 'Asia/Shanghai');
}

/** Translates an O&M window by its PeriodUnit. ECS stores it in UTC. */
export function planMaintenanceWindow(periodUnit: string, ranges: readonly EcsRange[]): Parsed<EcsWindow> {
  switch (periodUnit) {
    case 'Daily':
      return windowOf(ranges, daily, 'UTC');
    case 'Weekly':
      return windowOf(ranges, weekly, 'UTC');
    default:
      return { ok: false, expected: 'a PeriodUnit of Daily or Weekly', at: periodUnit };
  }
}

/** Joins windows of the same time zone: each range once, in the given order. Undefined for an empty list. */
export function union(windows: readonly EcsWindow[]): EcsWindow | undefined {
  const [first] = windows;
  if (first === undefined) return undefined;
  const ranges = new Set(windows.flatMap(({ text }) => text.split('; ')));
  return { text: [...ranges].join('; '), timeZone: first.timeZone };
}

function windowOf(
  ranges: readonly EcsRange[],
  read: (range: EcsRange) => Parsed<string[]>,
  timeZone: string,
): Parsed<EcsWindow> {
  if (ranges.length === 0) return { ok: false, expected: 'at least one range of times' };
  const texts = new Set<string>();
  for (const range of ranges) {
    const parsed = read(range);
    if (!parsed.ok) return parsed;
    for (const text of parsed.value) texts.add(text);
  }
  return { ok: true, value: { text: [...texts].join('; '), timeZone } };
}

function daily(range: EcsRange): Parsed<string[]> {
  const start = parseClock(range.start);
  const end = parseClock(range.end);
  const expected = 'a time as in 22:00';
  if (start === undefined) return { ok: false, expected, at: range.start };
  if (end === undefined) return { ok: false, expected, at: range.end };
  if (start === end) return isEmpty(range);
  return { ok: true, value: [`daily ${clockText(start)}-${clockText(end === 0 ? minutesADay : end)}`] };
}

/** A weekly range may last for days. A range of the grammar may not, so the weekly range is split at each midnight. */
function weekly(range: EcsRange): Parsed<string[]> {
  const start = parseMoment(range.start);
  const end = parseMoment(range.end);
  const expected = 'a day and a time as in Monday,22:00';
  if (start === undefined) return { ok: false, expected, at: range.start };
  if (end === undefined) return { ok: false, expected, at: range.end };
  if (start === end) return isEmpty(range);
  const last = end < start ? end + minutesAWeek : end;
  const pieces: string[] = [];
  for (let at = start; at < last;) {
    const midnight = Math.floor(at / minutesADay) * minutesADay;
    const until = Math.min(midnight + minutesADay, last);
    const day = dayNames[(midnight / minutesADay) % 7]?.slice(0, 3) ?? '';
    pieces.push(`${day} ${clockText(at - midnight)}-${clockText(until - midnight)}`);
    at = until;
  }
  return { ok: true, value: pieces };
}

function isEmpty({ start, end }: EcsRange): Parsed<never> {
  return { ok: false, expected: 'a range that is not empty', at: `${start} to ${end}` };
}

/** Minutes since Monday 00:00. */
function parseMoment(text: string): number | undefined {
  const [, name = '', clock = ''] = /^\s*([A-Za-z]+)\s*,(.*)$/.exec(text) ?? [];
  const day = dayNames.findIndex((known) => known.toLowerCase() === name.toLowerCase());
  const minutes = parseClock(clock);
  return day < 0 || minutes === undefined ? undefined : day * minutesADay + minutes;
}

/** Minutes since midnight. ECS has no 24:00. At present it sets whole hours only; whole minutes are read, too. */
function parseClock(text: string): number | undefined {
  const [, hours, minutes] = /^\s*(\d{1,2}):(\d{2})(?::00)?\s*$/.exec(text) ?? [];
  const total = Number(hours) * 60 + Number(minutes);
  return Number(minutes) < 60 && total < minutesADay ? total : undefined;
}

function clockText(minutes: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
