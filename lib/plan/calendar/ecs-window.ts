// Translates windows that owners set in ECS into the planner's own grammar. ECS has two kinds: an instance's maintenance
// window, daily in UTC+8, and O&M windows, daily or weekly in UTC. lib/alibaba decides which of them applies to an
// instance.
import { allRead, misread, type Misreading, type Parsed } from './parsed.ts';
import { parseTimeZone } from './time-zone.ts';
import { parseWrittenWindows } from './window-grammar.ts';
import { clockText, dayNames } from './window-text.ts';
import { minutesADay } from './windows.ts';

/** When the owner allows maintenance, according to ECS. */
export interface EcsWindow {
  /** In the normal form of window-text.ts: `daily 02:00-06:00`, `Mon 22:00-03:00; Fri 20:00-Sun 04:00`. */
  text: string;
  /** IANA name. */
  timeZone: string;
}

/** One range as ECS writes it. Each end is `02:00:00`, `22:00`, or `Monday,22:00`. */
export interface EcsRange {
  start: string;
  end: string;
}

/** The days as ECS writes them. */
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

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
  const windows = parseWrittenWindows(windowsText);
  return windows.ok ? { ok: true, value: { text: windows.value.text, timeZone: zone.value } } : windows;
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

/** Joins windows of the same time zone, in the normal form. Undefined for an empty list. */
export function union(windows: readonly EcsWindow[]): EcsWindow | undefined {
  const [first] = windows;
  if (first === undefined) return undefined;
  const texts = windows.map(({ text }) => text);
  const joined = texts.includes('always') ? 'always' : texts.join('; ');
  const parsed = parseWrittenWindows(joined);
  return { text: parsed.ok ? parsed.value.text : joined, timeZone: first.timeZone };
}

function windowOf(
  ranges: readonly EcsRange[],
  read: (range: EcsRange) => Parsed<string[]>,
  timeZone: string,
): Parsed<EcsWindow> {
  if (ranges.length === 0) return { ok: false, expected: 'at least one range of times' };
  const texts = allRead(ranges.map(read));
  if (!texts.ok) return texts;
  const windows = parseWrittenWindows(texts.value.flat().join('; '));
  return windows.ok ? { ok: true, value: { text: windows.value.text, timeZone } } : windows;
}

function daily(range: EcsRange): Parsed<string[]> {
  const start = parseClock(range.start);
  const end = parseClock(range.end);
  if (start === undefined || end === undefined)
    return unreadableEnds(range, { start, end }, 'a time as in 22:00');
  if (start === end) return isEmpty(range);
  return { ok: true, value: [`daily ${clockText(start)}-${clockText(end === 0 ? minutesADay : end)}`] };
}

/** A weekly range may last for days. One that ends on its own day, a week later, is split there. */
function weekly(range: EcsRange): Parsed<string[]> {
  const start = parseMoment(range.start);
  const end = parseMoment(range.end);
  if (start === undefined || end === undefined) {
    return unreadableEnds(range, { start, end }, 'a day and a time as in Monday,22:00');
  }
  if (start === end) return isEmpty(range);
  const startDay = Math.floor(start / minutesADay);
  const name = (day: number): string => dayNames[(day + 7) % 7] ?? '';
  const from = `${name(startDay)} ${clockText(start % minutesADay)}`;
  const until = clockText(end % minutesADay);
  const endDay = Math.floor(end / minutesADay);
  if (endDay !== startDay || end > start) return { ok: true, value: [`${from}-${name(endDay)} ${until}`] };
  const firstPart = `${from}-${name(startDay - 1)} 24:00`;
  return {
    ok: true,
    value: end % minutesADay === 0 ? [firstPart] : [firstPart, `${name(endDay)} 00:00-${until}`],
  };
}

/** The ends that cannot be read. */
function unreadableEnds(
  range: EcsRange,
  read: { start: number | undefined; end: number | undefined },
  expected: string,
): Parsed<never> {
  const ends = (['start', 'end'] as const).filter((end) => read[end] === undefined);
  const [first = { expected }, ...others] = ends.map((end): Misreading => ({ expected, at: range[end] }));
  return misread(first, ...others);
}

function isEmpty({ start, end }: EcsRange): Parsed<never> {
  return { ok: false, expected: 'a range that is not empty', at: `${start} to ${end}` };
}

/** Minutes since Monday 00:00. */
function parseMoment(text: string): number | undefined {
  const [, name = '', clock = ''] = /^\s*([A-Za-z]+)\s*,(.*)$/.exec(text) ?? [];
  const day = weekdays.findIndex((known) => known.toLowerCase() === name.toLowerCase());
  const minutes = parseClock(clock);
  return day < 0 || minutes === undefined ? undefined : day * minutesADay + minutes;
}

/** Minutes since midnight. ECS has no 24:00. At present it sets whole hours only; whole minutes are read, too. */
function parseClock(text: string): number | undefined {
  const [, hours, minutes] = /^\s*(\d{1,2}):(\d{2})(?::00)?\s*$/.exec(text) ?? [];
  const total = Number(hours) * 60 + Number(minutes);
  return Number(minutes) < 60 && total < minutesADay ? total : undefined;
}
