// Reads NOTIFY_EVENTS and NOTIFY_QUIET_HOURS: which news people are told, and when only what needs a person.
import { allRead, type Parsed } from '../plan/calendar/parsed.ts';
import { parseWrittenWindows } from '../plan/calendar/window-grammar.ts';
import type { WrittenWindows } from '../plan/calendar/windows.ts';
import { needsPerson, newsKinds, type NewsKind } from '../plan/news-item.ts';

/** What people can be told: news of plans, regions that cannot be read, and the review. */
export type NoticeEvent = NewsKind | 'region-unread' | 'review';

const all: readonly NoticeEvent[] = [...newsKinds, 'region-unread', 'review'];

/** Words for several at once. That a restart begins is told only where somebody asks for it. */
const words: Readonly<Record<string, readonly NoticeEvent[]>> = {
  'needs-person': [...newsKinds.filter(needsPerson), 'region-unread'],
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

/** Reads quiet hours as maintenance windows are read; `none` or nothing for none. */
export function quietHours(text: string): Parsed<WrittenWindows | undefined> {
  return text === '' || text === 'none' ? { ok: true, value: undefined } : parseWrittenWindows(text);
}
