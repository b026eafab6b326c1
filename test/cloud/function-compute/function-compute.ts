// A local Function Compute. Timers invoke functions asynchronously, and every tick comes late. Each function has one instance
// (reserved concurrency 1). A refused tick is tried again until it is too old. Every invocation gets a context.
// Left out: HTTP and other triggers, several instances, retries of failed invocations, destinations. README.md lists the facts.
import type { CloudClock } from '../clock.ts';
import { contextOf, type RoleCredentials } from './context.ts';
import type { FunctionSpec } from './project.ts';
import type { Instance } from './instance.ts';
import { answerOf, type AnyHandler } from './runtime.ts';
import { fateOf, triesOf } from './ticks.ts';
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
  handler: AnyHandler;
  /** The key of its own role. Default: that of all functions. */
  credentials?: RoleCredentials;
  /** The process of the handler. It rests between two invocations. Default: it always runs. */
  instance?: Instance;
}

/** What a FunctionCompute consists of. */
export interface FunctionComputeParts {
  clock: CloudClock;
  accountId: string;
  /** The key of the role of every function. Empty: the functions have no role. */
  credentials: RoleCredentials;
  /** Decides how late each tick comes, and which ones are lost. */
  seed: number;
  /** The share of the ticks that an internal error or a lack of resources loses. Default: 0. */
  lostShare?: number;
  functions: readonly DeployedFunction[];
  /** Gets every line that a function logs. */
  onLog?: (functionName: string, level: string, line: string) => void;
  onInvoked?: (invocation: InvocationRecord) => void;
}

/** Runs deployed functions on the timers of their triggers. */
export class FunctionCompute {
  readonly #parts: FunctionComputeParts;
  /** The running invocation of each function. Its value answers it as failed. */
  readonly #running = new Map<string, (error: Error) => void>();
  readonly #since: number;
  #requests = 0;
  #isStopped = false;
  /** The number of ticks that were refused at least once. */
  refused = 0;
  /** The number of ticks that were refused until they were too old. */
  dropped = 0;
  /** The number of ticks that an internal error or a lack of resources lost. */
  lost = 0;

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
    return this.#running.size > 0;
  }

  /** Invokes a function by hand, at once. */
  async invoke(functionName: string): Promise<void> {
    const fn = this.#parts.functions.find(({ spec }) => spec.functionName === functionName);
    if (fn === undefined) throw new Error(`there is no function ${functionName}`);
    await this.#invoke(fn, Buffer.from('{}'));
  }

  /**
   * A promise of the function was rejected, and nobody handled it. The running invocation is answered as failed. Its code
   * runs on, and the next invocation runs beside it.
   */
  strayRejection(functionName: string, error: Error): void {
    this.#running.get(functionName)?.(error);
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
      this.#tick(fn, Buffer.from(event), `${fn.spec.functionName} ${triggerTime}`);
    });
  }

  #tick(fn: DeployedFunction, event: Buffer, name: string): void {
    const { clock, seed, lostShare = 0 } = this.#parts;
    const { lateMs, isLost } = fateOf(seed, name, lostShare);
    if (isLost) {
      this.lost += 1;
      return;
    }
    const tries = triesOf(fn.spec.asyncInvokeConfig.maxAsyncEventAgeInSeconds);
    clock.after(lateMs, () => this.#try(fn, event, tries));
  }

  /** `tries` has the times of this try and of those that may follow, counted from the arrival of the tick. */
  #try(fn: DeployedFunction, event: Buffer, [now = 0, ...later]: readonly number[]): void {
    const [next] = later;
    if (this.#isStopped) return;
    if (!this.#running.has(fn.spec.functionName)) {
      void this.#invoke(fn, event);
      return;
    }
    if (now === 0) this.refused += 1;
    if (next === undefined) this.dropped += 1;
    else this.#parts.clock.after(next - now, () => this.#try(fn, event, later));
  }

  async #invoke(fn: DeployedFunction, event: Buffer): Promise<void> {
    const { clock, onInvoked } = this.#parts;
    const { functionName, runtime, timeout } = fn.spec;
    const record: InvocationRecord = { functionName, begin: clock.now(), end: clock.now() };
    const failed = new Promise<never>((_, reject) => this.#running.set(functionName, reject));
    const stop = clock.after(timeout * 1_000, () =>
      this.#running.get(functionName)?.(new Error(`Function timed out after ${timeout} seconds`)),
    );
    fn.instance?.wake();
    try {
      const answer = answerOf(runtime, fn.handler, event, this.#context(fn));
      record.result = JSON.parse(String(await Promise.race([answer, failed])));
    } catch (thrown) {
      record.error = thrown instanceof Error ? thrown : new Error(String(thrown));
    }
    stop();
    record.end = clock.now();
    this.#running.delete(functionName);
    fn.instance?.rest();
    onInvoked?.(record);
  }

  #context({ spec, credentials = this.#parts.credentials }: DeployedFunction): object {
    const { accountId, onLog } = this.#parts;
    this.#requests += 1;
    return contextOf(spec, {
      requestId: `1-${this.#requests.toString(16).padStart(8, '0')}-local`,
      accountId,
      credentials,
      onLog: (level, line) => onLog?.(spec.functionName, level, line),
    });
  }
}
