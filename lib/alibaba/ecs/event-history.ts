// ECS's record of events for a review: every type and every status, page by page, so that no answer stays in memory.
import { eventStatuses } from '../../plan/event.ts';
import type { EventHistory } from '../../plan/review/sources.ts';
import type { EcsApi } from './api.ts';
import { readHistoryPage } from './history-answers.ts';
import { idsACall, pagesOf, readsOf, type ReadTiming } from './reads.ts';

/** The record through these calls. Without all statuses ECS leaves out the events that are not over. */
export function openEventHistory(api: EcsApi, timing: ReadTiming): EventHistory {
  const read = readsOf(api, timing);
  return {
    pages: (regionId) =>
      pagesOf(async (nextToken) =>
        readHistoryPage(
          await read(regionId, 'DescribeInstanceHistoryEvents', {
            regionId,
            instanceEventCycleStatus: [...eventStatuses],
            maxResults: idsACall,
            ...nextToken,
          }),
        ),
      ),
  };
}
