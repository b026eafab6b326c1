// A local Function Compute. Timers invoke functions asynchronously. Each function has one instance (reserved
// concurrency 1). A refused invocation is tried again until it is too old. Every invocation gets a context.
// Left out: HTTP and other triggers, several instances, retries of failed invocations, destinations.
import type { CloudClock } from '../clock.ts';
import type { FunctionSpec } from './project.ts';
import type { Handler } from './sandbox.ts';
import { nextFiring } from './timer.ts';

/** One invocation that has ended. */
export interface InvocationRecord {
  functionName: string;
  begin: number;
  end: number;
  /** The parsed result of the handler. */
  result?: unknown;
  /** The error that the handler threw. */
  error?: Error;
}

/** A function of s.yaml and its loaded handler. */
export interface DeployedFunction {
  spec: FunctionSpec;
  handler: Handler;
}

/** What a FunctionCompute consists of. */
export interface FunctionComputeParts {
  clock: CloudClock;
  accountId: string;
  credentials: { accessKeyId: string; accessKeySecret: string; securityToken?: string };
  functions: readonly DeployedFunction[];
  /** Gets every line that a function logs. */
  onLog?: (functionName: string, level: string, line: string) => void;
  onInvoked?: (invocation: InvocationRecord) => void;
}

/** Time between two attempts to start an invocation that was refused because the one instance is busy. */
const refusedRetryMs = 5_000;

/** Runs deployed functions on the timers of their triggers. */
export class FunctionCompute {
  readonly #parts: FunctionComputeParts;
  readonly #busy = new Set<string>();
  readonly #since: number;
  #requests = 0;
  #isStopped = false;
  /** The number of invocations that were refused until they were too old. */
  dropped = 0;

  constructor(parts: FunctionComputeParts) {
    this.#parts = parts;
    this.#since = parts.clock.now();
  }

  /** Enables every timer. */
  start(): void {
    for (const fn of this.#parts.functions) {
      for (const trigger of fn.spec.triggers) if (trigger.triggerConfig.enable) this.#arm(fn, trigger);
    }
  }

  /** Stops every timer. Running invocations continue. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Whether an invocation is running. */
  get isBusy(): boolean {
    return this.#busy.size > 0;
  }

  #arm(fn: DeployedFunction, trigger: FunctionSpec['triggers'][number]): void {
    const { clock } = this.#parts;
    const { cronExpression, payload } = trigger.triggerConfig;
    const now = clock.now();
    const at = nextFiring(cronExpression, now, this.#since);
    clock.after(at - now, () => {
      if (this.#isStopped) return;
      this.#arm(fn, trigger);
      const triggerTime = new Date(at).toISOString().replace('.000Z', 'Z');
      const event = JSON.stringify({ triggerTime, triggerName: trigger.triggerName, payload });
      this.#invokeWhenFree(fn, Buffer.from(event), at);
    });
  }

  #invokeWhenFree(fn: DeployedFunction, event: Buffer, since: number): void {
    const { clock } = this.#parts;
    const { functionName, asyncInvokeConfig } = fn.spec;
    if (!this.#busy.has(functionName)) {
      void this.#invoke(fn, event);
    } else if (clock.now() - since >= asyncInvokeConfig.maxAsyncEventAgeInSeconds * 1_000) {
      this.dropped += 1;
    } else {
      clock.after(refusedRetryMs, () => this.#invokeWhenFree(fn, event, since));
    }
  }

  async #invoke(fn: DeployedFunction, event: Buffer): Promise<void> {
    const { clock, onInvoked } = this.#parts;
    const { functionName } = fn.spec;
    this.#busy.add(functionName);
    const record: InvocationRecord = { functionName, begin: clock.now(), end: clock.now() };
    try {
      record.result = JSON.parse(String(await fn.handler(event, this.#context(fn.spec))));
    } catch (thrown) {
      record.error = thrown instanceof Error ? thrown : new Error(String(thrown));
    }
    record.end = clock.now();
    this.#busy.delete(functionName);
    onInvoked?.(record);
  }

  #context(spec: FunctionSpec): object {
    const { accountId, credentials, onLog } = this.#parts;
    this.#requests += 1;
    const log =
      (level: string) =>
      (line: string): void =>
        onLog?.(spec.functionName, level, line);
    return {
      requestId: `1-${this.#requests.toString(16).padStart(8, '0')}-local`,
      credentials,
      function: {
        name: spec.functionName,
        handler: spec.handler,
        memory: spec.memorySize,
        timeout: spec.timeout,
      },
      service: {},
      region: spec.region,
      accountId,
      logger: {
        debug: log('debug'),
        info: log('info'),
        warn: log('warn'),
        error: log('error'),
        log: log('info'),
      },
      retryCount: 0,
      tracing: {},
    };
  }
}
