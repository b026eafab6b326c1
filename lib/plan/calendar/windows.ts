// What maintenance windows are, once they are read: ranges of wall time in a week.

/** One range of wall time that starts on some days of the week. */
export interface DayRange {
  /** ISO days of the week, 1 = Monday, on which the range starts. */
  days: ReadonlySet<number>;
  /** Minutes after midnight, 0–1439. */
  start: number;
  /** Minutes after midnight, 0–1440. On the next day where it is not after `start`, unless `daysLater` says otherwise. */
  end: number;
  /** How many days after its start the range ends: only in ranges that a start and an end alone cannot express. */
  daysLater?: number;
}

/** When reboots are allowed: at any time, or in ranges of wall time. */
export type Windows = 'always' | readonly DayRange[];

/** Windows, with their text in the normal form. Two spellings of the same windows have the same text. */
export interface WrittenWindows {
  text: string;
  windows: Windows;
}

export const minutesADay = 24 * 60;
export const minutesAWeek = 7 * minutesADay;

/** How many days after its start a range ends. */
export function daysLaterOf({ start, end, daysLater }: DayRange): number {
  return daysLater ?? (end > start ? 0 : 1);
}

/** The length of a range by the wall clock, in minutes. */
export function minutesOf(range: DayRange): number {
  return daysLaterOf(range) * minutesADay + range.end - range.start;
}
