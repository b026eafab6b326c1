// Plans for the tests of the page, as a command would hand them over.
import { Temporal } from 'temporal-polyfill';
import type { Calendar } from '../../lib/plan/calendar/calendar.ts';
import { parseBlackouts } from '../../lib/plan/calendar/blackout.ts';
import { parseWrittenWindows } from '../../lib/plan/calendar/window-grammar.ts';
import type { PagePlan } from '../../lib/page/marks/page-plan.ts';

export const instant = (text: string): Temporal.Instant => Temporal.Instant.from(text);

/** 03:00 in Shanghai. */
export const now = instant('2026-12-01T19:00:00Z');

export function calendarOf(windows: string, timeZone = 'Asia/Shanghai', blackouts = 'none'): Calendar {
  const [read, closed] = [parseWrittenWindows(windows), parseBlackouts(blackouts)];
  if (!read.ok || !closed.ok) throw new Error(`the test has wrong windows: ${windows} ${blackouts}`);
  return { ...read.value, timeZone, blackouts: closed.value, blackoutZone: timeZone };
}

const nightly = calendarOf('daily 02:00-05:00', 'Asia/Shanghai', '2026-12-03');

/** A plan of the night from 1 to 2 December. It may be restarted from 02:00 to 04:45, and NotBefore is 10:00. */
export function planOf(id: string, other: Partial<PagePlan> = {}): PagePlan {
  return {
    ...{ regionId: 'cn-hangzhou', instanceId: `i-${id}`, name: id, status: 'Planned', needsPerson: false },
    reason: `In the window daily 02:00-05:00 Asia/Shanghai.`,
    faults: [],
    executeAt: instant('2026-12-01T18:00:00Z'),
    latestStart: instant('2026-12-01T20:45:00Z'),
    notBefore: instant('2026-12-02T02:00:00Z'),
    calendar: nightly,
    facts: [['events', `e-${id}`]],
    entries: [{ at: instant('2026-12-01T00:30:00Z'), by: 'plan', text: `ECS announced event e-${id}.` }],
    ...other,
  };
}

const ended = { sentAt: instant('2026-12-01T18:00:05Z'), finishedAt: instant('2026-12-01T18:02:00Z') };

/** One plan of each status, and a row that cannot be read. */
export const oneOfEach: readonly PagePlan[] = [
  planOf('planned'),
  planOf('held', { hold: 'ask Li' }),
  planOf('awaiting', { status: 'AwaitingApproval', needsPerson: true, group: 'web' }),
  planOf('preparing', { status: 'Preparing', group: 'web' }),
  planOf('rebooting', { status: 'Rebooting', sentAt: ended.sentAt, group: 'web' }),
  planOf('verifying', { status: 'Verifying', sentAt: ended.sentAt }),
  planOf('avoided', { status: 'Avoided', ...ended }),
  planOf('cleared', { status: 'Cleared', finishedAt: ended.finishedAt, regionId: 'cn-shanghai' }),
  planOf('skipped', { status: 'Skipped', finishedAt: ended.finishedAt, regionId: 'cn-shanghai' }),
  planOf('missed', { status: 'Missed', finishedAt: ended.finishedAt, regionId: 'cn-shanghai' }),
  planOf('escalated', { status: 'Escalated', needsPerson: true, ...ended, regionId: 'cn-shanghai' }),
  {
    ...{ regionId: 'cn-shanghai', instanceId: 'i-odd', status: 'planed', needsPerson: true, reason: '' },
    faults: ['Column status is "planed".'],
    calendar: nightly,
    facts: [],
    entries: [],
  },
];
