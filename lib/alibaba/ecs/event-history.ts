// ECS's record of events for a review: every type and every status, page by page, so that no answer stays in memory.
import { EcsReadFailed } from '../../failures.ts';
import { isAfter } from '../../plan/calendar/instant.ts';
import { eventStatuses } from '../../plan/event.ts';
import type { EventHistory } from '../../plan/review/sources.ts';
import type { EcsApi } from './api.ts';
import { readHistoryPage } from './history-answers.ts';
import { idsACall, pagesOf, readsOf, type ReadTiming } from './reads.ts';

/**
 * The record through these calls. Without all statuses ECS leaves out the events that are not over. No second page is asked for
 * after `giveUpAt`: a run that is stopped while it reads reports nothing, and one that gives up a region reports the others.
 */
export function openEventHistory(api: EcsApi, timing: ReadTiming): EventHistory {
  const read = readsOf(api, timing);
  const { clock, giveUpAt } = timing;
  return {
    pages: (regionId) =>
      pagesOf(async (nextToken) => {
        const isFirst = nextToken.nextToken === undefined;
        if (!isFirst && giveUpAt !== undefined && isAfter(clock.now(), giveUpAt)) {
          throw new EcsReadFailed('The time of the run was over before ECS had given all pages.');
        }
        return readHistoryPage(
          await read(regionId, 'DescribeInstanceHistoryEvents', {
            regionId,
            instanceEventCycleStatus: [...eventStatuses],
            maxResults: idsACall,
            ...nextToken,
          }),
        );
      }),
  };
}
