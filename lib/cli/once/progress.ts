// The log of a function, as progress for a person: its messages, without the fields that only queries need.
import * as v from 'valibot';
import type { LineLogger } from '../handlers.ts';

const schema = v.looseObject({
  message: v.string(),
  regionId: v.optional(v.string()),
  instanceId: v.optional(v.string()),
});

/**
 * A log that tells each line of a run.
 * @param tell undefined: nothing is told
 */
export function progressLog(tell: ((line: string) => void) | undefined): LineLogger {
  const write = (line: string): void => tell?.(progressOf(line));
  // Problems are in the answer of the function.
  return { info: write, warn: write, error: write };
}

function progressOf(line: string): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return line;
  }
  const read = v.safeParse(schema, parsed);
  if (!read.success) return line;
  const { message, regionId, instanceId } = read.output;
  const place = instanceId ?? regionId;
  return place === undefined || message.includes(place) ? message : `${place}: ${message}`;
}
