// The rules of one instance. Its tags come first, then the windows that its owner set in ECS itself, then the settings.
import type { EcsWindow } from '../calendar/ecs-window.ts';
import type { Rules } from '../rules.ts';
import type { Wishes } from './tags.ts';
import { parseWrittenWindows } from '../calendar/window-grammar.ts';
import { calendarText, type Calendar } from '../calendar/calendar.ts';

/**
 * The settings' rules, as far as the instance's tags and its windows in ECS do not say otherwise. `ecsWindow` is `unread` where
 * it is not known, and undefined where ECS has none.
 */
export function ownRules(
  rules: Rules,
  wishes: TimeWishes & Pick<Wishes, 'group'>,
  ecsWindow: EcsWindow | 'unread' | undefined,
): Rules {
  const { group } = wishes;
  return {
    ...rules,
    ...(isTagged(wishes) ? taggedWindows(rules, wishes) : ecsWindows(rules, ecsWindow)),
    ...(group === undefined ? {} : { group }),
    ...(wishes.unreadable === undefined ? {} : { unreadableTags: wishes.unreadable }),
  };
}

/** True where a tag says when, readable or not, so that ECS's own windows do not count. */
export function isTagged(wishes: TimeWishes): boolean {
  return wishes.window !== undefined || wishes.timeZone !== undefined || wishes.unreadable !== undefined;
}

type TimeWishes = Pick<Wishes, 'window' | 'timeZone' | 'unreadable'>;

type OwnWindows = Partial<Pick<Rules, 'calendar' | 'windowText' | 'ecsWindow'>>;

function taggedWindows(rules: Rules, { window, timeZone }: TimeWishes): OwnWindows {
  const { calendar } = rules;
  return windowsOf(sharedCalendar(rules, window ?? calendar, timeZone ?? calendar.timeZone));
}

/** A window that cannot be read is not known. */
function ecsWindows(rules: Rules, window: EcsWindow | 'unread' | undefined): OwnWindows {
  if (window === undefined) return {};
  const parsed = window === 'unread' ? undefined : parseWrittenWindows(window.text);
  if (window === 'unread' || !parsed?.ok) return { ecsWindow: 'unread' };
  return { ...windowsOf(sharedCalendar(rules, parsed.value, window.timeZone)), ecsWindow: 'applies' };
}

function windowsOf(calendar: Calendar): OwnWindows {
  return { calendar, windowText: calendarText(calendar) };
}

/**
 * The windows of an instance in their zone, with the blackouts of the settings. One object for all instances with the same
 * windows: what is found out about a calendar is kept with the object.
 */
function sharedCalendar(
  rules: Rules,
  window: Pick<Calendar, 'text' | 'windows'>,
  timeZone: string,
): Calendar {
  const calendar = {
    text: window.text,
    windows: window.windows,
    timeZone,
    blackouts: rules.calendar.blackouts,
    blackoutZone: rules.calendar.blackoutZone,
  };
  const shared = calendars.get(rules.calendar) ?? new Map<string, Calendar>();
  calendars.set(rules.calendar, shared);
  const text = calendarText(calendar);
  const known = shared.get(text) ?? calendar;
  shared.set(text, known);
  return known;
}

const calendars = new WeakMap<Calendar, Map<string, Calendar>>();
