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

/** `exports.handler` of a bundle. */
export type Handler = (event: Buffer, context: object) => Promise<unknown>;

interface Surroundings {
  clock: CloudClock;
  /** Counts every request that the bundle sends. */
  activity: Activity;
  environment: Readonly<Record<string, string>>;
}

/** Loads the bundle and returns its handler. */
export function loadBundle(file: string, surroundings: Surroundings): Handler {
  const { clock, environment } = surroundings;
  const globals = {
    Date: dateOf(clock),
    performance: { now: () => clock.now() },
    ...timersOf(clock),
    process: processWith(environment),
  };
  const own = { exports: {} as { handler?: Handler }, require: requireFor(file, surroundings.activity) };
  const parameters = ['exports', 'require', 'module', '__filename', '__dirname', ...Object.keys(globals)];
  const run = compileFunction(readFileSync(file, 'utf8'), parameters, { filename: file });
  const module = { exports: own.exports };
  run.call(own.exports, own.exports, own.require, module, file, dirname(file), ...Object.values(globals));
  const { handler } = module.exports;
  if (typeof handler !== 'function') throw new Error(`${file} exports no function named handler`);
  return handler;
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
}

function timersOf(clock: CloudClock): object {
  const timer = (cancel: () => void): Timer => {
    const self: Timer = { cancel, ref: () => self, unref: () => self };
    return self;
  };
  const clear = (handle: Timer | undefined): void => handle?.cancel();
  return {
    setTimeout: (fn: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
      timer(clock.after(ms, () => fn(...args))),
    clearTimeout: clear,
    setInterval: (fn: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
      let cancel = (): void => undefined;
      const again = (): void => {
        cancel = clock.after(Math.max(1, ms), () => {
          again();
          fn(...args);
        });
      };
      again();
      return timer(() => cancel());
    },
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

/** Loads only Node's own modules: a deployed bundle has no node_modules. http and https report their requests. */
function requireFor(file: string, activity: Activity): (name: string) => unknown {
  const load = createRequire(file);
  const watched: Readonly<Record<string, unknown>> = {
    http: watchedModule(http, activity),
    https: watchedModule(https, activity),
  };
  return (name) => {
    const bare = name.replace(/^node:/, '');
    if (!isBuiltin(bare))
      throw new Error(`${file} requires "${name}", which is not a built-in module of Node`);
    return watched[bare] ?? (load(name) as unknown);
  };
}

function watchedModule(original: typeof http | typeof https, activity: Activity): object {
  const request = (...args: Parameters<typeof http.request>): http.ClientRequest =>
    activity.watch(original.request(...args));
  const get = (...args: Parameters<typeof http.get>): http.ClientRequest => {
    const sent = request(...args);
    sent.end();
    return sent;
  };
  return { ...original, request, get };
}
