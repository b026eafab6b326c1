// The windows that owners set in ECS itself, in the planner's own grammar: instances' maintenance windows, daily in
// UTC+8, and O&M windows, daily or weekly in UTC. Whose window counts is not decided here.
import type { Parsed } from './parsed.ts';
import { parseTimeZone } from './time-zone.ts';
import { parseWindows } from './window-grammar.ts';

/** When an owner allows maintenance, by what is set in ECS. */
export interface EcsWindow {
  /** In the grammar of window-grammar.ts: `daily 02:00-06:00`, `Mon 22:00-24:00; Tue 00:00-03:00`. */
  text: string;
  timeZone: string;
}

/** One range in ECS's words: `02:00:00`, `22:00`, or `Monday,22:00`. */
export interface EcsRange {
  start: string;
  end: string;
}

const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const minutesADay = 24 * 60;
const minutesAWeek = 7 * minutesADay;

/** The form in which a row keeps it: `daily 02:00-06:00 Asia/Shanghai`. */
export function ecsWindowText({ text, timeZone }: EcsWindow): string {
  return `${text} ${timeZone}`;
}

/** The reverse: the last word is the zone. */
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

/** An instance's own window: ECS keeps it in UTC+8, which Shanghai has all year. */
export function instanceWindow(ranges: readonly EcsRange[]): Parsed<EcsWindow> {
  return windowOf(ranges, daily, 'Asia/Shanghai');
}

/** An O&M window, by its PeriodUnit: ECS keeps it in UTC. */
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

/** What any one of these allows, in their order. They must be of one zone; undefined where there is none. */
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

/** A weekly range may go on for days; the grammar's may not, so that it is split at midnight. */
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

/** Minutes since Monday's midnight. */
function parseMoment(text: string): number | undefined {
  const [, name = '', clock = ''] = /^\s*([A-Za-z]+)\s*,(.*)$/.exec(text) ?? [];
  const day = dayNames.findIndex((known) => known.toLowerCase() === name.toLowerCase());
  const minutes = parseClock(clock);
  return day < 0 || minutes === undefined ? undefined : day * minutesADay + minutes;
}

/** Minutes since midnight; ECS has no 24:00. It sets whole hours, and says so only of today; whole minutes can be kept. */
function parseClock(text: string): number | undefined {
  const [, hours, minutes] = /^\s*(\d{1,2}):(\d{2})(?::00)?\s*$/.exec(text) ?? [];
  const total = Number(hours) * 60 + Number(minutes);
  return Number(minutes) < 60 && total < minutesADay ? total : undefined;
}

function clockText(minutes: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
