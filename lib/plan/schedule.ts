// When to reboot one instance: the earliest slot in a window before the deadline, or what the policy says where no
// window fits. Decided at planning time, and in words.
import { formatDuration } from './duration.ts';
import {
  earlier,
  inZone,
  isAfter,
  isBefore,
  later,
  plus,
  type Instant,
  type Milliseconds,
} from './instant.ts';
import { allowedStretches, type Calendar } from './window.ts';

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
}

/** The interval in which the reboot may be sent, both ends included. */
export interface Interval {
  executeAt: Instant;
  latestStart: Instant;
}

/** What was decided, and why, in words. */
export type Decision =
  | ({ kind: 'window' | 'last-resort' | 'soonest'; reason: string } & Interval)
  | { kind: 'leave'; reason: string }
  | { kind: 'too-late'; reason: string };

/** Decides for one instance whose maintenance comes at `notBefore`. */
export function decide(now: Instant, notBefore: Instant, rules: Rules): Decision {
  const deadline = plus(notBefore, -rules.safetyMargin);
  const margin = formatDuration(rules.safetyMargin);
  if (isAfter(now, deadline)) {
    return {
      kind: 'too-late',
      reason: `Too late: less than the safety margin of ${margin} is left before NotBefore, ${inZone(notBefore, rules.calendar.timeZone)}.`,
    };
  }
  return earliestSlot(now, deadline, rules) ?? withoutWindow(now, notBefore, deadline, rules);
}

/** The earliest slot in a window: it starts at `now` or later and no later than `deadline`, and ends in the window. */
export function earliestSlot(now: Instant, deadline: Instant, rules: Rules): Decision | undefined {
  const farthest = farthestHorizon(now, deadline, rules.calendar);
  for (let days = 60; ; days *= 4) {
    const horizon = earlier(farthest, plus(now, days * dayMs));
    const isAll = !isBefore(horizon, farthest);
    const found = firstFitting(now, deadline, horizon, rules);
    // A stretch that goes on beyond what was looked at ends later than it seems to.
    if (isAll || (found !== undefined && !isAfter(found.end, horizon)))
      return found && inWindow(found, rules);
  }
}

const dayMs: Milliseconds = 86_400_000;

/**
 * How far ahead it is worth looking. ECS announces days ahead, but writes placeholders far in the future, too; a slot
 * that fits into no window of a year after the last blackout fits into none.
 */
function farthestHorizon(now: Instant, deadline: Instant, calendar: Calendar): Instant {
  const end = plus(deadline, 1);
  if (calendar.windows === 'always') return end;
  const afterBlackouts = calendar.blackouts
    .map(({ last }) => last.toZonedDateTime(calendar.timeZone).toInstant())
    .reduce(later, now);
  return earlier(end, plus(afterBlackouts, 366 * dayMs));
}

interface Fit extends Interval {
  /** The end of the window. */
  end: Instant;
}

function firstFitting(now: Instant, deadline: Instant, horizon: Instant, rules: Rules): Fit | undefined {
  for (const stretch of allowedStretches(rules.calendar, now, horizon)) {
    const executeAt = later(now, stretch.start);
    const latestStart = earlier(plus(stretch.end, -rules.slot), deadline);
    if (!isAfter(executeAt, latestStart)) return { executeAt, latestStart, end: stretch.end };
  }
  return undefined;
}

function inWindow({ executeAt, latestStart }: Fit, rules: Rules): Decision {
  const when = inZone(executeAt, rules.calendar.timeZone);
  const reason = `In the window ${rules.windowText}: ${when}, before NotBefore.`;
  return { kind: 'window', executeAt, latestStart, reason };
}

function withoutWindow(now: Instant, notBefore: Instant, deadline: Instant, rules: Rules): Decision {
  const { timeZone } = rules.calendar;
  const why = `No slot of ${formatDuration(rules.slot)} in the window ${rules.windowText} before NotBefore, ${inZone(notBefore, timeZone)}`;
  switch (rules.noWindow) {
    case 'leave':
      return { kind: 'leave', reason: `${why}; left to ECS, as NO_WINDOW=leave says.` };
    case 'soonest':
      return {
        kind: 'soonest',
        executeAt: now,
        latestStart: deadline,
        reason: `${why}; at once, as NO_WINDOW=soonest says.`,
      };
    case 'last-resort': {
      const executeAt = earlier(later(now, plus(notBefore, -rules.lastResortLead)), deadline);
      return {
        kind: 'last-resort',
        executeAt,
        latestStart: deadline,
        reason: `${why}; as late as allowed, ${inZone(executeAt, timeZone)}, as NO_WINDOW=last-resort says.`,
      };
    }
  }
}

/** Everything about the rules that makes a plan's interval, in one line: a plan made by other rules is made again. */
export function rulesText(rules: Rules): string {
  return [
    rules.windowText,
    `slot ${formatDuration(rules.slot)}`,
    `margin ${formatDuration(rules.safetyMargin)}`,
    rules.noWindow === 'last-resort' ? `last-resort ${formatDuration(rules.lastResortLead)}` : rules.noWindow,
  ].join(', ');
}
