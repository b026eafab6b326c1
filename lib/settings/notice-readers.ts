// Reads NOTIFY_EVENTS and NOTIFY_QUIET_HOURS: which news people are told, and when only what needs a person.
import { Temporal } from 'temporal-polyfill';
import { allowedStretches } from '../plan/calendar/calendar.ts';
import { earliest, elapsed, latest, plus, type Milliseconds } from '../plan/calendar/instant.ts';
import { allRead, type Parsed } from '../plan/calendar/parsed.ts';
import { parseWrittenWindows } from '../plan/calendar/window-grammar.ts';
import { minutesAWeek, type WrittenWindows } from '../plan/calendar/windows.ts';
import { needsPerson, newsKinds, type NewsKind } from '../plan/news-item.ts';
import { standingKinds, type StandingKind } from '../plan/standing.ts';

/** What people can be told: news of plans, what stands in the way of the planner, and the review. */
export type NoticeEvent = NewsKind | StandingKind | 'review';

const all: readonly NoticeEvent[] = [...newsKinds, ...standingKinds, 'review'];

/** Words for several at once. That a restart begins is told only where somebody asks for it. */
const words: Readonly<Record<string, readonly NoticeEvent[]>> = {
  'needs-person': [...newsKinds.filter(needsPerson), ...standingKinds],
  digest: [...newsKinds.filter((kind) => !needsPerson(kind) && kind !== 'begun'), 'review'],
  all,
};

const expected = `words of ${[...Object.keys(words), ...all].join(', ')}, separated by commas`;

/** Reads the events, in the order of their urgency. */
export function noticeEvents(text: string): Parsed<readonly NoticeEvent[]> {
  const items = text.split(',').map((item) => item.trim());
  const read = allRead(
    items.map((item): Parsed<readonly NoticeEvent[]> => {
      const events = Object.hasOwn(words, item) ? words[item] : all.filter((event) => event === item);
      return events === undefined || events.length === 0
        ? { ok: false, expected, at: item }
        : { ok: true, value: events };
    }),
  );
  if (!read.ok) return read;
  const chosen = new Set(read.value.flat());
  return { ok: true, value: all.filter((event) => chosen.has(event)) };
}

/** Reads quiet hours as maintenance windows are read; `none` or nothing for none. Hours that never end would silence what waits. */
export function quietHours(text: string): Parsed<WrittenWindows | undefined> {
  if (text === '' || text === 'none') return { ok: true, value: undefined };
  const parsed = parseWrittenWindows(text);
  return parsed.ok && neverEnd(parsed.value)
    ? { ok: false, expected: 'quiet hours that end, as in daily 22:00-07:00, or none' }
    : parsed;
}

function neverEnd(hours: WrittenWindows): boolean {
  const calendar = { ...hours, timeZone: 'UTC', blackouts: [], blackoutZone: 'UTC' };
  const from = Temporal.Instant.fromEpochMilliseconds(0);
  const week: Milliseconds = minutesAWeek * 60_000;
  const until = plus(from, week);
  // A stretch may begin before the week, and end after it.
  const open = allowedStretches(calendar, from, until).map(({ start, end }) =>
    elapsed(latest(start, from), earliest(end, until)),
  );
  return open.reduce((sum, ms) => sum + ms, 0) >= week;
}
