// What all answers of ECS have in common. No answer is trusted: a schema reads each one, and an item with a missing or odd
// field disturbs no other item.
import * as v from 'valibot';
import { EcsReadFailed } from '../../failures.ts';
import { shown, type Fault } from '../../plan/fault.ts';

/** One page of a list. */
export interface Page<T> {
  items: T;
  nextToken?: string;
}

/** NextToken, which is absent, null or empty on the last page. */
export const token = v.optional(v.nullable(v.string()));

/** A text that is not empty: an id, a name. */
export const text = v.pipe(v.string(), v.nonEmpty());

/** A text that is not empty; anything else counts as absent. */
export const textIfAny = v.fallback(v.optional(text), undefined);

/**
 * Reads an answer as a whole.
 * @throws EcsReadFailed if it does not fit the schema
 */
export function readPage<S extends v.GenericSchema>(
  schema: S,
  body: unknown,
  action: string,
): v.InferOutput<S> {
  const parsed = v.safeParse(schema, body);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue) ?? 'the body';
  throw new EcsReadFailed(`ECS answered ${action} with something else: at ${path}, ${issue.message}.`);
}

/** The items that fit the schema. The others are left out. */
export function readable<S extends v.GenericSchema>(
  schema: S,
  items: readonly unknown[],
): v.InferOutput<S>[] {
  return items.flatMap((item) => {
    const parsed = v.safeParse(schema, item);
    return parsed.success ? [parsed.output] : [];
  });
}

/** The item. Anything but an object counts as an object without fields. */
export function asObject(item: unknown): object {
  return typeof item === 'object' && item !== null ? item : {};
}

/** The token of the next page, if there is one. */
export function nextOf(nextToken: string | null | undefined): { nextToken?: string } {
  return nextToken === undefined || nextToken === null || nextToken === '' ? {} : { nextToken };
}

/** The request id of any answer. */
export function readRequestId(body: unknown): string | undefined {
  const parsed = v.safeParse(v.object({ RequestId: v.string() }), body);
  return parsed.success ? parsed.output.RequestId : undefined;
}

/** The code of an error that came as an answer. Undefined where there is none, as in every answer about work that was done. */
export function readErrorCode(body: unknown): string | undefined {
  const parsed = v.safeParse(v.object({ Code: text }), body);
  return parsed.success ? parsed.output.Code : undefined;
}

/** What each field of an item should be, by its path: `{ 'EventType.Name': 'a type' }`. */
export type Expectations = Readonly<Record<string, string>>;

/**
 * One fault per odd field of an item.
 * @param whose completes "FIELD of …"
 */
export function faultsOf(
  issues: readonly v.BaseIssue<unknown>[],
  expectations: Expectations,
  whose: string,
): Fault[] {
  const faults = new Map<string, Fault>();
  for (const issue of issues) {
    const { field, value } = fieldOf(issue, Object.keys(expectations));
    if (faults.has(field)) continue;
    faults.set(field, {
      what: `${field} of ${whose}`,
      ...(value === undefined ? {} : { value: shown(value) }),
      expected: expectations[field] ?? issue.message,
    });
  }
  return [...faults.values()];
}

/**
 * The field that an issue is about: the innermost one that is known on its path. If the path ends above all of them, since
 * an object is missing, it is the first field in that object. Places in lists are left out of the path.
 */
function fieldOf(issue: v.BaseIssue<unknown>, known: readonly string[]): { field: string; value: unknown } {
  const keys = (issue.path ?? []).filter((item) => typeof item.key === 'string');
  const nameOf = (length: number): string =>
    keys
      .slice(0, length)
      .map((item) => item.key)
      .join('.');
  for (let length = keys.length; length > 0; length -= 1) {
    const field = nameOf(length);
    if (known.includes(field)) return { field, value: keys[length - 1]?.value };
  }
  const name = nameOf(keys.length);
  const first = known.find((field) => field.startsWith(`${name}.`));
  return { field: first ?? name, value: keys.at(-1)?.value };
}
