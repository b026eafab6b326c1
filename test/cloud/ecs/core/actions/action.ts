// The type of an action: it validates, reads, works and answers, synchronously.
import type { Params } from '../params.ts';
import type { Account } from '../account.ts';

/** The call that an action handles. */
export interface Call {
  params: Params;
  /** The time of the call, in epoch milliseconds. */
  at: number;
  requestId: string;
}

/** Answers a call without its RequestId, or throws an EcsError. */
export type Action = (account: Account, call: Call) => object;
