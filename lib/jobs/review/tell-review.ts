// The end of a review: one digest to each channel of NOTIFY. Each channel hears the review of one day of TIME_ZONE once, however
// often the run is repeated. A channel that does not take it is a problem of the run: the next one is told in a week, and
// `once -- review` repeats it.
import { tellingBudgetMs } from '../../constants.ts';
import { messageOf } from '../../failures.ts';
import { dayIn, isBefore, iso, plus, type Instant } from '../../plan/calendar/instant.ts';
import { state } from '../../plan/statement.ts';
import type { ReviewStore } from '../../plan/review/sources.ts';
import type { Channel, Clock } from '../../ports.ts';
import type { Language } from '../../wording/languages.ts';
import { reviewDigest } from '../../wording/review/digest.ts';
import type { Problems } from '../report.ts';
import type { Reviewed } from './review-ports.ts';
import { unreadIn } from './unread.ts';

/** Who is told, and how. Quiet hours do not count: the timer of the review is a choice of those who are told. */
export interface ReviewTelling {
  channels: readonly Channel[];
  language: Language;
  timeZone: string;
  /** When the invocation ends. */
  deadline: Instant;
}

/** What the run needs to tell. */
export interface TellingReview {
  reviews: Pick<ReviewStore, 'toldOf' | 'recordTold'>;
  clock: Clock;
  problems: Problems;
}

/** Tells every channel that was not told today. It never throws: what fails is a problem. */
export async function tellReview(
  run: TellingReview,
  telling: ReviewTelling,
  reviewed: Reviewed,
): Promise<void> {
  const { clock, problems } = run;
  if (isBefore(telling.deadline, plus(clock.now(), tellingBudgetMs))) {
    problems.add({ regionId: '' }, state('review-not-told', { message: 'The time of the run was over.' }));
    return;
  }
  try {
    await tell(run, telling, reviewed);
  } catch (thrown) {
    problems.add({ regionId: '' }, state('review-not-told', { message: messageOf(thrown) }), thrown);
  }
}

async function tell(
  { reviews, problems }: TellingReview,
  { channels, language, timeZone }: ReviewTelling,
  { review, problems: found }: Reviewed,
): Promise<void> {
  const day = dayIn(review.until, timeZone);
  const told = await reviews.toldOf(day);
  const left = channels.filter(({ name }) => !told.includes(name));
  if (left.length === 0) return;
  const notice = reviewDigest(review, { language, timeZone, unread: unreadIn(found) });
  const outcomes = await Promise.all(
    left.map(async (channel) => ({ name: channel.name, outcome: await channel.tell(notice) })),
  );
  for (const { name, outcome } of outcomes) {
    if (outcome.kind === 'told') continue;
    const { code: problem, answer } = outcome.problem;
    const values = {
      channel: name,
      problem,
      ...(answer === undefined ? {} : { answer }),
      ...(outcome.kind === 'later' ? { at: iso(outcome.until) } : {}),
      timeZone,
    };
    problems.add({ regionId: '' }, state('notice-not-taken', values));
  }
  const now = outcomes.filter(({ outcome }) => outcome.kind === 'told').map(({ name }) => name);
  if (now.length === 0) return;
  const message = await reviews.recordTold(day, [...told, ...now]);
  if (message !== undefined) {
    problems.add({ regionId: '' }, state('review-told-unrecorded', { message }));
  }
}
