// Remembers until when ECS throttles which calls. Throttling counts per account, region and API, and lasts until the next
// minute begins. Calls that are sent before then are refused too.
import { elapsed, isBefore, plus, type Instant } from '../../plan/calendar/instant.ts';
import type { EcsAction } from './api.ts';

/** ECS's clock may differ from ours. */
const marginMs = 1_000;

/** What one invocation knows about throttling. */
export class Throttling {
  readonly #until = new Map<string, Instant>();

  /** The caller calls this for each throttled call, with the time of the answer. */
  begin(regionId: string, action: EcsAction, now: Instant): void {
    this.#until.set(`${regionId} ${action}`, plus(nextMinute(now), marginMs));
  }

  /** When such calls may be sent again; undefined if they may be sent now. */
  until(regionId: string, action: EcsAction, now: Instant): Instant | undefined {
    const until = this.#until.get(`${regionId} ${action}`);
    if (until === undefined || !isBefore(now, until)) return undefined;
    // Further ahead than a throttling can last: the clock was set back, so the stored time means nothing.
    return elapsed(now, until) > minuteMs + marginMs ? undefined : until;
  }
}

const minuteMs = 60_000;

function nextMinute(now: Instant): Instant {
  return plus(now, minuteMs - (now.epochMilliseconds % minuteMs));
}
