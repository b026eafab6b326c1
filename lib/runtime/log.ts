// Log lines as one JSON object per line: Function Compute's log store can index them, and `grep` can search them.
import { inspect } from 'node:util';
import type { Log } from '../ports.ts';
import { readableStack } from './stack-traces.ts';

/** Writes finished lines: Function Compute's `context.logger`, or a stream. */
export interface LineLogger {
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
}

/** Opens a log on `logger`. Every line has the fields of `base`. A field that is an error becomes its stack. */
export function jsonLog(logger: LineLogger, base: Record<string, unknown>): Log {
  const line =
    (level: keyof LineLogger) =>
    (message: string, fields: Record<string, unknown> = {}): void =>
      logger[level](lineOf({ level, message, ...base, ...fields }));
  return { info: line('info'), warn: line('warn'), error: line('error') };
}

/** A field that cannot become JSON must not suppress the whole line. */
function lineOf(fields: Record<string, unknown>): string {
  try {
    return JSON.stringify(fields, withStacks);
  } catch {
    const written = Object.entries(fields).map(([name, value]) => [name, writable(value)]);
    return JSON.stringify(Object.fromEntries(written), withStacks);
  }
}

function writable(value: unknown): unknown {
  try {
    JSON.stringify(value, withStacks);
    return value;
  } catch {
    return inspect(value, { customInspect: false });
  }
}

function withStacks(_key: string, value: unknown): unknown {
  return value instanceof Error ? readableStack(value) : value;
}
