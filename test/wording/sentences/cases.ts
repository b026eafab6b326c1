// What a case of the English catalogue is.
import type { StatementCode, StatementValues } from '../../../lib/plan/statement.ts';

/** The values and the sentence of each branch. The type makes a code without a case an error of the compiler. */
export type Cases = { [C in StatementCode]: readonly (readonly [StatementValues[C], string])[] };
