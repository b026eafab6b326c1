// How calls to ECS are spread out: fifty at once, then ten per second, counted per region and API.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EcsAction } from '../../../lib/alibaba/ecs/api.ts';
import { tokenBuckets, type Turns } from '../../../lib/alibaba/ecs/token-buckets.ts';

let turn: Turns;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  turn = tokenBuckets();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Asks for this many turns. The result counts the turns that came. */
function ask(count: number, regionId = 'cn-hangzhou', action: EcsAction = 'DescribeInstances'): () => number {
  let come = 0;
  for (let n = 0; n < count; n += 1) void turn(regionId, action).then(() => (come += 1));
  return () => come;
}

describe('calls of one API in one region', () => {
  it('go out fifty at once, and then one every tenth of a second', async () => {
    const come = ask(53);
    await vi.advanceTimersByTimeAsync(0);
    expect(come()).toBe(50);
    await vi.advanceTimersByTimeAsync(99);
    expect(come()).toBe(50);
    await vi.advanceTimersByTimeAsync(2);
    expect(come()).toBe(51);
    await vi.advanceTimersByTimeAsync(200);
    expect(come()).toBe(53);
  });

  it('may be fifty at once again after five seconds without calls', async () => {
    ask(50);
    await vi.advanceTimersByTimeAsync(5_001);
    const come = ask(51);
    await vi.advanceTimersByTimeAsync(0);
    expect(come()).toBe(50);
  });

  it('do not wait for calls of another API or region', async () => {
    ask(60);
    const elsewhere = ask(50, 'cn-shanghai');
    const others = ask(50, 'cn-hangzhou', 'RebootInstance');
    await vi.advanceTimersByTimeAsync(0);
    expect([elsewhere(), others()]).toEqual([50, 50]);
  });
});
