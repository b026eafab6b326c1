// Carries a reader's failures through valibot: each becomes an issue, and the issue becomes a Fault. An issue's
// message is what was expected. Its `received` is the JSON text of the piece that cannot be read, or empty.
import * as v from 'valibot';
import { misreadingsOf, type Parsed } from '../plan/calendar/parsed.ts';
import { shown, type Fault } from '../plan/fault.ts';

/** Makes a schema from a reader. The reader gets the text without surrounding white space. */
export function parsedBy<T>(parse: (text: string) => Parsed<T>): v.GenericSchema<string, T> {
  return v.pipe(
    v.string(),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const parsed = parse(dataset.value.trim());
      if (parsed.ok) return parsed.value;
      for (const { expected, at } of misreadingsOf(parsed)) {
        addIssue({ message: expected, received: at === undefined ? '' : JSON.stringify(at) });
      }
      return NEVER;
    }),
  );
}

/**
 * Makes a Fault from an issue.
 * @param what the name of the setting or option, as the person wrote it
 * @param value the value that was read: the given one or the default; undefined if there is neither
 * @param ifMissing what is expected if there is no value
 */
export function faultOf(
  issue: v.BaseIssue<unknown>,
  { what, value, ifMissing }: { what: string; value: unknown; ifMissing: string },
): Fault {
  if (value === undefined) return { what, expected: ifMissing };
  const fault = { what, value: shown(value), expected: issue.message };
  const isFromReader = issue.type === 'raw_transform' && issue.received !== '';
  return isFromReader ? { ...fault, at: JSON.parse(issue.received) as string } : fault;
}
