// The places of one reboot: the parts of its windows in which it may begin, with room enough to start.
import { allowedStretches, type Calendar, type Stretch } from '../calendar/calendar.ts';
import {
  earliest,
  isAfter,
  isBefore,
  latest,
  plus,
  type Instant,
  type Milliseconds,
} from '../calendar/instant.ts';
import { deadlineOf, type Rules } from '../rules.ts';
import type { Interval, Place } from '../spacing/slots.ts';

/** When a place is looked for, and for what. */
export interface PlaceQuestion {
  now: Instant;
  notBefore: Instant;
  rules: Rules;
}

/**
 * The places before NotBefore, in order. Far-off ones are only worked out when they are asked for.
 *
 * A place begins at the start of the window, or now. It ends START_ROOM before the last moment at which the reboot may start:
 * ticks are never on time, and an interval that no tick can hit is no promise.
 */
export function* placesOf({ now, notBefore, rules }: PlaceQuestion): Generator<Place> {
  const deadline = deadlineOf(notBefore, rules);
  const farthest = farthestHorizon(now, deadline, rules.calendar);
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

/**
 * How far ahead to look. ECS announces days ahead, but also writes placeholders far in the future. A slot that fits into no
 * window within a year after the last blackout fits into none.
 */
function farthestHorizon(now: Instant, deadline: Instant, calendar: Calendar): Instant {
  const end = plus(deadline, 1);
  if (calendar.windows === 'always') return end;
  const afterBlackouts = calendar.blackouts
    .map(({ last }) => last.toZonedDateTime(calendar.timeZone).toInstant())
    .reduce(latest, now);
  return earliest(end, plus(afterBlackouts, 366 * dayMs));
}

function placeIn(stretch: Stretch, now: Instant, deadline: Instant, rules: Rules): Place | undefined {
  const from = latest(now, stretch.start);
  const latestStart = earliest(plus(stretch.end, -rules.slot), deadline);
  const until = plus(latestStart, -rules.startRoom);
  return isAfter(from, until) ? undefined : { from, until, latestStart };
}

/** True where the rules allow this interval in a window, even if an earlier one exists. */
export function isWindowInterval(
  { executeAt, latestStart }: Interval,
  notBefore: Instant,
  rules: Rules,
): boolean {
  for (const place of placesOf({ now: executeAt, notBefore, rules })) {
    return (
      place.from.epochMilliseconds === executeAt.epochMilliseconds &&
      place.latestStart.epochMilliseconds === latestStart.epochMilliseconds
    );
  }
  return false;
}
