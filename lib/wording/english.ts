// Statements in English, the default language.
import type { Statement, StatementCode } from '../plan/statement.ts';
import { en } from './en.ts';
import { sentenceOf, type Wording } from './sentence.ts';

/** English: one space between sentences. */
export const english: Wording = { catalogue: en, join: (...sentences) => sentences.join(' ') };

/** The statement in English. */
export function inEnglish(statement: Statement): string {
  return sentenceOf(english, statement);
}

/** Every code that a statement can have. */
export const statementCodes = Object.keys(en) as readonly StatementCode[];
