// Until when ECS throttles which calls. Measured: Throttling counts for one account, region and API, and lasts until the
// next minute begins; what is sent before then is refused, too.
import { elapsed, isBefore, plus, type Instant } from '../../plan/calendar/instant.ts';
import type { EcsAction } from './api.ts';

/** ECS's minute is not quite ours. */
const marginMs = 1_000;

/** What one invocation was told of throttling. */
export class Throttling {
  readonly #until = new Map<string, Instant>();

  /** To be told of each throttled call, at the time of its answer. */
  begin(regionId: string, action: EcsAction, now: Instant): void {
    this.#until.set(`${regionId} ${action}`, plus(nextMinute(now), marginMs));
  }

  /** When such calls may be sent again; undefined where they may be sent now. */
  until(regionId: string, action: EcsAction, now: Instant): Instant | undefined {
    const until = this.#until.get(`${regionId} ${action}`);
    if (until === undefined || !isBefore(now, until)) return undefined;
    // Further ahead than it can have been: the clock was set back, and tells nothing of it any more.
    return elapsed(now, until) > minuteMs + marginMs ? undefined : until;
  }
}

const minuteMs = 60_000;

function nextMinute(now: Instant): Instant {
  return plus(now, minuteMs - (now.epochMilliseconds % minuteMs));
}
