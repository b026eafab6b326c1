// Puts statements into words.
import type { Statement, StatementCode, StatementValues } from '../plan/statement.ts';

/** Puts a statement that stands inside another one into words. */
export type Tell = (statement: Statement) => string;

/** One language: the sentence of every statement. */
export type Catalogue = { [C in StatementCode]: (values: StatementValues[C], tell: Tell) => string };

/** The statement and what is told after it, in the words of one language. */
export function sentenceOf(catalogue: Catalogue, statement: Statement): string {
  const tell: Tell = (one) => sentenceOf(catalogue, one);
  const say = catalogue[statement.code] as (values: Statement['values'], tell: Tell) => string;
  return [say(statement.values, tell), ...(statement.also ?? []).map(tell)].join(' ');
}
