// When to reboot one instance: the earliest slot in a window, or what the policy says where no window fits before NotBefore.
// Decided at planning time.
import {
  earliest,
  iso,
  isAfter,
  isBefore,
  isSame,
  latest,
  plus,
  type Instant,
  type Milliseconds,
} from '../calendar/instant.ts';
import { deadlineOf, lastResortAt, type Rules } from '../rules.ts';
import { atIn, state, type Statement } from '../statement.ts';
import { alone, type FindSlot, type Slots } from '../spacing/slots.ts';
import { allowedStretches } from '../calendar/calendar.ts';
import { searchHorizon } from '../calendar/horizon.ts';

/** The interval in which the reboot may be sent, both ends included. */
export interface Interval {
  executeAt: Instant;
  latestStart: Instant;
}

/** What was decided, and why. */
export type Decision =
  | ({ kind: 'window' | 'last-resort' | 'soonest'; reason: Statement } & Interval)
  | { kind: 'leave'; reason: Statement }
  | { kind: 'too-late'; reason: Statement };

/** What a decision rests on. */
export interface DecisionQuestion {
  now: Instant;
  notBefore: Instant;
  rules: Rules;
  /** The slots that the other plans leave; `alone` for an instance without others. */
  slots: Slots;
}

/** Decides when to reboot one instance. */
export function decide(question: DecisionQuestion): Decision {
  const { now, notBefore, rules, slots } = question;
  const deadline = deadlineOf(notBefore, rules);
  if (isAfter(now, deadline)) {
    const { timeZone } = rules.calendar;
    const values = { marginMs: rules.safetyMargin, notBefore: iso(notBefore), timeZone };
    return { kind: 'too-late', reason: state('too-late', values) };
  }
  const search = searchWindows(now, deadline, rules, slots);
  return search.fit === undefined ? withoutWindow(question, search.isCrowded) : inWindow(search.fit, rules);
}

/**
 * The earliest slot in a window. It starts between `now` and `deadline`, and ends in the window. A free slot comes first.
 * Without one, a slot that the instance may take from a less urgent plan. `isCrowded`: a window fits, but the limits leave
 * no slot in it.
 */
function searchWindows(
  now: Instant,
  deadline: Instant,
  rules: Rules,
  slots: Slots,
): { fit: Fit | undefined; isCrowded: boolean } {
  const farthest = searchHorizon(rules.calendar, now, deadline, rules.slot);
  for (let days = 60; ; days *= 4) {
    const horizon = earliest(farthest, plus(now, days * dayMs));
    const stretches = stretchesWithRoom(now, deadline, horizon, rules);
    const free = firstFit(stretches, slots.free);
    // A stretch that reaches the horizon ends later than it seems to.
    const isWhole = !isBefore(horizon, farthest) || (free !== undefined && !isAfter(free.end, horizon));
    if (!isWhole) continue;
    const fit = free ?? (slots.byRight && firstFit(stretches, slots.byRight));
    return { fit, isCrowded: fit === undefined && stretches.length > 0 };
  }
}

const dayMs: Milliseconds = 86_400_000;

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

/** True where the rules allow this interval in a window, even if an earlier one exists. */
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
  const values = { window: rules.windowText, ...atIn(executeAt, rules.calendar.timeZone) };
  return { kind: 'window', executeAt, latestStart, reason: state('in-window', values) };
}

function withoutWindow(question: DecisionQuestion, isCrowded: boolean): Decision {
  const { now, notBefore, rules, slots } = question;
  const { noWindow: kind, calendar } = rules;
  const noRoom = {
    window: rules.windowText,
    slotMs: rules.slot,
    notBefore: iso(notBefore),
    timeZone: calendar.timeZone,
    ...(isCrowded && slots.limit !== undefined ? { crowd: slots.limit } : {}),
  };
  if (kind === 'leave') return { kind, reason: state('left-to-ecs', noRoom) };
  const deadline = deadlineOf(notBefore, rules);
  const first = kind === 'soonest' ? now : latest(now, lastResortAt(notBefore, rules));
  const free = slots.free(first, deadline) ?? slots.byRight?.(first, deadline);
  const executeAt = free ?? first;
  const values = { ...noRoom, at: iso(executeAt), isFull: free === undefined };
  const reason =
    kind === 'soonest'
      ? state(kind, { ...values, isNow: isSame(executeAt, now) })
      : state(kind, { ...values, isMoved: !isSame(executeAt, first) });
  return { kind, executeAt, latestStart: deadline, reason };
}
