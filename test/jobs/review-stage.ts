// What a review reads, on the small account of the jobs' tests.
import { openEcs } from '../../lib/alibaba/ecs/ecs.ts';
import { openEventHistory } from '../../lib/alibaba/ecs/event-history.ts';
import { openReviewStore } from '../../lib/alibaba/tablestore/review-store.ts';
import type { ReviewJobPorts } from '../../lib/jobs/review/review-events.ts';
import { plus } from '../../lib/plan/calendar/instant.ts';
import { inProcessEcs, straightToEcs, type EcsCarrier } from '../in-process/ecs-api.ts';
import { hour, type Account } from './stage.ts';

export const day = 24 * hour;

export const question = {
  regions: ['cn-hangzhou', 'cn-shanghai'],
  periodMs: 30 * day,
  settings: { eventTypes: ['SystemMaintenance.Reboot'], groupLimit: 1, timeZone: 'Asia/Shanghai' },
};

/** The ports of one review, on the real adapters. `ecsCarrier`: who carries its calls to ECS. */
export function reviewPortsOf(
  account: Account,
  ecsCarrier: EcsCarrier = straightToEcs(account.ecs, account.faults),
): ReviewJobPorts {
  const { store, log } = account.ports();
  const { clock } = account;
  const api = inProcessEcs(ecsCarrier);
  return {
    history: openEventHistory(api, { clock }),
    ecs: openEcs(api, { clock }),
    store,
    log,
    clock,
    reviews: openReviewStore({ tablestore: account.tablestoreFor(), tables: account.tables, clock }),
    deadline: plus(clock.now(), 120_000),
  };
}
