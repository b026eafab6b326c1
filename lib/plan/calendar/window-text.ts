// The normal form of windows: `daily 02:00-05:00`, `Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00`, `Fri 22:00-Mon 06:00`,
// `always`. Two spellings of the same ranges have one normal form. It joins no ranges that merely touch or overlap: people
// should find what they wrote.
import { longestRange } from './week.ts';
import { minutesADay, minutesOf, type DayRange, type WrittenWindows } from './windows.ts';

/** The days as people write them in English. */
export const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** Puts ranges in their normal form. Ranges that leave no gap in the week are `always`. */
export function normalWindows(ranges: readonly DayRange[]): WrittenWindows {
  if (longestRange(ranges) === Infinity) return { text: 'always', windows: 'always' };
  const items = itemsOf(joinDays(ranges.map(shortest)));
  return { text: items.map(itemText).join('; '), windows: items.flat() };
}

/** The range by its start and its end alone, where they can express it. */
function shortest(range: DayRange): DayRange {
  const { days, start } = range;
  const length = minutesOf(range);
  const until = start + length;
  if (until <= minutesADay) return { days, start, end: until };
  const end = until % minutesADay;
  return length < minutesADay
    ? { days, start, end }
    : { days, start, end, daysLater: Math.floor(until / minutesADay) };
}

/** Each range of times once, on all its days. A range over days stays alone on its day. */
function joinDays(ranges: readonly DayRange[]): DayRange[] {
  const joined = new Map<string, DayRange>();
  const single = ranges.flatMap((range) =>
    [...range.days].map((day) => ({ ...range, days: new Set([day]) })),
  );
  for (const range of single) {
    const times = [range.start, range.end, range.daysLater];
    const key = String(range.daysLater === undefined ? times : [...times, ...range.days]);
    const known = joined.get(key);
    const days = [...(known?.days ?? []), ...range.days].sort((a, b) => a - b);
    joined.set(key, { ...range, days: new Set(days) });
  }
  return [...joined.values()];
}

/** The ranges of the same days together, in the order of the week. */
function itemsOf(ranges: readonly DayRange[]): DayRange[][] {
  const items = new Map<string, DayRange[]>();
  for (const range of [...ranges].sort((a, b) => a.start - b.start || minutesOf(a) - minutesOf(b))) {
    const times = range.daysLater === undefined ? '' : timesText(range);
    const key = `${daysText(range.days)} ${times}`;
    items.set(key, [...(items.get(key) ?? []), range]);
  }
  const firstDay = ([range]: DayRange[]): number => runsOf(range?.days ?? new Set<number>())[0]?.[0] ?? 0;
  return [...items.values()].sort((a, b) => firstDay(a) - firstDay(b));
}

function itemText(item: readonly DayRange[]): string {
  const [first] = item;
  return first === undefined ? '' : `${daysText(first.days)} ${item.map(timesText).join(', ')}`;
}

function timesText({ days, start, end, daysLater }: DayRange): string {
  if (daysLater === undefined) return `${clockText(start)}-${clockText(end)}`;
  const [first = 1] = days;
  // A week later, the end would have the name of the first day.
  const [later, until] = daysLater === 7 ? [6, minutesADay] : [daysLater, end];
  return `${clockText(start)}-${dayNames[(first - 1 + later) % 7] ?? ''} ${clockText(until)}`;
}

function daysText(days: ReadonlySet<number>): string {
  if (days.size === dayNames.length) return 'daily';
  const name = (day: number | undefined): string => dayNames[(day ?? 1) - 1] ?? '';
  return runsOf(days)
    .map((run) => (run.length === 1 ? name(run[0]) : `${name(run[0])}-${name(run.at(-1))}`))
    .join();
}

/** Runs of three days and more, also over the end of the week; the other days one by one. In the order of the week. */
function runsOf(days: ReadonlySet<number>): number[][] {
  if (days.size === dayNames.length) return [[...days]];
  const before = (day: number): number => (day === 1 ? 7 : day - 1);
  const runs = [...days]
    .filter((day) => !days.has(before(day)))
    .map((first) => {
      const run = [first];
      for (let day = (first % 7) + 1; days.has(day); day = (day % 7) + 1) run.push(day);
      return run;
    });
  return runs
    .flatMap((run) => (run.length < 3 ? run.map((day) => [day]) : [run]))
    .sort(([a = 0], [b = 0]) => a - b);
}

/** `02:00`, `24:00`. */
export function clockText(minutes: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
