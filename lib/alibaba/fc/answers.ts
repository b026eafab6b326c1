// Reads the answers of Function Compute. What is missing or odd counts as absent.
import * as v from 'valibot';
import type { FcFunction, FcTrigger } from './api.ts';

const text = v.fallback(v.optional(v.pipe(v.string(), v.nonEmpty())), undefined);
const number = v.fallback(v.optional(v.number()), undefined);

const functionSchema = v.object({
  state: text,
  stateReason: text,
  lastUpdateStatus: text,
  lastUpdateStatusReason: text,
  role: text,
  environmentVariables: v.nullish(v.record(v.string(), v.string()), {}),
  timeout: number,
  memorySize: number,
  instanceConcurrency: number,
  createdTime: text,
});

const listSchema = v.object({ nextToken: text });

const triggersSchema = v.object({
  triggers: v.nullish(
    v.array(
      v.object({ triggerName: v.string(), triggerType: v.string(), triggerConfig: v.optional(v.unknown()) }),
    ),
    [],
  ),
});

const timerSchema = v.object({ cronExpression: v.string(), enable: v.optional(v.boolean(), true) });

/** The configuration of a trigger is JSON in a text. */
const timerText = v.pipe(v.string(), v.parseJson(), timerSchema);

const namesSchema = v.object({ functions: v.nullish(v.array(v.object({ functionName: v.string() })), []) });
const asyncSchema = v.object({ maxAsyncRetryAttempts: number });
const concurrencySchema = v.object({ reservedConcurrency: number });

/** Reads GetFunction. Undefined where it is something else. */
export function readFunction(body: unknown): FcFunction | undefined {
  const read = v.safeParse(functionSchema, body);
  if (!read.success) return undefined;
  const { environmentVariables, ...rest } = read.output;
  return { ...present(rest), environment: environmentVariables };
}

/** Reads ListTriggers. */
export function readTriggers(body: unknown): FcTrigger[] | undefined {
  const read = v.safeParse(triggersSchema, body);
  if (!read.success) return undefined;
  return read.output.triggers.map(({ triggerName: name, triggerType: type, triggerConfig: config }) => {
    const timer = v.safeParse(timerText, config);
    if (type !== 'timer' || !timer.success) return { name, type };
    const { cronExpression: expression, enable: isEnabled } = timer.output;
    return { name, type, timer: { expression, isEnabled } };
  });
}

/** Reads ListFunctions. */
export function readNames(body: unknown): string[] | undefined {
  const read = v.safeParse(namesSchema, body);
  return read.success ? read.output.functions.map(({ functionName }) => functionName) : undefined;
}

/** Reads GetAsyncInvokeConfig. */
export function readRetries(body: unknown): { retries?: number } | undefined {
  const read = v.safeParse(asyncSchema, body);
  if (!read.success) return undefined;
  const { maxAsyncRetryAttempts: retries } = read.output;
  return retries === undefined ? {} : { retries };
}

/** Reads GetConcurrencyConfig. */
export function readReserved(body: unknown): { reserved?: number } | undefined {
  const read = v.safeParse(concurrencySchema, body);
  if (!read.success) return undefined;
  const { reservedConcurrency: reserved } = read.output;
  return reserved === undefined ? {} : { reserved };
}

/** The token of the next page. */
export function readNext(body: unknown): string | undefined {
  const read = v.safeParse(listSchema, body);
  return read.success ? read.output.nextToken : undefined;
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
}
