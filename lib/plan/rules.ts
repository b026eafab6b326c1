// The rules for the reboot of one instance: when it is allowed, and what to do where no window fits.
import { formatDuration } from './calendar/duration.ts';
import { earliest, plus, type Instant, type Milliseconds } from './calendar/instant.ts';
import type { Calendar } from './calendar/calendar.ts';

/** What to do where no window fits before NotBefore. */
export type NoWindowPolicy = 'last-resort' | 'soonest' | 'leave';

/** The rules for one instance: the settings, as far as its tags do not say otherwise. */
export interface Rules {
  calendar: Calendar;
  /** The calendar as its owner wrote it, for reasons and for noticing that it changed. */
  windowText: string;
  noWindow: NoWindowPolicy;
  lastResortLead: Milliseconds;
  safetyMargin: Milliseconds;
  slot: Milliseconds;
  /** Tags of the instance that cannot be read, and for which the settings count. */
  unreadableTags?: readonly string[];
  /** Instances of which only so many may be down at once; absent where the instance belongs to none. */
  group?: string;
}

/** The last moment at which a reboot may start. */
export function deadlineOf(notBefore: Instant, rules: Rules): Instant {
  return plus(notBefore, -rules.safetyMargin);
}

/** When a last resort starts, where there is time enough: NotBefore less the lead. */
export function lastResortAt(notBefore: Instant, rules: Rules): Instant {
  return earliest(plus(notBefore, -rules.lastResortLead), deadlineOf(notBefore, rules));
}

/**
 * Everything about the rules that makes a plan's interval, and what its reason tells of, in one line: a plan made by other
 * rules is made again.
 */
export function rulesText(rules: Rules): string {
  return [
    rules.windowText,
    `slot ${formatDuration(rules.slot)}`,
    `margin ${formatDuration(rules.safetyMargin)}`,
    rules.noWindow === 'last-resort' ? `last-resort ${formatDuration(rules.lastResortLead)}` : rules.noWindow,
    ...(rules.unreadableTags === undefined ? [] : [`unreadable tags: ${rules.unreadableTags.join(' ')}`]),
  ].join(', ');
}
