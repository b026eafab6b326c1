// Puts statements into words.
import type { Statement, StatementCode, StatementValues } from '../plan/statement.ts';

/** Puts a statement that stands inside another one into words. */
export type Tell = (statement: Statement) => string;

/** One language: the sentence of every statement. */
export type Catalogue = { [C in StatementCode]: (values: StatementValues[C], tell: Tell) => string };

/** What one language needs to say statements. */
export interface Wording {
  catalogue: Catalogue;
  /** Puts sentences one after the other. */
  join: (...sentences: readonly string[]) => string;
}

/** The statement and what is told after it, in the words of one language. */
export function sentenceOf(wording: Wording, statement: Statement): string {
  const tell: Tell = (one) => sentenceOf(wording, one);
  const say = wording.catalogue[statement.code] as (values: Statement['values'], tell: Tell) => string;
  return wording.join(say(statement.values, tell), ...(statement.also ?? []).map(tell));
}
