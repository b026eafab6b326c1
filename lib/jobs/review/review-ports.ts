// What a review needs of the world, and what it returns.
import type { Instant, Milliseconds } from '../../plan/calendar/instant.ts';
import type { Review } from '../../plan/review/figures.ts';
import type { ReviewSettings } from '../../plan/review/review.ts';
import type { EventHistory, ReviewStore } from '../../plan/review/sources.ts';
import type { Clock, Ecs, Log, PlanStore } from '../../ports.ts';
import type { Language } from '../../wording/languages.ts';
import type { Problem, Problems } from '../report.ts';

/** What is asked. */
export interface ReviewQuestion {
  regions: readonly string[];
  /** How far it looks back. */
  periodMs: Milliseconds;
  settings: ReviewSettings;
  /** Whether events are kept beyond ECS's 30 days. Only the function does that: a command only looks. */
  isKeeping: boolean;
}

/** What a review reads, and where it keeps events. */
export interface ReviewPorts {
  history: EventHistory;
  ecs: Pick<Ecs, 'instancesById'>;
  reviews: ReviewStore;
  store: Pick<PlanStore, 'readRuns'>;
  clock: Clock;
  log: Log;
  /** Of problems and the log: English, unless it is given. */
  language?: Language;
  /** When the invocation ends. Nothing more is kept shortly before it. Absent for no end. */
  deadline?: Instant;
}

/** One review under way. */
export interface ReviewRun extends ReviewPorts {
  problems: Problems;
  question: ReviewQuestion;
  /** The end of the period. */
  now: Instant;
}

/** What the function returns. */
export interface ReviewReport {
  events: number;
  avoided: number;
  executed: number;
  unannounced: number;
  problems: Problem[];
}

/** The review, and what could not be read or does not agree. */
export interface Reviewed {
  review: Review;
  problems: Problem[];
}
