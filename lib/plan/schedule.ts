// When to reboot one instance: the earliest slot in a window before the deadline, or what the policy says where no
// window fits. Decided at planning time, and in words.
import { formatDuration } from './duration.ts';
import {
  earlier,
  inZone,
  isAfter,
  isBefore,
  isSame,
  later,
  plus,
  type Instant,
  type Milliseconds,
} from './instant.ts';
import { alone, type FindSlot, type Slots } from './slots.ts';
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
  /** Tags of the instance that cannot be read, and for which the settings count. */
  unreadableTags?: readonly string[];
  /** Instances of which only so many may be down at once; absent where the instance belongs to none. */
  group?: string;
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

/** Decides for one instance whose maintenance comes at `notBefore`, beside the others that `slots` tells of. */
export function decide(
  now: Instant,
  notBefore: Instant,
  rules: Rules,
  slots: Slots = alone(rules.group, rules.slot),
): Decision {
  const deadline = deadlineOf(notBefore, rules);
  const margin = formatDuration(rules.safetyMargin);
  if (isAfter(now, deadline)) {
    return {
      kind: 'too-late',
      reason: `Too late: less than the safety margin of ${margin} is left before NotBefore, ${inZone(notBefore, rules.calendar.timeZone)}.`,
    };
  }
  const search = searchWindows(now, deadline, rules, slots);
  return search.fit === undefined
    ? withoutWindow(now, notBefore, rules, slots, search.isCrowded)
    : inWindow(search.fit, rules);
}

/** The last moment at which a reboot may start. */
export function deadlineOf(notBefore: Instant, rules: Rules): Instant {
  return plus(notBefore, -rules.safetyMargin);
}

/** When a last resort starts, where there is time enough: NotBefore less the lead. */
export function lastResortAt(notBefore: Instant, rules: Rules): Instant {
  return earlier(plus(notBefore, -rules.lastResortLead), deadlineOf(notBefore, rules));
}

/**
 * The earliest slot in a window: it starts at `now` or later and no later than `deadline`, and ends in the window. It is
 * one that is free; or else one that is the instance's by right. `isCrowded` where there would be one, but for the others.
 */
function searchWindows(
  now: Instant,
  deadline: Instant,
  rules: Rules,
  slots: Slots,
): { fit: Fit | undefined; isCrowded: boolean } {
  const farthest = farthestHorizon(now, deadline, rules.calendar);
  for (let days = 60; ; days *= 4) {
    const horizon = earlier(farthest, plus(now, days * dayMs));
    const stretches = stretchesWithRoom(now, deadline, horizon, rules);
    const free = firstFit(stretches, slots.free);
    // A stretch that goes on beyond what was looked at ends later than it seems to.
    const isWhole = !isBefore(horizon, farthest) || (free !== undefined && !isAfter(free.end, horizon));
    if (!isWhole) continue;
    const fit = free ?? (slots.byRight && firstFit(stretches, slots.byRight));
    return { fit, isCrowded: fit === undefined && stretches.length > 0 };
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

/** The parts of the windows in which a slot may start, in order. */
function stretchesWithRoom(now: Instant, deadline: Instant, horizon: Instant, rules: Rules): Fit[] {
  return allowedStretches(rules.calendar, now, horizon).flatMap((stretch) => {
    const executeAt = later(now, stretch.start);
    const latestStart = earlier(plus(stretch.end, -rules.slot), deadline);
    return isAfter(executeAt, latestStart) ? [] : [{ executeAt, latestStart, end: stretch.end }];
  });
}

function firstFit(stretches: readonly Fit[], find: FindSlot): Fit | undefined {
  for (const { executeAt, latestStart, end } of stretches) {
    const found = find(executeAt, latestStart);
    if (found !== undefined) return { executeAt: found, latestStart, end };
  }
  return undefined;
}

/** True where the rules allow this interval in a window, whether or not another one would come first. */
export function isWindowInterval(
  { executeAt, latestStart }: Interval,
  notBefore: Instant,
  rules: Rules,
): boolean {
  const slots = alone(rules.group, rules.slot);
  const { fit } = searchWindows(executeAt, deadlineOf(notBefore, rules), rules, slots);
  return fit !== undefined && isSame(fit.executeAt, executeAt) && isSame(fit.latestStart, latestStart);
}

function inWindow({ executeAt, latestStart }: Fit, rules: Rules): Decision {
  const when = inZone(executeAt, rules.calendar.timeZone);
  const reason = `In the window ${rules.windowText}: ${when}, before NotBefore.`;
  return { kind: 'window', executeAt, latestStart, reason };
}

function withoutWindow(
  now: Instant,
  notBefore: Instant,
  rules: Rules,
  slots: Slots,
  isCrowded: boolean,
): Decision {
  const { timeZone } = rules.calendar;
  const deadline = deadlineOf(notBefore, rules);
  const slot = `slot of ${formatDuration(rules.slot)} in the window ${rules.windowText} before NotBefore, ${inZone(notBefore, timeZone)}`;
  const why = isCrowded ? `No free ${slot}: ${slots.limit ?? ''}` : `No ${slot}`;
  if (rules.noWindow === 'leave') {
    return { kind: 'leave', reason: `${why}; left to ECS, as NO_WINDOW=leave says.` };
  }
  const kind = rules.noWindow;
  const first = kind === 'soonest' ? now : later(now, lastResortAt(notBefore, rules));
  const free = slots.free(first, deadline) ?? slots.byRight?.(first, deadline);
  const executeAt = free ?? first;
  const when = inZone(executeAt, timeZone);
  const words = {
    soonest: isSame(executeAt, now) ? 'at once' : `at the first free time, ${when}`,
    'last-resort': `as late as allowed${isSame(executeAt, first) ? '' : ' and free'}, ${when}`,
  };
  const full =
    free === undefined ? ' Not even there is a free slot: it waits until the others are done.' : '';
  const reason = `${why}; ${words[kind]}, as NO_WINDOW=${kind} says.${full}`;
  return { kind, executeAt, latestStart: deadline, reason };
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
