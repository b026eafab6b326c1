// The review function's job: it looks back, keeps what ECS will forget, tells people, and returns the numbers.
import { Problems } from '../report.ts';
import { lookBack } from './look-back.ts';
import type { ReviewPorts, ReviewQuestion, ReviewReport } from './review-ports.ts';
import { tellReview, type ReviewTelling } from './tell-review.ts';

/** What the function's job needs of the world. */
export interface ReviewJobPorts extends ReviewPorts {
  /** Who is told: nobody, unless it is given. */
  telling?: ReviewTelling;
}

/**
 * Reviews the period once.
 * @throws AggregateError where no region could be read
 */
export async function reviewEvents(
  ports: ReviewJobPorts,
  question: Omit<ReviewQuestion, 'isKeeping'>,
): Promise<ReviewReport> {
  const reviewed = await lookBack(ports, { ...question, isKeeping: true });
  const problems = new Problems(ports.log, ports.language);
  const { telling } = ports;
  if (telling !== undefined) await tellReview({ ...ports, problems }, telling, reviewed);
  const { events, avoided, executed, unannounced } = reviewed.review.all;
  return { events, avoided, executed, unannounced, problems: [...reviewed.problems, ...problems.all] };
}
