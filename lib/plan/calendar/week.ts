// How long windows last by the wall clock. Clock changes, blackouts and time zones are left out: calendar.ts has them.
import type { Milliseconds } from './instant.ts';
import { minutesADay, minutesAWeek, minutesOf, type Windows } from './windows.ts';

/**
 * The longest range of the week. Ranges that touch or overlap count as one, also over Sunday midnight. Infinite where the
 * windows leave no gap in the week.
 */
export function longestRange(windows: Windows): Milliseconds {
  if (windows === 'always') return Infinity;
  const known = longest.get(windows);
  if (known !== undefined) return known;
  const found = longestOf(windows);
  longest.set(windows, found);
  return found;
}

/** Thousands of instances share a few windows. */
const longest = new WeakMap<Exclude<Windows, 'always'>, Milliseconds>();

function longestOf(windows: Exclude<Windows, 'always'>): Milliseconds {
  // Two weeks: a range that begins in the first one and has a gap after it ends before the second one does.
  const pieces = windows
    .flatMap((range) =>
      [...range.days].flatMap((day) => {
        const start = (day - 1) * minutesADay + range.start;
        const later = start + minutesAWeek;
        return [
          { start, end: start + minutesOf(range) },
          { start: later, end: later + minutesOf(range) },
        ];
      }),
    )
    .sort((a, b) => a.start - b.start);
  let most = 0;
  let begin = -Infinity;
  let end = -Infinity;
  for (const piece of pieces) {
    if (piece.start > end) begin = piece.start;
    end = Math.max(end, piece.end);
    most = Math.max(most, end - begin);
  }
  return most >= minutesAWeek ? Infinity : most * 60_000;
}
