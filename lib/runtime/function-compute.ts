// What Function Compute hands to a handler, and what each of ours makes of it: an invocation with its log, its deadline
// and a name of its own.
import { randomUUID } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import type { Credentials } from '../alibaba/credentials.ts';
import { systemClock } from './clock.ts';
import { jsonLog, type LineLogger } from './log.ts';
import { plus } from '../plan/calendar/instant.ts';
import type { Clock, Log } from '../ports.ts';
import { withReadableStack } from './stack-traces.ts';

/** The part of Function Compute's context that is used. */
export interface FunctionContext {
  requestId: string;
  region?: string;
  credentials: Credentials;
  /** `timeout` in seconds. The context has no deadline. */
  function: { name: string; timeout: number };
  logger: LineLogger;
}

export interface Invocation {
  clock: Clock;
  log: Log;
  /** When Function Compute cuts the invocation off. */
  deadline: Temporal.Instant;
  /** Unlike the request id, which a repeated invocation keeps, nobody else has it. */
  name: string;
}

/** What Function Compute calls: `work`, whose errors leave it as they are, with stacks that people can read. */
export function handlerOf(
  work: (event: Buffer, context: FunctionContext) => Promise<string>,
): (event: Buffer, context: FunctionContext) => Promise<string> {
  return async (event, context) => {
    try {
      return await work(event, context);
    } catch (thrown) {
      throw withReadableStack(thrown);
    }
  };
}

/** Begins an invocation; to be called first of all, since the deadline counts from here. */
export function beginInvocation(event: Buffer, context: FunctionContext): Invocation {
  const clock = systemClock;
  const begin = clock.now();
  const { requestId, function: fn } = context;
  const log = jsonLog(context.logger, { function: fn.name, requestId });
  log.info('Began.', { event: event.toString('utf8').slice(0, eventShown) });
  return {
    clock,
    log,
    deadline: plus(begin, fn.timeout * 1000),
    name: `${requestId}-${randomUUID().slice(0, 8)}`,
  };
}

/** Of the event, which we do not use, this much is logged: a timer's is 100 characters, a person's may be anything. */
const eventShown = 300;
