// The review function's job: it looks back, keeps what ECS will forget, tells people, and returns the numbers.
import type { Timers } from '../../plan/runs.ts';
import type { PlanStore } from '../../ports.ts';
import { Problems } from '../report.ts';
import { watching } from '../runs.ts';
import { lookBack } from './look-back.ts';
import type { Reviewed, ReviewPorts, ReviewQuestion, ReviewReport } from './review-ports.ts';
import { tellReview, type ReviewTelling } from './tell-review.ts';

/** What the function's job needs of the world. */
export interface ReviewJobPorts extends ReviewPorts {
  store: Pick<PlanStore, 'readRuns' | 'recordRuns'>;
  /** Who is told: nobody, unless it is given. */
  telling?: ReviewTelling;
  /** Without the timer of the review its runs are not recorded. */
  timers?: Timers | undefined;
}

/**
 * Reviews the period once, and records the end of the run.
 * @throws AggregateError where no region could be read
 */
export async function reviewEvents(
  ports: ReviewJobPorts,
  question: Omit<ReviewQuestion, 'isKeeping'>,
): Promise<ReviewReport> {
  const problems = new Problems(ports.log, ports.language);
  const { telling, timers } = ports;
  const work = async (): Promise<Reviewed> => {
    const reviewed = await lookBack(ports, { ...question, isKeeping: true }, problems);
    if (telling !== undefined) await tellReview({ ...ports, problems }, telling, reviewed);
    return reviewed;
  };
  const { regions, settings } = question;
  const watched = { functionName: 'review', timers, timeZone: settings.timeZone, regions } as const;
  const { review } = await watching({ ...ports, problems }, watched, work);
  const { events, avoided, executed, unannounced } = review.all;
  return { events, avoided, executed, unannounced, problems: problems.all };
}
