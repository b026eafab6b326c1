// Opens what a review reads, on the real SDKs. It is no part of the other functions, whose bundles stay as small as they are.
import { maskOf } from '../alibaba/credentials.ts';
import { ecsAtEdge, tablestoreAtEdge } from '../alibaba/edge.ts';
import { openEcs } from '../alibaba/ecs/ecs.ts';
import { openEventHistory } from '../alibaba/ecs/event-history.ts';
import { openEcsApiLate } from '../alibaba/ecs/late-api.ts';
import { openPlanStore } from '../alibaba/tablestore/plan-store.ts';
import { openReviewStore } from '../alibaba/tablestore/review-store.ts';
import { connectionsTo, openClient, tablestoreOf } from '../alibaba/tablestore/sdk-api.ts';
import { openChannels } from '../channels/open-channels.ts';
import { postByFetch } from '../channels/post.ts';
import { readBudgetMs } from '../constants.ts';
import { plus, type Instant } from '../plan/calendar/instant.ts';
import type { Milliseconds } from '../plan/calendar/instant.ts';
import type { ReviewSettings } from '../plan/review/review.ts';
import type { EventHistory, ReviewStore } from '../plan/review/sources.ts';
import type { Channel, Ecs, PlanStore } from '../ports.ts';
import type { Configuration } from '../settings/configuration.ts';
import type { Caller } from './open-ports.ts';

/** The ports of one review. */
export interface OpenedReview {
  history: EventHistory;
  ecs: Pick<Ecs, 'instancesById'>;
  reviews: ReviewStore;
  store: Pick<PlanStore, 'readRuns'>;
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
  { ecs, tablestore, tables, language, channels, notices }: Configuration,
  { credentials, clock, name, deadline }: Caller,
  use: (ports: OpenedReview) => Promise<T>,
): Promise<T> {
  const mask = maskOf(credentials);
  const api = ecsAtEdge(openEcsApiLate(ecs, credentials), mask);
  const timing = { clock, giveUpAt: plus(deadline, -readBudgetMs) };
  const connections = connectionsTo(tablestore);
  const client = tablestoreAtEdge(tablestoreOf(openClient(tablestore, credentials, connections)), mask);
  const isTold = channels.length > 0 && notices.events.includes('review');
  try {
    return await use({
      history: openEventHistory(api, timing),
      ecs: openEcs(api, timing),
      reviews: openReviewStore({ tablestore: client, tables, clock }),
      store: openPlanStore({ tablestore: client, tables, clock, writer: name, language }),
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
    });
  } finally {
    connections.destroy();
  }
}
