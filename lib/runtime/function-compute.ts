// The boundary to Function Compute: what it passes to a handler, and how our handlers turn that into an invocation with a
// log, a deadline and a unique name.
import { randomUUID } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import { maskOf, type Credentials } from '../alibaba/credentials.ts';
import { ConfigurationError } from '../failures.ts';
import { plus } from '../plan/calendar/instant.ts';
import type { Clock, Log } from '../ports.ts';
import { withoutSecrets } from '../secrets.ts';
import { systemClock } from './clock.ts';
import { jsonLog, type LineLogger } from './log.ts';
import { withReadableStack } from './stack-traces.ts';

/** The part of Function Compute's context that we use. */
export interface FunctionContext {
  requestId: string;
  region?: string;
  /** The key of the function's role. Empty or absent if the function has no role. */
  credentials?: Partial<Credentials> | null;
  /** `timeout` is in seconds. The context itself has no deadline. */
  function: { name: string; timeout: number };
  logger: LineLogger;
}

/** One invocation of a handler. */
export interface Invocation {
  clock: Clock;
  log: Log;
  /** When Function Compute stops the invocation. */
  deadline: Temporal.Instant;
  /** Unique. The request id is not: Function Compute keeps it when it repeats an invocation. */
  name: string;
}

/**
 * Makes a handler from `work`. An error that `work` throws leaves the handler as the same object, with a readable stack and
 * without secrets.
 */
export function handlerOf(
  work: (event: Buffer, context: FunctionContext) => Promise<string>,
): (event: Buffer, context: FunctionContext) => Promise<string> {
  return async (event, context) => {
    try {
      return await work(event, context);
    } catch (thrown) {
      throw withReadableStack(withoutSecrets(thrown, maskOf(context.credentials ?? undefined)));
    }
  };
}

/** Begins an invocation. A handler calls this first, because the deadline is counted from this call. */
export function beginInvocation(event: Buffer, context: FunctionContext): Invocation {
  const clock = systemClock;
  const begin = clock.now();
  const { requestId, function: fn } = context;
  const log = jsonLog(
    context.logger,
    { function: fn.name, requestId },
    maskOf(context.credentials ?? undefined),
  );
  log.info('Began.', { event: event.toString('utf8').slice(0, eventShown) });
  return {
    clock,
    log,
    deadline: plus(begin, fn.timeout * 1000),
    name: `${requestId}-${randomUUID().slice(0, 8)}`,
  };
}

/**
 * The key that signs the calls of this invocation.
 * @throws ConfigurationError if the function has no role
 */
export function credentialsOf({ credentials, function: fn }: FunctionContext): Credentials {
  const { accessKeyId, accessKeySecret, securityToken } = credentials ?? {};
  if (accessKeyId && accessKeySecret)
    return { accessKeyId, accessKeySecret, ...(securityToken ? { securityToken } : {}) };
  throw new ConfigurationError([
    {
      what: `The role of function ${fn.name}`,
      expected:
        'a RAM role for fc.aliyuncs.com: attach it in s.yaml (planRole, executeRole, reviewRole) and deploy again',
    },
  ]);
}

/**
 * How many characters of the event go into the log. The event is not used otherwise. A timer's event has about 100
 * characters; the event of a call by hand may be of any length.
 */
const eventShown = 300;
