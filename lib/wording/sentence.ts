// Puts statements into words.
import type { Statement, StatementCode, StatementValues } from '../plan/statement.ts';

/** One language: the sentence of every statement. */
export type Catalogue = { [C in StatementCode]: (values: StatementValues[C]) => string };

/** The statement and what is told after it, in the words of one language. */
export function sentenceOf(catalogue: Catalogue, statement: Statement): string {
  const say = catalogue[statement.code] as (values: Statement['values']) => string;
  return [say(statement.values), ...(statement.also ?? []).map((one) => sentenceOf(catalogue, one))].join(
    ' ',
  );
}
