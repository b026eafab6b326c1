// What a case of the Chinese catalogue is.
import type { StatementCode } from '../../../lib/plan/statement.ts';

/** The sentences of each code. Their values are those of the English cases, in the same order. */
export type ChineseCases = Readonly<Record<StatementCode, readonly string[]>>;
