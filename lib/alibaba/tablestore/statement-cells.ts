// Statements in a row: `reason`, `reason_code` and `reason_values`, and the entries of `timeline`. The sentence is for people,
// the code and the values are for programs. A sentence without a code that this version knows stays as it is written.
import { Temporal } from 'temporal-polyfill';
import * as v from 'valibot';
import { iso, parseInstant } from '../../plan/calendar/instant.ts';
import { state, type Statement } from '../../plan/statement.ts';
import type { TimelineEntry } from '../../plan/timeline.ts';
import { inEnglish, statementCodes } from '../../wording/english.ts';

/** The columns of a reason. */
export interface ReasonCells {
  reason: string;
  reason_code: string;
  /** JSON: the values of the sentence, and under `also` the statements that are told after it. */
  reason_values: string;
}

/** The reason as columns. */
export function encodeReason(reason: Statement): ReasonCells {
  return {
    reason: inEnglish(reason),
    reason_code: reason.code,
    reason_values: JSON.stringify(valuesOf(reason)),
  };
}

function valuesOf({ values, also }: Statement): object {
  return also === undefined ? values : { ...values, also };
}

/** The reason of a row, whatever its columns hold. */
export function decodeReason(text: string | undefined, code: string | undefined, values: unknown): Statement {
  return decodeStatement(code, values) ?? state('as-written', { text: text ?? '' });
}

const valuesSchema = v.objectWithRest({ also: v.exactOptional(v.array(v.unknown())) }, v.unknown());

/** Undefined where the code is unknown, or its sentence cannot be made from the values. */
function decodeStatement(code: string | undefined, json: unknown): Statement | undefined {
  const known = statementCodes.find((one) => one === code);
  const parsed = v.safeParse(valuesSchema, json);
  if (known === undefined || !parsed.success) return undefined;
  const { also, ...values } = parsed.output;
  const statement = { code: known, values, ...(also === undefined ? {} : { also }) } as Statement;
  return isSayable(statement) ? statement : undefined;
}

function isSayable(statement: Statement): boolean {
  try {
    inEnglish(statement);
    return true;
  } catch {
    // Somebody edited the values: the written sentence counts.
    return false;
  }
}

const timelineSchema = v.array(
  v.object({
    at: v.pipe(v.string(), v.transform(parseInstant), v.instance(Temporal.Instant)),
    by: v.string(),
    what: v.string(),
    requestId: v.exactOptional(v.string()),
    code: v.exactOptional(v.string()),
    values: v.exactOptional(v.unknown()),
  }),
);

/** `[{"at":"…","by":"execute","what":"…","requestId":"…","code":"accepted","values":{}}]`. */
export function encodeTimeline(timeline: readonly TimelineEntry[]): string {
  const entries: v.InferInput<typeof timelineSchema> = timeline.map(({ at, by, what, requestId }) => ({
    at: iso(at),
    by,
    what: inEnglish(what),
    ...(requestId === undefined ? {} : { requestId }),
    ...(what.code === 'as-written' ? {} : { code: what.code, values: valuesOf(what) }),
  }));
  return JSON.stringify(entries);
}

/** Undefined where the JSON is no timeline. */
export function decodeTimeline(json: unknown): readonly TimelineEntry[] | undefined {
  const parsed = v.safeParse(timelineSchema, json);
  if (!parsed.success) return undefined;
  return parsed.output.map(({ what, code, values, ...entry }) => ({
    ...entry,
    what: decodeReason(what, code, values ?? {}),
  }));
}
