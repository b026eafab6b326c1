// Spreads out the calls to ECS. Otherwise the events of a whole zone could use up the account's quota, which consoles and
// other programs share. One bucket per region and API, as ECS counts.
import { TokenBucket } from 'limiter';
import { callsAtOnce, callsASecond } from '../../constants.ts';
import type { EcsAction } from './api.ts';

/** Resolves when one more call of the action may be sent in the region. */
export type Turns = (regionId: string, action: EcsAction) => Promise<void>;

/** Buckets that are full at the start. */
export function tokenBuckets(): Turns {
  const buckets = new Map<string, TokenBucket>();
  return async (regionId, action) => {
    const name = `${regionId} ${action}`;
    const bucket = buckets.get(name) ?? fullBucket();
    buckets.set(name, bucket);
    await bucket.removeTokens(1);
  };
}

function fullBucket(): TokenBucket {
  const bucket = new TokenBucket({
    bucketSize: callsAtOnce,
    tokensPerInterval: callsASecond,
    interval: 'second',
  });
  bucket.content = callsAtOnce;
  return bucket;
}
