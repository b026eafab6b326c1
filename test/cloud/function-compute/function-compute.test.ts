// The local Function Compute: what it passes to a handler, and that one instance handles one event at a time.
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../clock.ts';
import { moveOn } from '../ecs/test-ecs.ts';
import { FunctionCompute, type InvocationRecord } from './function-compute.ts';
import type { FunctionSpec } from './project.ts';

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
function deploy(handler: (event: Buffer, context: object) => Promise<unknown>, changes = spec()) {
  const clock = new VirtualClock(start);
  const ended: InvocationRecord[] = [];
  const lines: string[] = [];
  const compute = new FunctionCompute({
    clock,
    accountId: '1000000000000001',
    credentials: { accessKeyId: 'key', accessKeySecret: 'secret', securityToken: 'token' },
    functions: [{ spec: changes, handler }],
    onLog: (name, level, line) => lines.push(`${name} ${level} ${line}`),
    onInvoked: (record) => ended.push(record),
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
} {
  let count = 0;
  let clock: VirtualClock | undefined;
  return {
    begun: () => count,
    on: (given) => {
      clock = given;
    },
    handler: () => {
      count += 1;
      return new Promise((resolve) => clock?.after(seconds * 1_000, () => resolve('{}')));
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
    await pass(90);
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
    await pass(90);
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
    await pass(30);
    expect(lines).toEqual(['tick info one', 'tick warn two', 'tick error three', 'tick info four']);
  });

  it('is reported with its result or with its error', async () => {
    let count = 0;
    const { ended, pass } = deploy(() => {
      count += 1;
      return count === 1 ? Promise.resolve('{"due":3}') : Promise.reject(new Error('Nothing works.'));
    });
    await pass(90);
    expect(ended).toMatchObject([
      { functionName: 'tick', begin: start + 30_000, result: { due: 3 } },
      { functionName: 'tick', begin: start + 90_000, error: { message: 'Nothing works.' } },
    ]);
  });

  it('is not repeated after it failed', async () => {
    let count = 0;
    const { pass } = deploy(() => {
      count += 1;
      return Promise.reject(new Error('Nothing works.'));
    });
    await pass(89);
    expect(count).toBe(1);
  });
});

describe('one instance', () => {
  it('handles one event at a time and starts a refused one when it is free', async () => {
    const work = slow(72);
    const { clock, compute, ended, pass } = deploy(work.handler);
    work.on(clock);
    await pass(95);
    // The tick of second 90 was refused, because the tick of second 30 runs until second 102.
    expect(work.begun()).toBe(1);
    expect(compute.isBusy).toBe(true);
    await pass(100);
    expect(seconds(ended.map(({ begin }) => begin))).toEqual([30, 105]);
    expect(seconds(ended.map(({ end }) => end))).toEqual([102, 177]);
  });

  it('never gets an event that was refused until it was too old', async () => {
    const work = slow(200);
    const { clock, compute, ended, pass } = deploy(work.handler);
    work.on(clock);
    await pass(230);
    // At second 230, the ticks of seconds 90 and 150 are older than 60 s. The tick of second 210 is not.
    expect(compute.dropped).toBe(2);
    await pass(10);
    expect(seconds(ended.map(({ begin }) => begin))).toEqual([30]);
    expect(work.begun()).toBe(2);
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
    await pass(30);
    compute.stop();
    await pass(300);
    expect(count).toBe(1);
  });
});
