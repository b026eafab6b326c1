// Log lines as JSON, one a line: what Function Compute's log store indexes and `grep` still reads.
import { inspect } from 'node:util';
import type { Log } from '../ports.ts';
import { readableStack } from './stack-traces.ts';

/** Whatever takes finished lines: Function Compute's `context.logger`, or a stream. */
export interface LineLogger {
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
}

/** A log on `logger`; `base` stands in every line. An error among the fields is told by its stack. */
export function jsonLog(logger: LineLogger, base: Record<string, unknown>): Log {
  const line =
    (level: keyof LineLogger) =>
    (message: string, fields: Record<string, unknown> = {}): void =>
      logger[level](lineOf({ level, message, ...base, ...fields }));
  return { info: line('info'), warn: line('warn'), error: line('error') };
}

/** A field that cannot be written as JSON must not keep the line from being told. */
function lineOf(fields: Record<string, unknown>): string {
  try {
    return JSON.stringify(fields, withStacks);
  } catch {
    const told = Object.entries(fields).map(([name, value]) => [name, writable(value)]);
    return JSON.stringify(Object.fromEntries(told), withStacks);
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
