// The rules of one instance. Its tags come first, then the windows that its owner set in ECS itself, then the settings.
import type { EcsWindow } from '../calendar/ecs-window.ts';
import type { Rules } from '../rules.ts';
import type { Wishes } from './tags.ts';
import { parseWrittenWindows } from '../calendar/window-grammar.ts';
import { calendarText, type Calendar } from '../calendar/calendar.ts';

/** The settings' rules, as far as the instance's tags and its windows in ECS do not say otherwise. */
export function ownRules(
  rules: Rules,
  wishes: TimeWishes & Pick<Wishes, 'group'>,
  ecsWindow: EcsWindow | undefined,
): Rules {
  const { calendar } = rules;
  const own = isTagged(wishes)
    ? sharedCalendar(rules, wishes.window ?? calendar, wishes.timeZone ?? calendar.timeZone)
    : ecsCalendar(rules, ecsWindow);
  const { group } = wishes;
  return {
    ...rules,
    ...(own === undefined ? {} : { calendar: own, windowText: calendarText(own) }),
    ...(group === undefined ? {} : { group }),
    ...(wishes.unreadable === undefined ? {} : { unreadableTags: wishes.unreadable }),
  };
}

/** True where a tag says when, readable or not, so that ECS's own windows do not count. */
export function isTagged(wishes: TimeWishes): boolean {
  return wishes.window !== undefined || wishes.timeZone !== undefined || wishes.unreadable !== undefined;
}

type TimeWishes = Pick<Wishes, 'window' | 'timeZone' | 'unreadable'>;

function ecsCalendar(rules: Rules, window: EcsWindow | undefined): Calendar | undefined {
  const parsed = window && parseWrittenWindows(window.text);
  if (window === undefined || !parsed?.ok) return undefined;
  return sharedCalendar(rules, parsed.value, window.timeZone);
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
