// What the code of each receiver offers. It is pure: it makes the request, and it reads the answer.
import type { Instant } from '../plan/calendar/instant.ts';
import type { DeliveryOutcome, Notice } from '../plan/notice.ts';
import type { Answer } from './answers.ts';
import type { PostRequest } from './post.ts';

/** Where a request goes, and when it is sent. */
export interface Sending {
  url: string;
  secret?: string;
  at: Instant;
}

/** One kind of receiver. */
export interface Receiver {
  /** The request, short enough for the receiver. */
  requestFor: (notice: Notice, sending: Sending) => PostRequest;
  /** What the answer means. */
  outcomeOf: (answer: Answer) => DeliveryOutcome;
}
