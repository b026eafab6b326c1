// Statements in English: the words of rows, logs and reports.
import type { Statement, StatementCode } from '../plan/statement.ts';
import { en } from './en.ts';
import { sentenceOf } from './sentence.ts';

/** The statement in English. */
export function inEnglish(statement: Statement): string {
  return sentenceOf(en, statement);
}

/** Every code that a statement can have. */
export const statementCodes = Object.keys(en) as readonly StatementCode[];
