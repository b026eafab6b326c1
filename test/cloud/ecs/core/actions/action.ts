// What an action is: it validates, reads, works and answers, at once.
import type { Params } from '../params.ts';
import type { Account } from '../account.ts';

/** The call that an action is run for. */
export interface Call {
  params: Params;
  /** The moment, epoch milliseconds. */
  at: number;
  requestId: string;
}

/** Answers a call without its RequestId, or throws an EcsError. */
export type Action = (account: Account, call: Call) => object;
