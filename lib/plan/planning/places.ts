// The places of one reboot: the parts of its windows in which it may begin, with room enough to start.
import { allowedStretches } from '../calendar/calendar.ts';
import { searchHorizon } from '../calendar/horizon.ts';
import type { Stretch } from '../calendar/stretch.ts';
import { longestRange } from '../calendar/week.ts';
import {
  earliest,
  isAfter,
  isBefore,
  isSame,
  latest,
  plus,
  type Instant,
  type Milliseconds,
} from '../calendar/instant.ts';
import { areWindowsKnown, deadlineOf, lastResortAt, type Rules } from '../rules.ts';
import type { Interval, Place } from '../spacing/slots.ts';

/** When a place is looked for, and for what. */
export interface PlaceQuestion {
  now: Instant;
  notBefore: Instant;
  rules: Rules;
}

/**
 * The places before NotBefore, in order. Where the owner's windows are not known, it is the last one alone.
 *
 * A place begins at the start of the window, or now. It ends START_ROOM before the last moment at which the reboot may start:
 * ticks are never on time, and an interval that no tick can hit is no promise.
 */
export function* placesOf(question: PlaceQuestion): Generator<Place> {
  if (areWindowsKnown(question.rules)) {
    yield* allPlacesOf(question);
    return;
  }
  const last = lastPlaceOf(question);
  if (last !== undefined) yield last;
}

/**
 * The last place of the settings, and of it the last LAST_RESORT_LEAD: as much time as possible is left to find out the owner's
 * windows. It does not depend on `now` until it has begun, so that a plan stays where it is.
 */
function lastPlaceOf({ now, notBefore, rules }: PlaceQuestion): Place | undefined {
  const deadline = deadlineOf(notBefore, rules);
  for (let days = firstLookDays; ; days *= 4) {
    const from = latest(now, plus(deadline, -days * dayMs));
    const last = [...allPlacesOf({ now: from, notBefore, rules })].at(-1);
    if (last !== undefined) {
      return { ...last, from: latest(last.from, plus(last.latestStart, -rules.lastResortLead)) };
    }
    if (!isAfter(from, now)) return undefined;
  }
}

/** Most windows are open every week. */
const firstLookDays = 8;

/** The places, whoever's windows they are. Far-off ones are only worked out when they are asked for. */
function* allPlacesOf({ now, notBefore, rules }: PlaceQuestion): Generator<Place> {
  const deadline = deadlineOf(notBefore, rules);
  if (isTooShort(rules)) return;
  const farthest = searchHorizon(rules.calendar, now, deadline, rules.slot + rules.startRoom);
  let last: Instant | undefined;
  for (let days = 60; ; days *= 4) {
    const horizon = earliest(farthest, plus(now, days * dayMs));
    for (const stretch of allowedStretches(rules.calendar, now, horizon)) {
      if (last !== undefined && !isAfter(stretch.start, last)) continue;
      // A stretch that reaches the horizon ends later than it seems to.
      if (isBefore(horizon, farthest) && isAfter(stretch.end, horizon)) break;
      last = stretch.start;
      const place = placeIn(stretch, now, deadline, rules);
      if (place !== undefined) yield place;
    }
    if (!isBefore(horizon, farthest)) return;
  }
}

const dayMs: Milliseconds = 86_400_000;

/** True where no range of the windows is as long as a reboot and the room to start it. They have no place at all. */
export function isTooShort({ calendar, slot, startRoom }: Rules): boolean {
  return longestRange(calendar.windows) < slot + startRoom;
}

function placeIn(stretch: Stretch, now: Instant, deadline: Instant, rules: Rules): Place | undefined {
  const from = latest(now, stretch.start);
  const whole = wholePlace(stretch, rules);
  if (!isAfter(whole.latestStart, deadline))
    return isAfter(from, whole.until) ? undefined : { ...whole, from };
  const until = plus(deadline, -rules.startRoom);
  return isAfter(from, until) ? undefined : { from, until, latestStart: deadline };
}

/** The place if neither now nor the deadline cuts it. Thousands of instances ask for the same few. */
function wholePlace(stretch: Stretch, { slot, startRoom }: Rules): Omit<Place, 'from'> {
  const known = wholePlaces.get(stretch);
  if (known?.slot === slot && known.startRoom === startRoom) return known.place;
  const latestStart = plus(stretch.end, -slot);
  const place = { latestStart, until: plus(latestStart, -startRoom) };
  wholePlaces.set(stretch, { slot, startRoom, place });
  return place;
}

const wholePlaces = new WeakMap<
  Stretch,
  { slot: Milliseconds; startRoom: Milliseconds; place: Omit<Place, 'from'> }
>();

/**
 * True where a restart that is planned for `now` waits as long as its policy allows: nothing is left to wait for where the owner's
 * windows are not known. With NO_WINDOW=leave, there is no such moment outside of the windows.
 */
export function isLastMoment(question: PlaceQuestion): boolean {
  const { now, notBefore, rules } = question;
  const [last] = placesOf({ ...question, rules: { ...rules, ecsWindow: 'unread' } });
  if (last !== undefined) return !isAfter(last.from, now);
  return rules.noWindow !== 'leave' && !isBefore(now, lastResortAt(notBefore, rules));
}

/** True where the rules allow this interval in a window, even if an earlier one exists. */
export function isWindowInterval(
  { executeAt, latestStart }: Interval,
  notBefore: Instant,
  rules: Rules,
): boolean {
  const [first] = placesOf({ now: executeAt, notBefore, rules });
  return first !== undefined && isSame(first.from, executeAt) && isSame(first.latestStart, latestStart);
}
