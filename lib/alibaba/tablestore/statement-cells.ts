// Statements in a row: `reason`, `reason_code` and `reason_values`, and the entries of `timeline`. The sentence is for people,
// the code and the values are for programs. A sentence without a code that this version knows stays as it is written.
import { Temporal } from 'temporal-polyfill';
import * as v from 'valibot';
import { iso, parseInstant } from '../../plan/calendar/instant.ts';
import { state, type Statement } from '../../plan/statement.ts';
import type { Stamp } from '../../plan/change.ts';
import type { UnreadablePlan } from '../../plan/plan-read.ts';
import { withEntry, type TimelineEntry } from '../../plan/timeline.ts';
import { inLanguage, says, type Language } from '../../wording/languages.ts';
import { isObject, isShallow, isStatement } from './statement-shapes.ts';

/** The columns of a reason. */
export interface ReasonCells {
  reason: string;
  reason_code: string;
  /** JSON: the values of the sentence, and under `also` the statements that are told after it. */
  reason_values: string;
}

/** The reason as columns. */
export function encodeReason(reason: Statement, language: Language = 'en'): ReasonCells {
  return {
    reason: inLanguage(language, reason),
    reason_code: codeOf(reason) ?? reason.code,
    reason_values: JSON.stringify(valuesOf(reason)),
  };
}

/** What an unreadable row says of it: the reason, the timeline where it could be read, and the news for people. */
export type EscalationCells = ReasonCells & { timeline?: string; news?: string; untold_since?: string };

/** The reason, also as the last entry of the timeline. */
export function encodeEscalation(
  { timeline }: Pick<UnreadablePlan, 'timeline'>,
  reason: Statement,
  { at, by }: Stamp,
  language: Language,
): EscalationCells {
  const cells = encodeReason(reason, language);
  if (timeline === undefined) return cells;
  return { ...cells, timeline: encodeTimeline(withEntry(timeline, { at, by, what: reason }), language) };
}

/** The code of what a statement says; undefined for text without one. */
function codeOf(statement: Statement): string | undefined {
  return statement.code === 'as-written' ? statement.values.of : statement.code;
}

/** The values of a statement as JSON, with what is told after it. */
export function valuesOf({ values, also }: Statement): object {
  return also === undefined ? values : { ...values, also };
}

/**
 * The reason of a row, whatever its columns hold. Where the text is not the sentence of the code and the values, in any
 * language, a person or an older version wrote it: the text stays.
 */
export function decodeReason(text: string | undefined, code: unknown, values: unknown): Statement {
  const statement = decodeStatement(code, values);
  if (statement === undefined) return state('as-written', { text: text ?? '' });
  const isItsSentence = text === undefined || says(text, statement);
  return isItsSentence ? statement : state('as-written', { text, of: statement.code });
}

/**
 * The statement of a code and its values in JSON. Undefined where somebody edited the code or the values so that they make no
 * sentence: the written one stays.
 */
export function decodeStatement(code: unknown, json: unknown): Statement | undefined {
  // The text of the row is the only copy that people see and edit.
  if (code === 'as-written' || !isObject(json) || !isShallow(json)) return undefined;
  const { also, ...values } = json;
  const statement = { code, values, ...(also === undefined ? {} : { also }) };
  return isStatement(statement) ? statement : undefined;
}

const timelineSchema = v.array(
  v.object({
    at: v.pipe(v.string(), v.transform(parseInstant), v.instance(Temporal.Instant)),
    by: v.string(),
    what: v.string(),
    requestId: v.exactOptional(v.string()),
    code: v.exactOptional(v.unknown()),
    values: v.exactOptional(v.unknown()),
  }),
);

/** `[{"at":"…","by":"execute","what":"…","requestId":"…","code":"accepted","values":{}}]`. */
export function encodeTimeline(timeline: readonly TimelineEntry[], language: Language = 'en'): string {
  const entries: v.InferInput<typeof timelineSchema> = timeline.map(({ at, by, what, requestId }) => ({
    at: iso(at),
    by,
    what: inLanguage(language, what),
    ...(requestId === undefined ? {} : { requestId }),
    ...(what.code === 'as-written' ? {} : { code: what.code, values: valuesOf(what) }),
  }));
  return JSON.stringify(entries);
}

/** Undefined where the JSON is no timeline. */
export function decodeTimeline(json: unknown): readonly TimelineEntry[] | undefined {
  const parsed = v.safeParse(timelineSchema, json, { abortEarly: true });
  if (!parsed.success) return undefined;
  return parsed.output.map(({ what, code, values, ...entry }) => ({
    ...entry,
    what: decodeReason(what, code, values === undefined ? {} : values),
  }));
}
