// Log lines as one JSON object per line: Function Compute's log store can index them, and `grep` can search them.
import { inspect } from 'node:util';
import type { Log } from '../ports.ts';
import { maskNamed, type Mask } from '../secrets.ts';
import { readableStack } from './stack-traces.ts';

/** Writes finished lines: Function Compute's `context.logger`, or a stream. */
export interface LineLogger {
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
}

/**
 * Opens a log on `logger`. Every line has the fields of `base`. A field that is an error becomes its stack.
 * @param mask takes the secrets out of every text of a line
 */
export function jsonLog(logger: LineLogger, base: Record<string, unknown>, mask: Mask = maskNamed): Log {
  const line =
    (level: keyof LineLogger) =>
    (message: string, fields: Record<string, unknown> = {}): void =>
      logger[level](lineOf({ level, message, ...base, ...fields }, mask));
  return { info: line('info'), warn: line('warn'), error: line('error') };
}

/** A field that cannot become JSON must not suppress the whole line. */
function lineOf(fields: Record<string, unknown>, mask: Mask): string {
  const cleaned = (_key: string, value: unknown): unknown => {
    const text = value instanceof Error ? readableStack(value) : value;
    return typeof text === 'string' ? mask(text) : text;
  };
  try {
    return JSON.stringify(fields, cleaned);
  } catch {
    const written = Object.entries(fields).map(([name, value]) => [name, writable(value, cleaned)]);
    return JSON.stringify(Object.fromEntries(written), cleaned);
  }
}

function writable(value: unknown, cleaned: (key: string, value: unknown) => unknown): unknown {
  try {
    JSON.stringify(value, cleaned);
    return value;
  } catch {
    return inspect(value, { customInspect: false });
  }
}
