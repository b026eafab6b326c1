// The local Function Compute: what it passes to a handler, when its ticks come, and that one instance handles one event at a
// time. With seed 1 the ticks of seconds 30 and 90 come 0.925 and 2.974 s late. The handlers continue on full seconds.
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../clock.ts';
import { moveOn } from '../ecs/test-ecs.ts';
import { FunctionCompute, type FunctionComputeParts, type InvocationRecord } from './function-compute.ts';
import { Instance } from './instance.ts';
import type { FunctionSpec } from './project.ts';
import type { AnyHandler } from './runtime.ts';

const start = Date.parse('2026-12-01T00:00:30Z');

function spec(changes: Partial<FunctionSpec> = {}): FunctionSpec {
  return {
    functionName: 'tick',
    region: 'cn-hangzhou',
    runtime: 'nodejs20',
    handler: 'index.handler',
    code: './dist/tick',
    timeout: 120,
    memorySize: 256,
    environmentVariables: {},
    concurrencyConfig: { reservedConcurrency: 1 },
    asyncInvokeConfig: { maxAsyncRetryAttempts: 0, maxAsyncEventAgeInSeconds: 60 },
    triggers: [timer()],
    ...changes,
  };
}

function timer(cronExpression = '0 * * * * *', enable = true): FunctionSpec['triggers'][number] {
  return {
    triggerName: 'tick-timer',
    triggerType: 'timer',
    triggerConfig: { cronExpression, enable, payload: 'a payload' },
  };
}

/** Deploys one function on a clock at `start`. `pass` moves the clock and lets handlers continue. */
function deploy(handler: AnyHandler, changes = spec(), parts: Partial<FunctionComputeParts> = {}) {
  const clock = new VirtualClock(start);
  const ended: InvocationRecord[] = [];
  const lines: string[] = [];
  const compute = new FunctionCompute({
    clock,
    accountId: '1000000000000001',
    credentials: { accessKeyId: 'key', accessKeySecret: 'secret', securityToken: 'token' },
    seed: 1,
    functions: [{ spec: changes, handler, instance: new Instance(clock) }],
    onLog: (name, level, line) => lines.push(`${name} ${level} ${line}`),
    onInvoked: (record) => ended.push(record),
    ...parts,
  });
  compute.start();
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const pass = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second += 1) {
      moveOn(clock, 1_000);
      await settle();
    }
  };
  return { clock, compute, ended, lines, pass };
}

/** A handler that takes `seconds` on the clock that `on` sets. */
function slow(seconds: number): {
  begun: () => number;
  handler: () => Promise<string>;
  on: (c: VirtualClock) => void;
  over: () => number;
} {
  let count = 0;
  let ended = 0;
  let clock: VirtualClock | undefined;
  return {
    begun: () => count,
    over: () => ended,
    on: (given) => {
      clock = given;
    },
    handler: () => {
      count += 1;
      return new Promise((resolve) =>
        clock?.after(seconds * 1_000, () => {
          ended += 1;
          resolve('{}');
        }),
      );
    },
  };
}

const seconds = (times: number[]): number[] => times.map((time) => (time - start) / 1_000);

describe('an invocation', () => {
  it('gets the documented timer event as a Buffer, with the time at which the timer fired', async () => {
    const events: unknown[] = [];
    const { pass } = deploy((event) => {
      events.push(event);
      return Promise.resolve('{}');
    });
    await pass(95);
    expect(events.map((event) => Buffer.isBuffer(event))).toEqual([true, true]);
    expect(events.map(String)).toEqual([
      '{"triggerTime":"2026-12-01T00:01:00Z","triggerName":"tick-timer","payload":"a payload"}',
      '{"triggerTime":"2026-12-01T00:02:00Z","triggerName":"tick-timer","payload":"a payload"}',
    ]);
  });

  it('gets the documented context, with its own request id', async () => {
    const contexts: object[] = [];
    const { pass } = deploy((_, context) => {
      contexts.push(context);
      return Promise.resolve('{}');
    });
    await pass(95);
    expect(contexts[0]).toMatchObject({
      requestId: expect.stringMatching(/\w/) as string,
      credentials: { accessKeyId: 'key', accessKeySecret: 'secret', securityToken: 'token' },
      function: { name: 'tick', handler: 'index.handler', memory: 256, timeout: 120 },
      region: 'cn-hangzhou',
      accountId: '1000000000000001',
      retryCount: 0,
    });
    expect(contexts[0]).not.toHaveProperty('deadline');
    const [first, second] = contexts as { requestId: string }[];
    expect(first?.requestId).not.toBe(second?.requestId);
  });

  it('gets a logger that reports each line with its level', async () => {
    const { lines, pass } = deploy((_, context) => {
      const { logger } = context as {
        logger: Record<'info' | 'warn' | 'error' | 'log', (s: string) => void>;
      };
      logger.info('one');
      logger.warn('two');
      logger.error('three');
      logger.log('four');
      return Promise.resolve('{}');
    });
    await pass(35);
    expect(lines).toEqual(['tick info one', 'tick warn two', 'tick error three', 'tick info four']);
  });

  it('is reported with its result or with its error', async () => {
    let count = 0;
    const { ended, pass } = deploy(() => {
      count += 1;
      return count === 1 ? Promise.resolve('{"due":3}') : Promise.reject(new Error('Nothing works.'));
    });
    await pass(95);
    expect(ended).toMatchObject([
      { functionName: 'tick', begin: start + 30_925, result: { due: 3 } },
      { functionName: 'tick', begin: start + 92_974, error: { message: 'Nothing works.' } },
    ]);
  });

  it('gets empty credentials if the function has no role', async () => {
    const contexts: object[] = [];
    const { pass } = deploy(
      (_event, context) => {
        contexts.push(context);
        return Promise.resolve('{}');
      },
      spec(),
      { credentials: {} },
    );
    await pass(35);
    expect(contexts).toMatchObject([{ credentials: {} }]);
    expect(Object.keys((contexts[0] as { credentials: object }).credentials)).toEqual([]);
  });

  it('is answered by the value of an async handler from nodejs18 on', async () => {
    const handler = (): Promise<string> => Promise.resolve('{"due":3}');
    const newer = deploy(handler, spec({ runtime: 'nodejs18' }));
    await newer.pass(35);
    expect(newer.ended).toMatchObject([{ result: { due: 3 } }]);
    const older = deploy(handler, spec({ runtime: 'nodejs16' }));
    await older.pass(35);
    expect(older.ended).toEqual([]);
    expect(older.compute.isBusy).toBe(true);
  });

  it('is answered by the callback in every runtime', async () => {
    const handler: AnyHandler = (_event, _context, callback) => callback(null, '{"due":3}');
    for (const runtime of ['nodejs16', 'nodejs20']) {
      const { ended, pass } = deploy(handler, spec({ runtime }));
      await pass(35);
      expect(ended).toMatchObject([{ result: { due: 3 } }]);
    }
  });

  it('is answered as failed at the timeout of the function, and its code runs on', async () => {
    const work = slow(200);
    const { clock, ended, pass } = deploy(work.handler, spec({ timeout: 10 }));
    work.on(clock);
    await pass(95);
    expect(ended).toMatchObject([{ error: { message: 'Function timed out after 10 seconds' } }]);
    expect(seconds(ended.map(({ end }) => end))).toEqual([41]);
    expect(work.begun()).toBe(2);
  });

  it('is answered as failed after a stray rejection, while its code runs on beside the next one', async () => {
    const work = slow(72);
    const { clock, compute, ended, pass } = deploy(work.handler);
    work.on(clock);
    await pass(35);
    compute.strayRejection('tick', new Error('nobody handled it'));
    await pass(60);
    expect(ended).toMatchObject([{ error: { message: 'nobody handled it' } }]);
    // The code of the first invocation ends at second 102.925.
    expect(work.begun()).toBe(2);
    expect(work.over()).toBe(0);
    await pass(10);
    expect([work.begun(), work.over()]).toEqual([2, 1]);
    expect(ended).toHaveLength(1);
  });

  it('is not repeated after it failed', async () => {
    let count = 0;
    const { pass } = deploy(() => {
      count += 1;
      return Promise.reject(new Error('Nothing works.'));
    });
    await pass(92);
    expect(count).toBe(1);
  });
});

describe('one instance', () => {
  it('handles one event at a time and starts a refused one when it is free', async () => {
    const work = slow(72);
    const { clock, compute, ended, pass } = deploy(work.handler);
    work.on(clock);
    await pass(95);
    // The tick that came at 92.974 was refused, because the tick of second 30 runs until second 102.925.
    expect(work.begun()).toBe(1);
    expect(compute.isBusy).toBe(true);
    await pass(100);
    // It was tried again at 93.474, 94.474, 96.474, 100.474 and 108.474.
    expect(seconds(ended.map(({ begin }) => begin))).toEqual([30.925, 108.474]);
    expect(seconds(ended.map(({ end }) => end))).toEqual([103, 181]);
  });

  it('never gets an event that was refused until it was too old', async () => {
    const work = slow(200);
    const { clock, compute, ended, pass } = deploy(work.handler, spec({ timeout: 300 }));
    work.on(clock);
    await pass(124);
    expect(compute.dropped).toBe(0);
    // The tick that came at 92.974 is tried for the last time 31.5 s later.
    await pass(1);
    expect(compute.dropped).toBe(1);
    await pass(105);
    // At second 230, the tick of second 150 was refused for the last time, too. The tick of second 210 was not.
    expect(compute.dropped).toBe(2);
    await pass(20);
    expect(seconds(ended.map(({ begin }) => begin))).toEqual([30.925]);
    expect(work.begun()).toBe(2);
  });
});

describe('a tick', () => {
  it('that an internal error or a lack of resources hits is lost: it is not tried again', async () => {
    let count = 0;
    const handler = (): Promise<string> => {
      count += 1;
      return Promise.resolve('{}');
    };
    const { compute, pass } = deploy(handler, spec(), { lostShare: 1 });
    await pass(300);
    expect(count).toBe(0);
    expect([compute.lost, compute.dropped]).toEqual([5, 0]);
  });

  it('comes late, and differently with another seed', async () => {
    const begins = async (seed: number): Promise<number[]> => {
      const { ended, pass } = deploy(() => Promise.resolve('{}'), spec(), { seed });
      await pass(95);
      return seconds(ended.map(({ begin }) => begin));
    };
    expect(await begins(1)).toEqual([30.925, 92.974]);
    expect(await begins(2)).not.toEqual([30.925, 92.974]);
  });
});

describe('a timer', () => {
  it('never fires if it is disabled', async () => {
    let count = 0;
    const handler = (): Promise<string> => {
      count += 1;
      return Promise.resolve('{}');
    };
    const { pass } = deploy(handler, spec({ triggers: [timer('* * * * * *', false)] }));
    await pass(10);
    expect(count).toBe(0);
  });

  it('no longer fires after the stop', async () => {
    let count = 0;
    const { compute, pass } = deploy(() => {
      count += 1;
      return Promise.resolve('{}');
    });
    await pass(35);
    compute.stop();
    await pass(300);
    expect(count).toBe(1);
  });
});
