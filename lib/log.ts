// Log lines as JSON, one a line: what Function Compute's log store indexes and `grep` still reads.
import type { Log } from './ports.ts';
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
      logger[level](JSON.stringify({ level, message, ...base, ...fields }, withStacks));
  return { info: line('info'), warn: line('warn'), error: line('error') };
}

function withStacks(_key: string, value: unknown): unknown {
  return value instanceof Error ? readableStack(value) : value;
}
