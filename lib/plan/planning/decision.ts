// When to reboot one instance: the earliest slot in a window before the deadline, or what the policy says where no
// window fits. Decided at planning time, and in words.
import { formatDuration } from '../calendar/duration.ts';
import {
  earliest,
  inZone,
  isAfter,
  isBefore,
  isSame,
  latest,
  plus,
  type Instant,
  type Milliseconds,
} from '../calendar/instant.ts';
import { deadlineOf, lastResortAt, type Rules } from '../rules.ts';
import { alone, type FindSlot, type Slots } from '../spacing/slots.ts';
import { allowedStretches, type Calendar } from '../calendar/calendar.ts';

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
    const horizon = earliest(farthest, plus(now, days * dayMs));
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
    .reduce(latest, now);
  return earliest(end, plus(afterBlackouts, 366 * dayMs));
}

interface Fit extends Interval {
  /** The end of the window. */
  end: Instant;
}

/** The parts of the windows in which a slot may start, in order. */
function stretchesWithRoom(now: Instant, deadline: Instant, horizon: Instant, rules: Rules): Fit[] {
  return allowedStretches(rules.calendar, now, horizon).flatMap((stretch) => {
    const executeAt = latest(now, stretch.start);
    const latestStart = earliest(plus(stretch.end, -rules.slot), deadline);
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
  const first = kind === 'soonest' ? now : latest(now, lastResortAt(notBefore, rules));
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
