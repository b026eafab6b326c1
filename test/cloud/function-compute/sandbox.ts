// Loads an unmodified built bundle, as a Node runtime of Function Compute does. The bundle gets the time and the
// environment of the local cloud. It gets sockets and everything else from the machine.
import http from 'node:http';
import https from 'node:https';
import { readFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname } from 'node:path';
import { compileFunction } from 'node:vm';
import type { CloudClock } from '../clock.ts';
import type { Activity } from './activity.ts';
import { Instance } from './instance.ts';

/** `exports.handler` of a bundle. */
export type Handler = (event: Buffer, context: object) => Promise<unknown>;

interface Surroundings {
  clock: CloudClock;
  /** Counts every request that the bundle sends. */
  activity: Activity;
  environment: Readonly<Record<string, string>>;
  /** The process in which the bundle runs. Default: one that is never frozen. */
  instance?: Instance;
  /** Answers the bundle's `fetch` without sockets, because nothing counts its requests. Default: the machine's. */
  fetch?: typeof fetch;
}

/** Loads the bundle and returns its handler. */
export function loadBundle(file: string, surroundings: Surroundings): Handler {
  const {
    clock,
    activity,
    environment,
    instance = new Instance(clock),
    fetch = globalThis.fetch,
  } = surroundings;
  const globals = {
    Date: dateOf(clock),
    performance: { now: () => clock.now() },
    ...timersOf(clock, instance),
    process: processWith(environment),
    fetch: fetchIn(instance, fetch),
  };
  const own = { exports: {} as { handler?: Handler }, require: requireFor(file, { activity, instance }) };
  const parameters = ['exports', 'require', 'module', '__filename', '__dirname', ...Object.keys(globals)];
  const run = compileFunction(readFileSync(file, 'utf8'), parameters, { filename: file });
  const module = { exports: own.exports };
  run.call(own.exports, own.exports, own.require, module, file, dirname(file), ...Object.values(globals));
  const { handler } = module.exports;
  if (typeof handler !== 'function') throw new Error(`${file} exports no function named handler`);
  return handler;
}

/** The answer or the error reaches the bundle only while the process runs. */
function fetchIn(instance: Instance, answer: typeof fetch): typeof fetch {
  return async (...request) => {
    const release = instance.keepAlive();
    const step = (): Promise<void> => new Promise((resolve) => instance.step(resolve));
    try {
      return await answer(...request).finally(step);
    } finally {
      release();
    }
  };
}

function dateOf(clock: CloudClock): DateConstructor {
  return new Proxy(Date, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [clock.now()] : args, newTarget) as Date,
    apply: () => new Date(clock.now()).toString(),
    get: (target, name, receiver) =>
      name === 'now' ? () => clock.now() : (Reflect.get(target, name, receiver) as unknown),
  });
}

interface Timer {
  cancel: () => void;
  ref: () => Timer;
  unref: () => Timer;
  hasRef: () => boolean;
}

function timersOf(clock: CloudClock, instance: Instance): object {
  /** Arms a timer. `again` says after how long it fires again, if it does. */
  const arm = (ms: number, again: number | undefined, fire: () => void): Timer => {
    let release: (() => void) | undefined = instance.keepAlive();
    let isOver = false;
    let cancel = (): void => undefined;
    const end = (): void => {
      isOver = true;
      cancel();
      release?.();
    };
    const run = (): void => {
      if (isOver) return;
      if (again === undefined) end();
      else schedule(again);
      fire();
    };
    const schedule = (after: number): void => {
      cancel = clock.after(after, () => {
        if (release === undefined) instance.unrefStep(run);
        else instance.step(run);
      });
    };
    const self: Timer = {
      cancel: end,
      ref: () => {
        if (!isOver) release ??= instance.keepAlive();
        return self;
      },
      unref: () => {
        release?.();
        release = undefined;
        return self;
      },
      hasRef: () => release !== undefined,
    };
    schedule(ms);
    return self;
  };
  const clear = (handle: Timer | undefined): void => handle?.cancel();
  return {
    setTimeout: (fn: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
      arm(ms, undefined, () => fn(...args)),
    clearTimeout: clear,
    setInterval: (fn: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
      arm(Math.max(1, ms), Math.max(1, ms), () => fn(...args)),
    clearInterval: clear,
  };
}

function processWith(environment: Readonly<Record<string, string>>): NodeJS.Process {
  const env = { ...environment };
  return new Proxy(process, {
    get: (target, name) => {
      if (name === 'env') return env;
      const value = Reflect.get(target, name) as unknown;
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

interface Watch {
  activity: Activity;
  instance: Instance;
}

/** Loads only Node's own modules: a deployed bundle has no node_modules. http and https report their requests. */
function requireFor(file: string, watch: Watch): (name: string) => unknown {
  const load = createRequire(file);
  const watched: Readonly<Record<string, unknown>> = {
    http: watchedModule(http, watch),
    https: watchedModule(https, watch),
  };
  return (name) => {
    const bare = name.replace(/^node:/, '');
    if (!isBuiltin(bare))
      throw new Error(`${file} requires "${name}", which is not a built-in module of Node`);
    return watched[bare] ?? (load(name) as unknown);
  };
}

function watchedModule(original: typeof http | typeof https, watch: Watch): object {
  const request = (...args: Parameters<typeof http.request>): http.ClientRequest =>
    watched(original.request(...args), watch);
  const get = (...args: Parameters<typeof http.get>): http.ClientRequest => {
    const sent = request(...args);
    sent.end();
    return sent;
  };
  return { ...original, request, get };
}

/** Counts the request. Its answer or its error reaches the bundle only while the process runs. */
function watched(request: http.ClientRequest, { activity, instance }: Watch): http.ClientRequest {
  request.once('close', instance.keepAlive());
  const emit = request.emit.bind(request) as (event: string | symbol, ...args: unknown[]) => boolean;
  Reflect.set(request, 'emit', (event: string | symbol, ...args: unknown[]): boolean => {
    if (event !== 'response' && event !== 'error') return emit(event, ...args);
    const arrived = activity.hold();
    instance.step(() => {
      arrived();
      emit(event, ...args);
    });
    return true;
  });
  return activity.watch(request);
}
