// Opens what a review reads, on the real SDKs. It is no part of the other functions, whose bundles stay as small as they are.
import { openEcs } from '../alibaba/ecs/ecs.ts';
import { openEventHistory } from '../alibaba/ecs/event-history.ts';
import { openPlanStore } from '../alibaba/tablestore/plan-store.ts';
import { openReviewStore } from '../alibaba/tablestore/review-store.ts';
import { openChannels } from '../channels/open-channels.ts';
import { postByFetch } from '../channels/post.ts';
import type { Instant, Milliseconds } from '../plan/calendar/instant.ts';
import type { ReviewSettings } from '../plan/review/review.ts';
import type { EventHistory, ReviewStore } from '../plan/review/sources.ts';
import type { Channel, Ecs, PlanStore } from '../ports.ts';
import type { Configuration } from '../settings/configuration.ts';
import { withClients, type Caller } from './open-clients.ts';

/** The ports of one review. */
export interface OpenedReview {
  history: EventHistory;
  ecs: Pick<Ecs, 'instancesById'>;
  reviews: ReviewStore;
  store: Pick<PlanStore, 'readRuns' | 'recordRuns'>;
  /** Absent where nobody is told of reviews. */
  telling?: { channels: readonly Channel[]; language: 'en' | 'zh'; timeZone: string; deadline: Instant };
}

/** How far a review of the function looks back: as long as ECS keeps events, so that any timer up to a monthly one sees all. */
const periodMs: Milliseconds = 30 * 86_400_000;

/** What the function asks. */
export function reviewQuestionOf({ regions, settings }: Configuration): {
  regions: readonly string[];
  periodMs: Milliseconds;
  settings: ReviewSettings;
} {
  const { eventTypes, limits, rules } = settings;
  const { timeZone } = rules.calendar;
  return { regions, periodMs, settings: { eventTypes, groupLimit: limits.group, timeZone } };
}

/** Opens them for `use`, and closes every connection at its end, whatever the end is. Nothing is called before `use`. */
export async function withReviewPorts<T>(
  configuration: Configuration,
  caller: Caller,
  use: (ports: OpenedReview) => Promise<T>,
): Promise<T> {
  const { tables, language, channels, notices } = configuration;
  const { clock, name: writer, deadline } = caller;
  const isTold = channels.length > 0 && notices.events.includes('review');
  return withClients(configuration, caller, ({ api, tablestore, timing }) =>
    use({
      history: openEventHistory(api, timing),
      ecs: openEcs(api, timing),
      reviews: openReviewStore({ tablestore, tables, clock }),
      store: openPlanStore({ tablestore, tables, clock, writer, language }),
      ...(isTold
        ? {
            telling: {
              channels: openChannels(channels, { clock, post: postByFetch }),
              language: notices.language,
              timeZone: notices.timeZone,
              deadline,
            },
          }
        : {}),
    }),
  );
}
