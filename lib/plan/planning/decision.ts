// When to reboot one instance: the earliest slot in a window, or what the policy says where no window fits before NotBefore.
// Decided at planning time.
//
// Where the owner's windows are not known, a plan waits for them as long as its policy allows. Then it goes by the windows of
// the settings:
//
//   a place in the settings' windows   the last one before NotBefore, and of it the last LAST_RESORT_LEAD (places.ts)
//   no place, last-resort or soonest   LAST_RESORT_LEAD before NotBefore
//   no place, leave                    left to ECS, and judged again at each run
import { earliest, iso, isBefore, isSame, latest, plus, type Instant } from '../calendar/instant.ts';
import { isOpenAt } from '../calendar/calendar.ts';
import { areWindowsKnown, deadlineOf, lastResortAt, type Rules } from '../rules.ts';
import type { Interval, Slots } from '../spacing/slots.ts';
import { atIn, state, type Statement } from '../statement.ts';
import { placesOf, type PlaceQuestion } from './places.ts';

/** What was decided, and why. */
export type Decision =
  | ({ kind: 'window' | 'last-resort' | 'soonest'; reason: Statement } & Interval)
  | { kind: 'leave'; reason: Statement }
  | { kind: 'too-late'; reason: Statement };

/** What a decision rests on. */
export interface DecisionQuestion extends PlaceQuestion {
  /** The slots that the other plans leave; `alone` for an instance without others. */
  slots: Slots;
}

/** Decides when to reboot one instance. */
export function decide(question: DecisionQuestion): Decision {
  const { now, notBefore, rules, slots } = question;
  if (!isBefore(now, deadlineOf(notBefore, rules))) {
    const { timeZone } = rules.calendar;
    const values = { marginMs: rules.safetyMargin, notBefore: iso(notBefore), timeZone };
    return { kind: 'too-late', reason: state('too-late', values) };
  }
  let hasPlace = false;
  const interval = slots.choose(
    (function* () {
      for (const place of placesOf(question)) {
        hasPlace = true;
        yield place;
      }
    })(),
  );
  return interval === undefined ? withoutWindow(question, hasPlace) : inWindow(interval, rules);
}

function inWindow({ executeAt, latestStart }: Interval, rules: Rules): Decision {
  const values = { window: rules.windowText, ...atIn(executeAt, rules.calendar.timeZone) };
  return { kind: 'window', executeAt, latestStart, reason: state('in-window', values) };
}

/** `isCrowded`: a place is there, but the limits leave no slot in it. */
function withoutWindow(question: DecisionQuestion, isCrowded: boolean): Decision {
  const { now, notBefore, rules, slots } = question;
  const { noWindow, calendar } = rules;
  const kind = noWindow === 'soonest' && !areWindowsKnown(rules) ? 'last-resort' : noWindow;
  const noRoom = {
    window: rules.windowText,
    slotMs: rules.slot,
    notBefore: iso(notBefore),
    timeZone: calendar.timeZone,
    ...(isCrowded && slots.limit !== undefined ? { crowd: slots.limit } : {}),
  };
  if (kind === 'leave') return { kind, reason: state('left-to-ecs', noRoom) };
  if (kind === 'last-resort' && rules.ecsWindow === 'applies' && isOpenAt(calendar, notBefore)) {
    // ECS restarts the instance in the window that its owner set there. A restart of ours would be outside of it.
    return { kind: 'leave', reason: state('ecs-keeps-window', noRoom) };
  }
  const deadline = deadlineOf(notBefore, rules);
  const first = kind === 'soonest' ? now : latest(now, lastResortAt(notBefore, rules));
  const free = freeBeyondWindows(question, first, deadline);
  const executeAt = free ?? first;
  const values = { ...noRoom, at: iso(executeAt), isFull: free === undefined };
  const reason =
    kind === 'soonest'
      ? state(kind, { ...values, isNow: isSame(executeAt, now) })
      : state(kind, {
          ...values,
          ...(noWindow === 'soonest' ? { policy: noWindow } : {}),
          isMoved: !isSame(executeAt, first),
          ...(isBefore(executeAt, first) ? { isEarly: true } : {}),
          since: iso(now),
        });
  return { kind, executeAt, latestStart: deadline, reason };
}

/**
 * The first free slot from `first` on. Where that stretch is full, the last one before it: ECS would otherwise restart several
 * instances together. Undefined where no slot is free at all.
 */
function freeBeyondWindows(
  { now, rules, slots }: DecisionQuestion,
  first: Instant,
  deadline: Instant,
): Instant | undefined {
  const until = plus(deadline, -rules.startRoom);
  const after = isBefore(until, first) ? undefined : slots.first(first, until);
  return after ?? (isBefore(now, first) ? slots.last(now, earliest(first, until)) : undefined);
}
